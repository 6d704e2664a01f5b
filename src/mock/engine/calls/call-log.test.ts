import { expect, it } from "vitest";
import { UserAccountService } from "../../../../gen/mgmt/v1alpha1/user_account_pb.js";
import type { MockCalls } from "../../apis.js";
import { CallLog } from "./call-log.js";
import { MethodNames } from "./method-names.js";

it("the log of calls refuses the name of an unknown method", () => {
  const log = new CallLog<MockCalls>(new MethodNames([{ api: "vydon", service: UserAccountService }]));
  // @ts-expect-error there is no such method
  expect(() => log.of("GetUsers")).toThrow('carries no method "GetUsers": did you mean "GetUser"');
});
