import { isTimeout } from "../call/abort.js";
import { ApiError } from "./api-error.js";
import { CanceledError, DeadlineExceededError } from "./errors.js";

/**
 * Returns the error for a wait that ended early: the error of a call during the wait or, if there is none, a
 * `DeadlineExceededError` or a `CanceledError`.
 *
 * @param canceled - whether the caller's signal has aborted. If so, an `ApiError` in `reason` is the signal's own
 * reason, not the error of a call.
 * @param partial - the error's `partial`.
 */
export function endedError(reason: unknown, doing: string, canceled = false, partial?: unknown): ApiError {
  if (!canceled && reason instanceof ApiError) return reason;
  const context = { cause: reason, partial };
  return isTimeout(reason)
    ? new DeadlineExceededError(`time ran out while ${doing}`, context)
    : new CanceledError(`canceled by the caller's signal while ${doing}`, context);
}
