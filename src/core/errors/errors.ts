import { ApiError } from "./api-error.js";

// Each class declares its own type of `name`. Otherwise the classes have the same structure, and TypeScript narrows an
// `ApiError` to `never` after `if (isNotFound(error)) return;`, where `isNotFound` is a type guard for `NotFoundError`.

/** The request, or an argument, is wrong. `violations` contains the fields. A second attempt fails the same way. */
export class InvalidArgumentError extends ApiError {
  static override readonly kind = "InvalidArgumentError";
  static override readonly code = "invalid_argument";
  declare readonly name: "InvalidArgumentError";
}

/** The server refuses the token, even after a refresh, or no token was sent. */
export class UnauthenticatedError extends ApiError {
  static override readonly kind: string = "UnauthenticatedError";
  static override readonly code = "unauthenticated";
  declare readonly name: "UnauthenticatedError" | "SignInAgainError";
}

/** The token is valid, but the caller may not do this. */
export class PermissionDeniedError extends ApiError {
  static override readonly kind = "PermissionDeniedError";
  static override readonly code = "permission_denied";
  declare readonly name: "PermissionDeniedError";
}

/** A resource that the request names does not exist. */
export class NotFoundError extends ApiError {
  static override readonly kind = "NotFoundError";
  static override readonly code = "not_found";
  declare readonly name: "NotFoundError";
}

/** The resource that the call creates exists already. */
export class AlreadyExistsError extends ApiError {
  static override readonly kind = "AlreadyExistsError";
  static override readonly code = "already_exists";
  declare readonly name: "AlreadyExistsError";
}

/** The current state does not allow the call. It must change first. */
export class FailedPreconditionError extends ApiError {
  static override readonly kind = "FailedPreconditionError";
  static override readonly code = "failed_precondition";
  declare readonly name: "FailedPreconditionError";
}

/** Too many calls, or a quota is used up. `retryAfterMs` is how long to wait, if the server sent it. */
export class RateLimitedError extends ApiError {
  static override readonly kind = "RateLimitedError";
  static override readonly code = "resource_exhausted";
  declare readonly name: "RateLimitedError";
}

/** The server is not available now: a deployment, an overload, a proxy without a server behind it. */
export class UnavailableError extends ApiError {
  static override readonly kind = "UnavailableError";
  static override readonly code = "unavailable";
  declare readonly name: "UnavailableError";
}

/** The time is up: `timeoutMs`, `attemptTimeoutMs` of the last attempt, an `AbortSignal.timeout()`, or the server's own limit. */
export class DeadlineExceededError extends ApiError {
  static override readonly kind = "DeadlineExceededError";
  static override readonly code = "deadline_exceeded";
  declare readonly name: "DeadlineExceededError";
}

/** The caller's signal was aborted. The signal's reason is the `cause`. */
export class CanceledError extends ApiError {
  static override readonly kind = "CanceledError";
  static override readonly code = "canceled";
  declare readonly name: "CanceledError";
}

/** The server does not have this method: it is too old, or it is set up without it. */
export class UnimplementedError extends ApiError {
  static override readonly kind = "UnimplementedError";
  static override readonly code = "unimplemented";
  declare readonly name: "UnimplementedError";
}

/** There was no response: the server could not be reached, or the connection broke. */
export class NetworkError extends ApiError {
  static override readonly kind = "NetworkError";
  static override readonly code = "unavailable";
  declare readonly name: "NetworkError";
}

/**
 * The response is not from this API, or cannot be read: a web page, cut JSON, a redirect, a field that is missing or of
 * the wrong type, an error with the status 200, a list that does not end or is not complete. Its code is `internal`, or
 * `unknown` for an HTTP status without a code of its own.
 */
export class UnexpectedResponseError extends ApiError {
  static override readonly kind = "UnexpectedResponseError";
  static override readonly code = "internal";
  declare readonly name: "UnexpectedResponseError";
}
