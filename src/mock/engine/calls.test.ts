import { create } from "@bufbuild/protobuf";
import { describe, expect, it } from "vitest";
import { GetUserRequestSchema } from "../../../gen/mgmt/v1alpha1/user_account_pb.js";
import { vydonCarried } from "../vydon/api.js";
import { CallEntry, CallLog } from "./calls.js";
import { MethodNames } from "./methods.js";

describe("the log of calls", () => {
  it("keeps the last ten thousand, and counts them all", () => {
    const log = new CallLog<typeof vydonCarried>(new MethodNames([vydonCarried]));
    const request = create(GetUserRequestSchema);
    for (let at = 0; at < 25_000; at++) log.begin(new CallEntry("vydon", "GetUser", request, at));
    expect(log.count).toBe(25_000);
    expect(log.all()).toHaveLength(10_000);
    expect(log.of("GetUser")[0]?.at).toBe(15_000);
  });

  it("knows which methods there are", () => {
    const log = new CallLog<typeof vydonCarried>(new MethodNames([vydonCarried]));
    // @ts-expect-error there is no such method
    expect(() => log.of("GetUsers")).toThrow('carries no method "GetUsers": did you mean "GetUser"');
  });
});
