import { ApiError } from "./api-error.js";
import { type ErrorDetail, factsOf } from "./details.js";
import type { ErrorCode } from "./error-code.js";
import {
  AlreadyExistsError,
  CanceledError,
  DeadlineExceededError,
  FailedPreconditionError,
  InvalidArgumentError,
  NotFoundError,
  PermissionDeniedError,
  RateLimitedError,
  UnauthenticatedError,
  UnavailableError,
  UnimplementedError,
} from "./errors.js";

/** The classes of the codes. `NetworkError` and `UnexpectedResponseError` have no code of their own. */
const classes = [
  AlreadyExistsError,
  CanceledError,
  DeadlineExceededError,
  FailedPreconditionError,
  InvalidArgumentError,
  NotFoundError,
  PermissionDeniedError,
  RateLimitedError,
  UnauthenticatedError,
  UnavailableError,
  UnimplementedError,
];

/** The other codes. Their class is `ApiError` itself. `errorCodes` contains all codes, but would make each bundle larger. */
const otherCodes: readonly unknown[] = ["unknown", "aborted", "out_of_range", "internal", "data_loss"];

function classOf(code: unknown) {
  return classes.find((each) => each.code === code) ?? ApiError;
}

/** Checks whether a value is one of Connect's codes. */
export function isErrorCode(word: unknown): word is ErrorCode {
  return otherCodes.includes(word) || classOf(word) !== ApiError;
}

/** A server's error. */
export interface ServerFailure {
  readonly code: ErrorCode;
  /** The server's own text. */
  readonly message: string;
  readonly details: readonly ErrorDetail[];
  readonly headers: Headers;
}

/**
 * Returns the error for a server's failure, in the class of its code. `now` is in milliseconds since 1970.
 */
export function serverError({ code, message, details, headers }: ServerFailure, now: number): ApiError {
  const facts = factsOf(details);
  return new (classOf(code))(message, {
    ...facts,
    code,
    details,
    requestId: requestIdIn(headers) ?? facts.requestId,
    retryAfterMs: retryAfterMsIn(headers, now) ?? facts.retryAfterMs,
  });
}

/** Returns the server's id of a request from the response's headers. Returns undefined if they contain none. */
export function requestIdIn(headers: Headers): string | undefined {
  return headerOrTrailer(headers, "x-request-id") ?? undefined;
}

/** Reads a header or a trailer. Over HTTP, Connect sends trailers as headers with a prefix. */
function headerOrTrailer(headers: Headers, name: string): string | null {
  return headers.get(name) ?? headers.get(`trailer-${name}`);
}

/**
 * Reads how many milliseconds to wait: from `retry-after-ms`, or from `retry-after` with seconds or a date. Returns
 * undefined if the header is missing or unreadable.
 */
function retryAfterMsIn(headers: Headers, now: number): number | undefined {
  const ms = toNumber(headerOrTrailer(headers, "retry-after-ms"));
  if (ms !== undefined) return ms;
  const header = headerOrTrailer(headers, "retry-after");
  const seconds = toNumber(header);
  if (seconds !== undefined) return Math.min(seconds * 1000, Number.MAX_SAFE_INTEGER);
  // An HTTP date begins with the day of the week and has a time. Date.parse accepts "-1" and "soon 5" too.
  const date = Date.parse(header?.match(/^[a-z]{3}.*:\d\d:.*/i)?.[0] ?? "");
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** Reads a header's value as a number, at least zero. Returns undefined if it is not a number. */
function toNumber(text: string | null): number | undefined {
  const value = Number(text || Number.NaN);
  return value >= 0 && value < Infinity ? value : undefined;
}
