import { isRecord } from "../json/fields.js";
import type { ErrorDetail, FieldViolation } from "./details.js";
import type { ErrorCode } from "./error-code.js";

/** The key under which an error has the name of its class, for other copies of this package, such as its CommonJS build. */
const brand = Symbol.for("tenantry.ApiError");

/**
 * What an error can say about the call that failed. Every field is optional, so that a test can create an error from a
 * message alone.
 */
export interface ErrorContext {
  /** The server's own words, if the message says more. Default: the message. */
  rawMessage?: string;
  /** Default: the code of the class. */
  code?: ErrorCode;
  /** `package.Service/Method`. Default: empty. */
  method?: string;
  /** How many requests were sent. Default 0. */
  attempts?: number;
  /** The server's id of the request. */
  requestId?: string | undefined;
  /** How long the server asks to wait before another try, in milliseconds. */
  retryAfterMs?: number | undefined;
  /** The server's machine-readable reason (`google.rpc.ErrorInfo`). */
  reason?: string | undefined;
  /** The fields that break a rule. Default: none. */
  violations?: readonly FieldViolation[];
  /** The error's details. Default: none. */
  details?: readonly ErrorDetail[];
  /** What could be read of a response that is incomplete. */
  partial?: unknown;
  /** The id of the event that the call records. */
  eventId?: string | undefined;
  /** The error that made the call fail, if there was one. */
  cause?: unknown;
}

/**
 * Any failure of a call. Each situation that a program may want to handle has a subclass. An error of this class itself has
 * one of the other codes (`unknown`, `aborted`, `out_of_range`, `internal`, `data_loss`): look at its `code`.
 *
 * `instanceof` works across the ESM and CommonJS builds and duplicate installs of this package.
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
export class ApiError extends Error {
  /** The name of the class, which minifiers do not change. */
  static readonly kind: string = "ApiError";
  /** The default code of errors of this class. */
  static readonly code: ErrorCode = "unknown";

  /** The class's name, such as "NotFoundError". */
  declare readonly name: string;
  /** Connect's code, such as "not_found". */
  declare readonly code: ErrorCode;
  /** The server's own words. Ours if the failure did not come from the server. */
  declare readonly rawMessage: string;
  /** The method that was called, `package.Service/Method`. Empty if the call failed before that was known. */
  declare readonly method: string;
  /** How many requests were sent. 0 if the call failed before the first. */
  declare readonly attempts: number;
  /** The server's id of the request, to quote to its support. Vydon and Neosync send none. */
  declare readonly requestId: string | undefined;
  /** How long the server asks to wait before another try, in milliseconds. */
  declare readonly retryAfterMs: number | undefined;
  /** The server's machine-readable reason (`google.rpc.ErrorInfo`), if it gave one. */
  declare readonly reason: string | undefined;
  /** The fields of the request that break a rule. Empty if the server names none. */
  declare readonly violations: readonly FieldViolation[];
  /** The details that came with the error. `value` is set for the types that we know. */
  declare readonly details: readonly ErrorDetail[];
  /**
   * What could be read of a response that lacks a required field: the same shape as the method's result, with fields
   * missing. Set only for methods that write, because the server has acted.
   */
  declare readonly partial: unknown;
  /**
   * The id of the event that the failed call was to record. The server may have counted the event all the same: pass this id
   * as `eventId` to `billing.recordMeterEvent` again, and it is counted once. Undefined for calls that record no event.
   */
  declare readonly eventId: string | undefined;
  /** Where to go on after a failure in the middle of a list: pass it as the list's `cursor`. Set by the list. */
  declare cursor: string | undefined;

  /**
   * Creates an error. Calls throw them; make one yourself in a test.
   *
   * @param message - for people: what failed, why, and what to do.
   * @param context - what else is known.
   */
  constructor(message: string, context: ErrorContext = {}) {
    const { cause, ...known } = context;
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
    Object.defineProperty(this, brand, { value: name });
  }

  /** Returns the fields that are safe to log: no details, no partial response, no cause. */
  toJSON(): Record<string, unknown> {
    const { name, code, message, method, attempts, requestId, retryAfterMs, reason, violations, eventId } =
      this;
    return { name, code, message, method, attempts, requestId, retryAfterMs, reason, violations, eventId };
  }

  /** Makes `instanceof` work for errors of another copy of this package too. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    if (super[Symbol.hasInstance](value)) return true;
    // A user's own subclass has no kind of its own: only the prototype chain counts.
    if (!isRecord(value) || !(brand in value) || !Object.hasOwn(this, "kind")) return false;
    // A class may be below another one than `ApiError`, as `SignInAgainError` is.
    return [value[brand], Object.getPrototypeOf(value.constructor).kind, "ApiError"].includes(this.kind);
  }
}
