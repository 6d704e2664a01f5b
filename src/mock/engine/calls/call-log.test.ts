import { expect, it } from "vitest";
import { vydonCarried } from "../../vydon/api.js";
import { CallLog } from "./call-log.js";
import { MethodNames } from "./method-names.js";

it("the log of calls knows which methods there are", () => {
  const log = new CallLog<typeof vydonCarried>(new MethodNames([vydonCarried]));
  // @ts-expect-error there is no such method
  expect(() => log.of("GetUsers")).toThrow('carries no method "GetUsers": did you mean "GetUser"');
});
