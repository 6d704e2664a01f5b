import { inspect } from "node:util";
import { Code, ConnectError } from "@connectrpc/connect";
import { describe, expect, it } from "vitest";
import { read, wire } from "../../test/support/scripted.js";
import * as errors from "./errors.js";
import { isNetworkFailure, provesUnsent, toApiError } from "./failure.js";

const withCode = (code: string) => Object.assign(new Error(`something ${code}`), { code });

function typed(reason: unknown, canceled = false) {
  const info = { service: "s", method: "m", baseUrl: undefined, startedAt: 0 };
  const call = { info, deadline: 0, attempts: 2, authenticated: true };
  return toApiError(reason, { method: read, call, canceled, now: 0 });
}

describe("each situation has its class", () => {
  it.each([
    [Code.Canceled, errors.CanceledError],
    [Code.Unknown, errors.ApiError],
    [Code.InvalidArgument, errors.InvalidArgumentError],
    [Code.DeadlineExceeded, errors.DeadlineExceededError],
    [Code.NotFound, errors.NotFoundError],
    [Code.AlreadyExists, errors.AlreadyExistsError],
    [Code.PermissionDenied, errors.PermissionDeniedError],
    [Code.ResourceExhausted, errors.RateLimitedError],
    [Code.FailedPrecondition, errors.FailedPreconditionError],
    [Code.Aborted, errors.ApiError],
    [Code.OutOfRange, errors.ApiError],
    [Code.Unimplemented, errors.UnimplementedError],
    [Code.Internal, errors.ApiError],
    [Code.Unavailable, errors.UnavailableError],
    [Code.DataLoss, errors.ApiError],
    [Code.Unauthenticated, errors.UnauthenticatedError],
  ])("the server's code %i", (code, expected) => {
    const error = typed(wire(code));
    expect(error.constructor).toBe(expected);
    expect(error).toMatchObject({ code, attempts: 2, method: "mgmt.v1alpha1.UserAccountService/GetUser" });
    expect(error).toBeInstanceOf(ConnectError);
  });

  it("what Connect itself could not read is no answer of the server's", () => {
    const garbled = new ConnectError("protocol error: missing trailer", Code.Internal);
    expect(typed(garbled)).toBeInstanceOf(errors.UnexpectedResponseError);
    expect(typed(wire(Code.Internal))).not.toBeInstanceOf(errors.UnexpectedResponseError);
  });

  it("an error made further down is completed with what is known of the call", () => {
    const error = typed(new errors.NetworkError("socket hang up"));
    expect(error).toBeInstanceOf(errors.NetworkError);
    expect(error).toMatchObject({
      attempts: 2,
      message: expect.stringMatching(/^\[unavailable\] GetUser: socket/),
    });
  });

  it.each([undefined, null, "text", 7, {}, []])(
    "even %j thrown is an ApiError, with it as the cause",
    (reason) => {
      expect(typed(reason)).toBeInstanceOf(errors.ApiError);
      expect(typed(reason, true)).toMatchObject({ code: Code.Canceled });
    },
  );

  it("causes that go round in a circle end", () => {
    const one = new Error("one");
    one.cause = new Error("two", { cause: one });
    expect(typed(one)).toBeInstanceOf(errors.ApiError);
  });
});

describe("a failure of the network", () => {
  it.each([
    ["Node's fetch", new TypeError("fetch failed", { cause: withCode("UND_ERR_SOCKET") })],
    ["a cut body in Node", new TypeError("terminated")],
    ["Chrome", new TypeError("Failed to fetch")],
    ["Firefox", new TypeError("NetworkError when attempting to fetch resource.")],
    ["Safari", new TypeError("Load failed")],
    ["Node's http", withCode("ECONNRESET")],
    ["Node's http2", withCode("ERR_HTTP2_STREAM_ERROR")],
    ["Bun", withCode("ConnectionClosed")],
    ["a name that is not resolved", withCode("EAI_AGAIN")],
    ["one beneath an error of Connect's", new ConnectError("x", Code.Unknown, {}, [], withCode("EPIPE"))],
  ])("is one: %s", (_name, reason) => {
    expect(isNetworkFailure(reason)).toBe(true);
  });

  it.each([
    ["a mistake in a program", new TypeError("x is not a function")],
    ["a refused grant", withCode("invalid_grant")],
    ["a wrong argument", withCode("ERR_INVALID_ARG_TYPE")],
    ["an error of the server's", wire(Code.Unavailable)],
    ["a text", "ECONNRESET"],
  ])("is none: %s", (_name, reason) => {
    expect(isNetworkFailure(reason)).toBe(false);
  });

  it("proves that nothing was sent only where there was no connection", () => {
    const unsent = ["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "UND_ERR_CONNECT_TIMEOUT", "ConnectionRefused"];
    for (const code of unsent) {
      expect(provesUnsent(new TypeError("fetch failed", { cause: withCode(code) }))).toBe(true);
    }
    for (const code of ["ECONNRESET", "EPIPE", "ETIMEDOUT", "EHOSTUNREACH", "UND_ERR_SOCKET"]) {
      expect(provesUnsent(withCode(code))).toBe(false);
    }
  });
});

describe("an error", () => {
  it("is an instance of its classes across two copies of the package", async () => {
    const copy: typeof errors = await import("./errors.js?copy" as string);
    expect(copy.NotFoundError).not.toBe(errors.NotFoundError);
    for (const [name, here, there] of Object.entries(errors)
      .filter((entry): entry is [string, typeof errors.ApiError] => typeof entry[1] === "function")
      .map(([key, value]) => [key, value, Reflect.get(copy, key)] as const)) {
      const error = new there(`of ${name}`);
      expect(error).toBeInstanceOf(here);
      expect(error).toBeInstanceOf(errors.ApiError);
      expect(error).toBeInstanceOf(ConnectError);
      if (name !== "ApiError") expect(new errors.ApiError("base")).not.toBeInstanceOf(there);
    }
    expect(new copy.NotFoundError("x")).not.toBeInstanceOf(errors.AlreadyExistsError);
  });

  it("of a user's own subclass is one of that alone", () => {
    class QuotaError extends errors.RateLimitedError {}
    expect(new QuotaError("x")).toBeInstanceOf(QuotaError);
    expect(new QuotaError("x")).toBeInstanceOf(errors.RateLimitedError);
    expect(new errors.RateLimitedError("x")).not.toBeInstanceOf(QuotaError);
  });

  it.each([null, undefined, "text", {}, new Error("x"), new ConnectError("x", Code.NotFound)])(
    "%s is no ApiError",
    (value) => {
      expect(value instanceof errors.ApiError).toBe(false);
    },
  );

  it("goes to JSON without headers, details and cause", () => {
    const reason = wire(Code.NotFound, {
      "x-request-id": "req-1",
      "x-secret": "s3cr3t",
      "set-cookie": "s3cr3t",
    });
    reason.cause = new Error("s3cr3t");
    const error = typed(reason);
    expect(JSON.parse(JSON.stringify(error))).toEqual({
      name: "NotFoundError",
      code: "not_found",
      message: "[not_found] GetUser: from the server",
      method: "mgmt.v1alpha1.UserAccountService/GetUser",
      attempts: 2,
      requestId: "req-1",
    });
    expect(inspect(error)).not.toContain("set-cookie");
  });
});
