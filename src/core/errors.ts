import { Code, ConnectError } from "@connectrpc/connect";
import { codeName } from "./code-name.js";
import type { FieldViolation } from "./error-details.js";

/** Marks our errors across copies of this package: the ESM and the CommonJS build, duplicate installs. */
const brand = Symbol.for("tenantry.ApiError");

/** What an error can say of the call that failed. All optional, so that a test can make one from its text alone. */
export interface ErrorContext {
  /** The server's own words, where the message says more. Default: the message. */
  rawMessage?: string | undefined;
  /** Default: the class's own. */
  code?: Code | undefined;
  /** `package.Service/Method`. Default: empty. */
  method?: string | undefined;
  /** How many requests were sent. Default 0. */
  attempts?: number | undefined;
  /** The server's id of the request. */
  requestId?: string | undefined;
  /** How long the server asks to wait before another try, in milliseconds. */
  retryAfterMs?: number | undefined;
  /** The server's machine-readable reason (`google.rpc.ErrorInfo`). */
  reason?: string | undefined;
  /** The fields that break a rule: kept by `InvalidArgumentError` alone. Default: none. */
  violations?: readonly FieldViolation[] | undefined;
  /** The response's headers, of which `set-cookie` is dropped. Default: none. */
  metadata?: Headers | undefined;
  /** The error's details, as Connect has them. Default: none. */
  details?: ConnectError["details"] | undefined;
  /** What made the call fail, where that was another error. */
  cause?: unknown;
}

/**
 * Any failure of a call. Each situation that a program may want to treat on
 * its own has a subclass; an error of exactly this class is one of the rest
 * (`unknown`, `aborted`, `out_of_range`, `internal`, `data_loss`), told apart by `code`.
 *
 * It is a `ConnectError`, so what works with Connect's works with ours: its
 * `name` is therefore "ConnectError" too; tell classes apart with `instanceof`,
 * which holds across the ESM and CommonJS builds and duplicate installs.
 *
 * @example
 * ```ts
 * try {
 *   await client.accounts.createTeam({ name: "acme" });
 * } catch (error) {
 *   if (error instanceof AlreadyExistsError) return;
 *   if (error instanceof ApiError) console.error(error.method, error.requestId);
 *   throw error;
 * }
 * ```
 */
export class ApiError extends ConnectError {
  /** The class's own name, which minifiers leave alone. */
  static readonly kind: string = "ApiError";
  /** The Connect code of this class's errors. */
  static readonly code: Code = Code.Unknown;
  /** The server's own words; ours where the failure is not of its making. */
  override readonly rawMessage: string;
  /** The method called, `package.Service/Method`; empty where the failure came before there was one. */
  readonly method: string;
  /** How many requests were sent: 0 where the call failed before the first. */
  readonly attempts: number;
  /** The server's id of the request, to quote to its support. */
  readonly requestId: string | undefined;
  /** How long the server asks to wait before another try, in milliseconds. */
  readonly retryAfterMs: number | undefined;
  /** The server's machine-readable reason (`google.rpc.ErrorInfo`), where it gave one. */
  readonly reason: string | undefined;
  /** Where to go on, for a failure in the middle of a list: give it as the list's `cursor`. Set by the list. */
  cursor: string | undefined;

  constructor(message: string, context: ErrorContext = {}) {
    super(message, context.code ?? new.target.code, context.metadata, undefined, context.cause);
    this.rawMessage = context.rawMessage ?? message;
    this.method = context.method ?? "";
    this.attempts = context.attempts ?? 0;
    this.requestId = context.requestId;
    this.retryAfterMs = context.retryAfterMs;
    this.reason = context.reason;
    this.cursor = undefined;
    this.details = context.details ?? [];
    this.metadata.delete("set-cookie");
  }

  /** The class's name, which copies of this package compare. */
  get [brand](): string {
    const own = this.constructor;
    return "kind" in own && typeof own.kind === "string" ? own.kind : ApiError.kind;
  }

