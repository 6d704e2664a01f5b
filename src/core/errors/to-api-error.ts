import { isTimeout } from "../call/abort.js";
import type { Call } from "../call/call.js";
import { ApiError } from "./api-error.js";
import { CanceledError, DeadlineExceededError, NetworkError } from "./errors.js";
import { causes, isNetworkFailure, textOf } from "./network.js";
import { copyCause, hasSecret, withoutSecrets } from "./secrets.js";

/**
 * Converts the reason of a call's failure to the error that the call throws. An `ApiError` of the transport stays the
 * same object, and the facts of the call are added.
 *
 * @param canceled - whether the caller's signal has aborted. If so, the abort is the failure.
 */
export function toApiError(reason: unknown, call: Call<unknown>, canceled = false): ApiError {
  const { method, attempts, secrets } = call;
  const error = classify(reason, call, canceled);
  // The error is complete already, or it belongs to another call.
  if (error.method !== "") return error;
  const { rawMessage, requestId, reason: why, violations, cause, stack } = error;
  // A secret cannot be removed from bytes without making them unreadable.
  const details = error.details.map((detail) =>
    hasSecret(detail.base64, secrets) ? { ...detail, base64: "" } : detail,
  );
  return Object.assign(error, {
    method: `${method.service}/${method.name}`,
    attempts,
    ...withoutSecrets(
      { message: explain(error, call), rawMessage, requestId, reason: why, violations, details, stack },
      secrets,
    ),
    // An abort's reason is the caller's own object. Every other cause is copied, so that it contains no request and no
    // token.
    ...(cause !== undefined && !canceled && { cause: copyCause(cause, secrets) }),
  });
}

function classify(reason: unknown, { attempts }: Call<unknown>, canceled: boolean): ApiError {
  const sent = `(requests sent: ${attempts})`;
  if (isTimeout(reason)) return new DeadlineExceededError(`${textOf(reason)} ${sent}`, { cause: reason });
  if (canceled) return new CanceledError(`canceled by the caller's signal ${sent}`, { cause: reason });
  if (reason instanceof ApiError) return reason;
  if (isNetworkFailure(reason)) return networkError(reason);
  return new ApiError(textOf(reason), { cause: reason });
}

/**
 * Returns the error for a failure of the network. The message of `fetch` is only "fetch failed": its cause contains the
 * reason.
 */
export function networkError(cause: unknown): NetworkError {
  const deepest = causes(cause).at(-1) ?? cause;
  const text = textOf(deepest).trim().replace(/\.$/, "");
  return new NetworkError(`${text}. No response: check the network and \`baseUrl\`.`, { cause });
}

/** Writes the error's text: which call failed, why, and what to do. */
function explain(
  { message, code }: ApiError,
  { method, needsNoToken, attempts, token }: Call<unknown>,
): string {
  let text = `${method.name}: ${message || "the server sent no reason"}`;
  // A server that has the method sends its own reason.
  if (code === "unimplemented" && /^(HTTP \d+)?$/.test(message)) {
    text += ". The server does not have this method. Check `baseUrl`.";
  }
  if (code === "unauthenticated" && attempts > 0 && token === undefined && !needsNoToken) {
    text += ". No token was sent: set `auth`.";
  }
  return text;
}
