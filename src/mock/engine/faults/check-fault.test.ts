import { describe, expect, it } from "vitest";
import { RetryInfoSchema } from "../../../../gen/google/rpc/error_details_pb.js";
import { createMockServer } from "../../server.js";

describe("setting a fault", () => {
  const { faults } = createMockServer();

  it.each(["members.list", "vydon.members.list"])(
    "refuses %s, a method of the clients, and suggests the name of an RPC",
    (method) => {
      // @ts-expect-error it is not the name of an RPC
      expect(() => faults.inject({ method, code: "unavailable" })).toThrow(
        /has no method "[\w.]+": give the name of an RPC, such as "GetUser"\. docs\/methods\.md lists/,
      );
    },
  );

  it("lists each RPC of an API once, if the API's name is given", () => {
    // @ts-expect-error there is no such method
    const inject = () => faults.inject({ method: "fam.Xyzzyxyzzy", code: "unavailable" });
    expect(inject).toThrow(/it has fam\.\w+, (fam\.\w+(, )?)+$/);
  });

  it("refuses a method that the server does not have, and lists similar names", () => {
    // @ts-expect-error there is no such method
    expect(() => faults.inject({ method: "GetUsr", code: "unavailable" })).toThrow(
      /this server has no method "GetUsr": did you mean "GetUser"/,
    );
    // @ts-expect-error there is no such method
    expect(() => faults.inject({ method: "Xyzzyxyzzy", code: "unavailable" })).toThrow(
      /it has GetUser, SetUser, /,
    );
    // @ts-expect-error there is no such API
    expect(() => faults.inject({ method: "vidon.GetUser", code: "unavailable" })).toThrow(/"vydon.GetUser"/);
    // @ts-expect-error there is no such API
    expect(() => faults.inject({ method: "xyzzy.Xyzzyxyzzy", code: "unavailable" })).toThrow(
      /give the name of an RPC/,
    );
  });

  it("refuses options that make no sense", () => {
    expect(() => faults.inject({ method: "GetUser" })).toThrow("a fault needs a code or a wire fault");
    // @ts-expect-error there is no such code
    expect(() => faults.inject({ method: "GetUser", code: "broken" })).toThrow(
      'fault.code is "broken": give one of ',
    );
    // @ts-expect-error there is no such fault
    expect(() => faults.inject({ wire: "resett" })).toThrow(
      /fault\.wire is "resett": give one of html_502, .* \(did you mean "reset"\?\)/,
    );
    expect(() => faults.inject({ method: "GetUser", code: "internal", times: -1 })).toThrow("times is -1");
    expect(() => faults.inject({ method: "GetUser", code: "internal", after: 0.5 })).toThrow("after is 0.5");
    expect(() => faults.inject({ method: "GetUser", code: "internal", every: 0 })).toThrow("every is 0");
    expect(() => faults.inject({ code: "internal", probability: 2 })).toThrow("probability is 2");
    // @ts-expect-error a probability is a number
    expect(() => faults.inject({ code: "internal", probability: "0.5" })).toThrow('probability is "0.5"');
    expect(() => faults.inject({ code: "internal", probability: -0.5 })).toThrow("probability is -0.5");
    expect(() => faults.inject({ method: "GetUser", latencyMs: -1 })).toThrow(
      "fault.latencyMs is -1: give a number, 0 or more",
    );
    expect(() => faults.inject({ method: "GetUser", code: "internal", retryAfter: "soon" })).toThrow(
      '"soon" is not a duration',
    );
  });

  it("refuses a detail that cannot be sent", () => {
    const code = "unavailable";
    expect(() =>
      faults.inject({ code, details: [{ desc: RetryInfoSchema, value: { retryDelay: "2s" } }] }),
    ).toThrow(/^fault\.details\[0\] is not a message of the type in "desc": /);
    // @ts-expect-error the schema is missing
    expect(() => faults.inject({ code, details: [{ desc: {}, value: {} }] })).toThrow(
      "fault.details[0] is not",
    );
    expect(faults.all()).toEqual([]);
  });

  it("refuses options without an effect", () => {
    expect(() => faults.inject({ code: "internal", wire: "reset" })).toThrow("give only one of them");
    expect(() => faults.inject({ wire: "reset", message: "gone" })).toThrow("message belongs to an error");
    expect(() => faults.inject({ latencyMs: 1, details: [] })).toThrow("details belongs to an error");
    expect(() => faults.inject({ wire: "reset", retryAfter: "1s" })).toThrow("retryAfter belongs to");
    expect(faults.all()).toEqual([]);
  });
});
