import { isRecord } from "../json/fields.js";
import type { ErrorDetail, FieldViolation } from "./details.js";
import type { ErrorCode } from "./error-code.js";

/** The key of an error's class name. Other copies of this package, such as its CommonJS build, use the same key. */
const brand = Symbol.for("tenantry.ApiError");

/**
 * The details of an error about the call that failed. Every field is optional, so a test can create an error from a
 * message alone.
 */
export interface ErrorContext {
  /** The server's own text, if the message contains more. Default: the message. */
  rawMessage?: string;
  /** Default: the code of the class. */
  code?: ErrorCode;
  /** `package.Service/Method`. Default: empty. */
  method?: string;
  /** The number of requests that were sent. Default 0. */
  attempts?: number;
  /** The server's id of the request. Default: none. */
  requestId?: string | undefined;
  /** How long to wait before the next attempt, in milliseconds. Default: the server sent no such time. */
  retryAfterMs?: number | undefined;
  /** The server's machine-readable reason (`google.rpc.ErrorInfo`). Default: none. */
  reason?: string | undefined;
  /** The fields of the request that break a rule. Default: none. */
  violations?: readonly FieldViolation[];
  /** The error's details. Default: none. */
  details?: readonly ErrorDetail[];
  /** The readable part of a response that cannot be read in full. Default: none. */
  partial?: unknown;
  /** The id of the event that the call was to record. Default: none. */
  eventId?: string | undefined;
  /** The underlying error. Default: none. */
  cause?: unknown;
}

/**
 * A failure of a call. Each failure that a program may handle has a subclass. An error of this class itself has one of
 * the other codes: `unknown`, `aborted`, `out_of_range`, `internal` or `data_loss`.
 *
 * `instanceof` works across the ESM and CommonJS builds and duplicate installs of this package.
 *
 * @example
 * ```ts
 * try {
 *   await client.accounts.createTeam({ name: "acme" });
 * } catch (error) {
 *   if (error instanceof ApiError) console.error(error.method, error.requestId);
 *   if (!(error instanceof AlreadyExistsError)) throw error;
 * }
 * ```
 */
export class ApiError extends Error {
  /** The name of the class, which minifiers do not change. */
  static readonly kind: string = "ApiError";
  /** The default code of errors of this class. */
  static readonly code: ErrorCode = "unknown";

  /** The class's name, such as "NotFoundError". */
  declare readonly name: string;
  /** Connect's code, such as "not_found". */
  declare readonly code: ErrorCode;
  /** The server's own text. If the failure did not come from the server, the client's text. */
  declare readonly rawMessage: string;
  /**
   * The method that was called, as `package.Service/Method`. Empty if an argument was wrong and nothing was sent, or if
   * a list or a wait failed between its calls.
   */
  declare readonly method: string;
  /**
   * The number of requests that the call sent. 0 if it failed before the first one, or if `method` is empty. A request that the
   * transport refuses counts too, such as a token over plain http.
   */
  declare readonly attempts: number;
  /**
   * The server's id of the request, for its support team. Undefined if the server sent none. Vydon and Neosync send none.
   */
  declare readonly requestId: string | undefined;
  /** How long to wait before the next attempt, in milliseconds. Undefined if the server sent no such time. */
  declare readonly retryAfterMs: number | undefined;
  /** The server's machine-readable reason (`google.rpc.ErrorInfo`). Undefined if the server sent none. */
  declare readonly reason: string | undefined;
  /** The fields of the request that break a rule. Empty if the server names none. */
  declare readonly violations: readonly FieldViolation[];
  /** The details that the server sent with the error. `value` is set for the known types. */
  declare readonly details: readonly ErrorDetail[];
  /**
   * The id of the event that the failed call was to record. The server may still have counted the event. If you call
   * `billing.recordMeterEvent` again with this id as `eventId`, the event is counted once. Undefined for other calls.
   */
  declare readonly eventId: string | undefined;
  /**
   * The position of the first item that a list did not return. Pass it as the list's `cursor` to continue. Undefined
   * for other calls, and at the beginning of a list.
   */
  declare cursor: string | undefined;
  readonly #partial: unknown;

  /**
   * Creates an error. Calls create and throw them; create one yourself in a test.
   *
   * @param message - describes to a person what failed, why, and what to do.
   * @param context - the details of the failure.
   */
  constructor(message: string, context: ErrorContext = {}) {
    const { cause, partial, ...known } = context;
    super(message, cause === undefined ? undefined : { cause });
    const { kind: name, code } = new.target;
    const defaults = {
      name,
      code,
      rawMessage: message,
      method: "",
      attempts: 0,
      violations: [],
      details: [],
    };
    Object.assign(this, defaults, known);
    this.#partial = partial;
  }

  /**
   * The readable part of a response that cannot be read in full: the method's result, with fields missing. It is not set
   * for methods that the API declares as reads. After any other method, the server may have acted. The part may contain
   * new tokens, so no log shows it.
   */
  get partial(): unknown {
    return this.#partial;
  }

  /** @internal */
  get [brand](): string {
    return this.name;
  }

  /** Returns the fields that are safe to log. `rawMessage`, `cursor`, `details`, `partial` and `cause` are left out. */
  toJSON(): Record<string, unknown> {
    const { name, code, message, method, attempts, requestId, retryAfterMs, reason, violations, eventId } =
      this;
    return { name, code, message, method, attempts, requestId, retryAfterMs, reason, violations, eventId };
  }

  /** Makes `instanceof` work for errors of another copy of this package too. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    if (super[Symbol.hasInstance](value)) return true;
    // A user's subclass has no `kind` of its own, so only the prototype chain counts.
    if (!isRecord(value) || !(brand in value) || !Object.hasOwn(this, "kind")) return false;
    // A class may extend a subclass of `ApiError`, as `SignInAgainError` does.
    return [value[brand], Object.getPrototypeOf(value.constructor).kind, "ApiError"].includes(this.kind);
  }
}