  /** What is fit for a log: no headers, no details, no cause, hence no secret. */
  toJSON(): Record<string, unknown> {
    const { message, method, attempts, requestId, retryAfterMs, reason } = this;
    return {
      name: this[brand],
      code: codeName(this.code),
      message,
      method,
      attempts,
      requestId,
      retryAfterMs,
      reason,
    };
  }

  /** Makes `instanceof` hold for errors of another copy of this package too. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    // A user's own subclass has no kind of its own: the prototype chain decides.
    if (!Object.hasOwn(this, "kind")) return Function.prototype[Symbol.hasInstance].call(this, value);
    if (typeof value !== "object" || value === null || !(brand in value)) return false;
    return this.kind === "ApiError" || value[brand] === this.kind;
  }
}

/** The request, or an argument, is wrong: `violations` names the fields. Repeating it won't help. */
export class InvalidArgumentError extends ApiError {
  static override readonly kind = "InvalidArgumentError";
  static override readonly code = Code.InvalidArgument;
  /** The fields that break a rule; empty where the server names none. */
  readonly violations: readonly FieldViolation[];
  constructor(message: string, context: ErrorContext = {}) {
    super(message, context);
    this.violations = context.violations ?? [];
  }
  override toJSON(): Record<string, unknown> {
    return { ...super.toJSON(), violations: this.violations };
  }
}

/** No token, or one that the server does not accept, also after a refresh. */
export class UnauthenticatedError extends ApiError {
  static override readonly kind = "UnauthenticatedError";
  static override readonly code = Code.Unauthenticated;
}

/** The caller is known, and may not do this. */
export class PermissionDeniedError extends ApiError {
  static override readonly kind = "PermissionDeniedError";
  static override readonly code = Code.PermissionDenied;
}

/** What the call names does not exist. */
export class NotFoundError extends ApiError {
  static override readonly kind = "NotFoundError";
  static override readonly code = Code.NotFound;
}

/** What the call would create is there already. */
export class AlreadyExistsError extends ApiError {
  static override readonly kind = "AlreadyExistsError";
  static override readonly code = Code.AlreadyExists;
}

/** The state of things does not allow the call now; something else has to change first. */
export class FailedPreconditionError extends ApiError {
  static override readonly kind = "FailedPreconditionError";
  static override readonly code = Code.FailedPrecondition;
}

/** Too many calls, or a quota is used up; `retryAfterMs` says when to come back, where the server did. */
export class RateLimitedError extends ApiError {
  static override readonly kind = "RateLimitedError";
  static override readonly code = Code.ResourceExhausted;
}

/** The server answered that it cannot serve for now (a deployment, an overload, a proxy without a back end). */
export class UnavailableError extends ApiError {
  static override readonly kind = "UnavailableError";
  static override readonly code = Code.Unavailable;
}

/** Time ran out: the call's `timeoutMs`, an `AbortSignal.timeout()`, or the server's own limit. */
export class DeadlineExceededError extends ApiError {
  static override readonly kind = "DeadlineExceededError";
  static override readonly code = Code.DeadlineExceeded;
}

/** The caller's signal was aborted; its reason is the `cause`. */
export class CanceledError extends ApiError {
  static override readonly kind = "CanceledError";
  static override readonly code = Code.Canceled;
}

/** The server, as it is set up or as old as it is, does not have this method. */
export class UnimplementedError extends ApiError {
  static override readonly kind = "UnimplementedError";
  static override readonly code = Code.Unimplemented;
}

/** No answer: the server could not be reached, or the connection broke. Its code is `unavailable`. */
export class NetworkError extends ApiError {
  static override readonly kind = "NetworkError";
  static override readonly code = Code.Unavailable;
}

/**
 * An answer that is not of this API: a web page, cut JSON, a redirect, a message without its content. Its code is `internal`,
 * or `unknown` where a status says nothing more.
 */
export class UnexpectedResponseError extends ApiError {
  static override readonly kind = "UnexpectedResponseError";
  static override readonly code = Code.Internal;
}
