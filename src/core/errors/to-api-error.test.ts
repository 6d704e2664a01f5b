import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { failureOf } from "../../../test/support/promises.js";
import { fromServer, layeredOver, read } from "../../../test/support/scripted.js";
import type { Call } from "../call/call.js";
import { ApiError } from "./api-error.js";
import * as errors from "./errors.js";
import { toApiError } from "./to-api-error.js";

/** A call of `GetUser` after two requests with this token. */
function callWith(token?: string): Call<void> {
  return {
    info: { service: read.service, method: read.name, baseUrl: undefined, protocol: "connect", startedAt: 0 },
    method: read,
    request: {},
    read: () => {},
    retry: undefined,
    attempts: 2,
    ...(token !== undefined && { token }),
    secrets: token === undefined ? [] : [token],
  };
}

const call = callWith("key-1");

describe("an error of the transport", () => {
  it("gets the facts of the call", () => {
    const reason = new errors.NetworkError("socket hang up");
    const error = toApiError(reason, call);
    expect(error).toBe(reason);
    expect(error).toMatchObject({
      name: "NetworkError",
      code: "unavailable",
      message: "GetUser: socket hang up",
      rawMessage: "socket hang up",
      method: "mgmt.v1alpha1.UserAccountService/GetUser",
      attempts: 2,
    });
  });

  it("that was completed before, or belongs to another call, stays as it is", () => {
    const other = new errors.NotFoundError("no such user", { method: "acme.v1.Users/Get", attempts: 1 });
    expect(toApiError(other, call)).toBe(other);
    expect(other).toMatchObject({ message: "no such user", method: "acme.v1.Users/Get", attempts: 1 });
  });

  it("has a text that describes what to do", () => {
    for (const text of ["HTTP 404", ""]) {
      expect(toApiError(new errors.UnimplementedError(text), call).message).toContain("Check `baseUrl`");
    }
    expect(toApiError(new errors.UnimplementedError("no"), call).message).toBe("GetUser: no");
    expect(toApiError(new errors.UnauthenticatedError("no"), callWith()).message).toContain("set `auth`");
    expect(toApiError(new errors.UnauthenticatedError("no"), call).message).toBe("GetUser: no");
    expect(toApiError(new errors.NotFoundError(""), call).message).toBe("GetUser: the server sent no reason");
  });
});

describe("any other thrown value", () => {
  it.each([undefined, null, "text", 7, {}, [], Object.create(null), Symbol("s"), () => {}])(
    "becomes an ApiError, even %s",
    (reason) => {
      expect(toApiError(reason, call)).toMatchObject({ name: "ApiError", code: "unknown", attempts: 2 });
      expect(toApiError(reason, call, true)).toMatchObject({ name: "CanceledError", code: "canceled" });
    },
  );

  it("becomes a NetworkError with the deepest reason in its text if the network failed", () => {
    const cause = Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
    const error = toApiError(new TypeError("fetch failed", { cause }), call);
    expect(error).toBeInstanceOf(errors.NetworkError);
    expect(error.message).toBe(
      "GetUser: connect ECONNREFUSED. No response: check the network and `baseUrl`.",
    );
  });

  it("ends the engine's own sentence once", () => {
    const reason = new TypeError("NetworkError when attempting to fetch resource.");
    expect(toApiError(reason, call).message).toMatch(/fetch resource\. No response: /);
  });

  it("may have causes that form a cycle", () => {
    const one = new Error("one");
    one.cause = new Error("two", { cause: one });
    expect(inspect(toApiError(one, call), { depth: 20 })).toContain("two");
  });
});

describe("the end of a call", () => {
  it("by the caller keeps the reason as it is", () => {
    const reason = { page: "left" };
    const error = toApiError(reason, call, true);
    expect(error).toBeInstanceOf(errors.CanceledError);
    expect(error.cause).toBe(reason);
  });

  it("by any timeout is a DeadlineExceededError", () => {
    const reason = new DOMException("The operation timed out.", "TimeoutError");
    expect(toApiError(reason, call)).toBeInstanceOf(errors.DeadlineExceededError);
    expect(toApiError(reason, call, true)).toBeInstanceOf(errors.DeadlineExceededError);
  });
});

describe("a secret", () => {
  const secret = "s3cr3t-t0k3n/=";

  it("is removed from every field of the error", () => {
    const request = { headers: { authorization: `Bearer ${secret}` } };
    const cause = Object.assign(new Error(`refused ${secret}`, { cause: secret }), { request });
    const reason = new errors.PermissionDeniedError(`key ${secret} (${encodeURIComponent(secret)})`, {
      reason: secret,
      requestId: secret,
      violations: [{ field: "token", rule: "", message: `${secret} is wrong` }],
      details: [{ type: "acme.v1.Hint", value: { text: secret }, base64: "" }],
      cause,
    });
    const error = toApiError(reason, callWith(secret));
    const shown = `${inspect(error, { depth: 20, showHidden: true })} ${JSON.stringify(error)} ${error.stack}`;
    expect(shown).not.toContain(secret);
    expect(shown).not.toContain(encodeURIComponent(secret));
    expect(error.message).toBe("GetUser: key [secret] ([secret])");
  });

  it("is in no bytes of a detail, and a detail without it keeps its bytes", () => {
    const details = [`\n\u000e${secret}`, "\n\u0002no"].map((bytes) => ({
      type: "acme.v1.Hint",
      base64: btoa(bytes),
    }));
    const reason = new errors.PermissionDeniedError("no", {
      details: details.map((detail) => ({ ...detail, value: {} })),
    });
    expect(toApiError(reason, callWith(secret)).details.map(({ base64 }) => base64)).toEqual([
      "",
      "CgJubw==",
    ]);
  });

  it("that is short is removed only as a whole word", () => {
    const error = toApiError(new ApiError("t: a text about t"), callWith("t"));
    expect(error.message).toBe("GetUser: [secret]: a text about [secret]");
  });

  it.each(["$&", "a.b", "(", "\\", "$1"])(
    "may have characters of a pattern or a replacement, such as %j",
    (odd) => {
      const text = `${odd} and axb`;
      expect(toApiError(new ApiError(text), callWith(odd)).rawMessage).toBe("[secret] and axb");
    },
  );
});

it("the JSON of an error contains no details, no partial response and no cause", async () => {
  const { call: calling } = layeredOver([
    fromServer("not_found", { "x-request-id": "req-1", "set-cookie": "session=s3cr3t" }),
  ]);
  const error = await failureOf(calling(read));
  expect(JSON.parse(JSON.stringify(error))).toEqual({
    name: "NotFoundError",
    code: "not_found",
    message: "GetUser: from the server",
    method: "mgmt.v1alpha1.UserAccountService/GetUser",
    attempts: 1,
    requestId: "req-1",
    violations: [],
  });
  expect(inspect(error)).not.toContain("set-cookie");
});

it("the stack of an error contains no token, also if it was formatted with the server's text", () => {
  const reason = Object.assign(new errors.UnavailableError("busy: key-1"), { stack: "Error: busy: key-1" });
  expect(toApiError(reason, call)).toMatchObject({ stack: "Error: busy: [secret]" });
});
