import { describe, expect, it } from "vitest";
import { createMockServer } from "../server.js";

describe("setting a fault", () => {
  const { faults } = createMockServer();

  it("refuses a method that the server doesn't carry, and names what is near", () => {
    // @ts-expect-error there is no such method
    expect(() => faults.inject({ method: "GetUsr", code: "unavailable" })).toThrow(
      /this server carries no method "GetUsr": did you mean "GetUser"/,
    );
    // @ts-expect-error there is no such method
    expect(() => faults.inject({ method: "Xyzzyxyzzy", code: "unavailable" })).toThrow(
      /it carries GetUser, SetUser, /,
    );
    // @ts-expect-error there is no such API
    expect(() => faults.inject({ method: "vidon.GetUser", code: "unavailable" })).toThrow(/"vydon.GetUser"/);
  });

  it("refuses options that make no sense", () => {
    expect(() => faults.inject({ method: "GetUser" })).toThrow("a fault needs a code");
    // @ts-expect-error there is no such code
    expect(() => faults.inject({ method: "GetUser", code: "broken" })).toThrow(
      '"broken" is not a code: give one of ',
    );
    expect(() => faults.inject({ method: "GetUser", code: "internal", times: -1 })).toThrow("times is -1");
    expect(() => faults.inject({ method: "GetUser", code: "internal", after: 0.5 })).toThrow("after is 0.5");
    expect(() => faults.inject({ method: "GetUser", latencyMs: -1 })).toThrow("-1 is not a duration");
    expect(() => faults.inject({ method: "GetUser", code: "internal", retryAfter: "soon" })).toThrow(
      '"soon" is not a duration',
    );
  });
});
