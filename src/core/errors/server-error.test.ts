import { create, toBinary } from "@bufbuild/protobuf";
import { describe, expect, it } from "vitest";
import { RequestInfoSchema, RetryInfoSchema } from "../../../gen/google/rpc/error_details_pb.js";
import { ApiError } from "./api-error.js";
import { toDetail } from "./details.js";
import type { ErrorCode } from "./error-code.js";
import * as errors from "./errors.js";
import { isErrorCode, serverError } from "./server-error.js";

const now = Date.UTC(2026, 0, 1);

const failed = (headers: HeadersInit, ...details: [type: string, bytes: Uint8Array][]) =>
  serverError(
    {
      code: "unavailable",
      message: "m",
      details: details.map(([type, bytes]) => toDetail(type, Buffer.from(bytes).toString("base64"))),
      headers: new Headers(headers),
    },
    now,
  );

const classes: [ErrorCode, typeof ApiError][] = [
  ["canceled", errors.CanceledError],
  ["unknown", ApiError],
  ["invalid_argument", errors.InvalidArgumentError],
  ["deadline_exceeded", errors.DeadlineExceededError],
  ["not_found", errors.NotFoundError],
  ["already_exists", errors.AlreadyExistsError],
  ["permission_denied", errors.PermissionDeniedError],
  ["resource_exhausted", errors.RateLimitedError],
  ["failed_precondition", errors.FailedPreconditionError],
  ["aborted", ApiError],
  ["out_of_range", ApiError],
  ["unimplemented", errors.UnimplementedError],
  ["internal", ApiError],
  ["unavailable", errors.UnavailableError],
  ["data_loss", ApiError],
  ["unauthenticated", errors.UnauthenticatedError],
];

it.each(classes)("the code %s gives an error of its class", (code, expected) => {
  const error = serverError({ code, message: "m", details: [], headers: new Headers() }, now);
  expect(error.constructor).toBe(expected);
  expect(error).toMatchObject({ code, message: "m", name: expected.kind, violations: [], details: [] });
});

it.each(["", "teapot", "NotFound", "NOT_FOUND", "toString", "__proto__", 5, null, undefined, ["not_found"]])(
  "%j is not a code",
  (word) => {
    expect(isErrorCode(word)).toBe(false);
  },
);

it("the request's id comes from the header, a trailer, or else from google.rpc.RequestInfo", () => {
  const bytes = toBinary(RequestInfoSchema, create(RequestInfoSchema, { requestId: "detail" }));
  const detail: [string, Uint8Array] = ["google.rpc.RequestInfo", bytes];
  expect(failed({ "x-request-id": "header" }, detail).requestId).toBe("header");
  expect(failed({ "trailer-x-request-id": "trailer" }, detail).requestId).toBe("trailer");
  expect(failed({}, detail).requestId).toBe("detail");
  expect(failed({}).requestId).toBeUndefined();
});

describe("how long to wait", () => {
  it.each([
    [{ "retry-after-ms": "250", "retry-after": "9" }, 250],
    [{ "retry-after": "9" }, 9_000],
    [{ "trailer-retry-after": "9" }, 9_000],
    [{ "trailer-retry-after-ms": "250" }, 250],
    [{ "retry-after": "1", "trailer-retry-after": "9" }, 1_000],
    [{ "retry-after": "9".repeat(306) }, Number.MAX_SAFE_INTEGER],
    [{ "retry-after": " 0.5 " }, 500],
    [{ "retry-after": "Thu, 01 Jan 2026 00:00:05 GMT" }, 5_000],
    [{ "retry-after": "Thursday, 01-Jan-26 00:00:05 GMT" }, 5_000],
    [{ "retry-after": "Thu, 01 Jan 2025 00:00:05 GMT" }, 0],
    [{ "retry-after": "-9" }, undefined],
    [{ "retry-after": "1 or 2" }, undefined],
    [{ "retry-after": "soon 5" }, undefined],
    [{ "retry-after": "" }, undefined],
    [{ "retry-after": "NaN" }, undefined],
    [{ "retry-after-ms": "soon", "retry-after": "2" }, 2_000],
  ])("%j is %s ms", (headers, ms) => {
    expect(failed(headers).retryAfterMs).toBe(ms);
  });

  it("comes from google.rpc.RetryInfo if no header contains it", () => {
    const message = create(RetryInfoSchema, { retryDelay: { seconds: 2n, nanos: 5_000_000 } });
    const detail: [string, Uint8Array] = ["google.rpc.RetryInfo", toBinary(RetryInfoSchema, message)];
    expect(failed({}, detail).retryAfterMs).toBe(2_005);
    expect(failed({ "retry-after": "1" }, detail).retryAfterMs).toBe(1_000);
  });
});
