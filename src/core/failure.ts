import type { DescMethod } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import { isTimeout } from "./abort.js";
import type { Call } from "./call.js";
import { reasonOf, requestIdOf, retryAfterMsOf, violationsOf } from "./error-details.js";
import * as errors from "./errors.js";

/** What is known of a call that failed. */
export interface Circumstances {
  readonly method: DescMethod;
  readonly call: Call;
  /** The caller ended the call, which goes before whatever that made of the attempt beneath. */
  readonly canceled?: boolean | undefined;
  /** Milliseconds since the Unix epoch. */
  readonly now: number;
}

type ErrorClass = typeof errors.ApiError;

/** The classes that a code alone tells; the others need to be seen where they happen. */
const classByCode = new Map<Code, ErrorClass>(
  [
    errors.CanceledError,
    errors.InvalidArgumentError,
    errors.DeadlineExceededError,
    errors.NotFoundError,
    errors.AlreadyExistsError,
    errors.PermissionDeniedError,
    errors.RateLimitedError,
    errors.FailedPreconditionError,
    errors.UnimplementedError,
    errors.UnavailableError,
    errors.UnauthenticatedError,
  ].map((errorClass) => [errorClass.code, errorClass]),
);

/** Makes a typed error of whatever a call failed with; one made further down is completed with what is known here. */
export function toApiError(reason: unknown, circumstances: Circumstances): errors.ApiError {
  const { method, call, canceled, now } = circumstances;
  const error = ConnectError.from(reason);
  const Class = classOf(reason, error, canceled);
  const context: errors.ErrorContext = {
    rawMessage: error.rawMessage,
    code: Class === errors.ApiError || Class === errors.UnexpectedResponseError ? error.code : undefined,
    method: `${method.parent.typeName}/${method.name}`,
    attempts: call.attempts,
    requestId: requestIdOf(error.metadata, error),
    retryAfterMs: retryAfterMsOf(error, now),
    reason: reasonOf(error),
    violations: violationsOf(error),
    metadata: error.metadata,
    details: error.details,
    cause: canceled ? reason : (error.cause ?? (reason === error ? undefined : reason)),
  };
  const message = `${method.name}: ${describe(Class, error, circumstances)}`;
  return new Class(message, context);
}

/** Whether a failure is one of the network, or of the host's way to it, rather than an answer. */
export function isNetworkFailure(reason: unknown): boolean {
  if (reason instanceof errors.NetworkError) return true;
  // Of other transports: fetch's own failure is a TypeError, as is many a mistake in a program; Node's has a system code.
  return causes(reason).some(
    (cause) =>
      (cause instanceof TypeError && /fetch|network|^load failed|^terminated/i.test(cause.message)) ||
      /^(E[A-Z]+|EAI_AGAIN|UND_ERR_.*|ERR_HTTP2.*|ERR_STREAM.*|Connection.*)$/.test(systemCode(cause)),
  );
}

/** Whether a failure proves that the server never saw the request: there was no connection to send it on. */
export function provesUnsent(reason: unknown): boolean {
  return causes(reason).some((cause) =>
    /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|UND_ERR_CONNECT_TIMEOUT|ConnectionRefused)$/.test(systemCode(cause)),
  );
}

function classOf(reason: unknown, error: ConnectError, canceled: boolean | undefined): ErrorClass {
  if (isTimeout(reason)) return errors.DeadlineExceededError;
  if (canceled) return errors.CanceledError;
  if (isNetworkFailure(reason)) return errors.NetworkError;
  const local = !error.isWireError && !(reason instanceof errors.ApiError);
  if (reason instanceof errors.UnexpectedResponseError || (local && isGarbled(error.code))) {
    return errors.UnexpectedResponseError;
  }
  return classByCode.get(error.code) ?? errors.ApiError;
}

/** Connect's own complaint of an answer that it cannot read; from the server these codes mean something else. */
function isGarbled(code: Code): boolean {
  return code === Code.Unknown || code === Code.Internal;
}

function describe(Class: ErrorClass, error: ConnectError, { call, canceled }: Circumstances): string {
  const text = error.rawMessage || "the server gave no reason";
  switch (Class) {
    case errors.DeadlineExceededError:
      return `${text}; ${sent(call)}`;
    case errors.CanceledError:
      return canceled ? `canceled by the caller's signal; ${sent(call)}` : text;
    case errors.NetworkError:
      return `${text}. No answer came: check the network, and that \`baseUrl\` is right`;
    case errors.UnexpectedResponseError:
      return `${text}. This is no answer of the API: check that \`baseUrl\` is the API's, not a web page's or a proxy's`;
    case errors.UnimplementedError:
      return `${text}. The server does not have this method, or \`baseUrl\` points elsewhere`;
    case errors.UnauthenticatedError:
      return call.authenticated ? text : `${text}. No token was sent: is \`auth\` set?`;
    default:
      return text;
  }
}

function sent({ attempts }: Call): string {
  return attempts ? `requests sent: ${attempts}` : "nothing was sent";
}

/** An error, its causes, and theirs; bounded, since a cause may be its own. */
export function causes(reason: unknown): Error[] {
  const found: Error[] = [];
  for (let cause = reason; cause instanceof Error && found.length < 8; cause = cause.cause) found.push(cause);
  return found;
}

/** The code that the system or fetch's implementation gave a failure. */
function systemCode(reason: Error): string {
  return "code" in reason ? String(reason.code) : "";
}

/** What ended a wait of ours as a typed error: what a call within it threw, else the abort's or the deadline's reason. */
export function endedError(reason: unknown, doing: string): unknown {
  if (reason instanceof errors.ApiError) return reason;
  if (isTimeout(reason))
    return new errors.DeadlineExceededError(`time ran out while ${doing}`, { cause: reason });
  return new errors.CanceledError(`canceled by the caller's signal while ${doing}`, { cause: reason });
}
