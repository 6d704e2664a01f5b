import type { ApiError } from "./api-error.js";
import type { ErrorCode } from "./error-code.js";

/** The codes of failures after which the server may have acted. */
const uncertain: readonly ErrorCode[] = [
  "canceled",
  "unknown",
  "deadline_exceeded",
  "aborted",
  "internal",
  "unavailable",
  "data_loss",
];

/**
 * Checks whether the server may have acted although a call has failed: the response may be lost, late or unreadable. Read the
 * state before you repeat such a call.
 *
 * @param error - the error of the call.
 * @returns false if the call has 0 `attempts`, or if the server has refused its only request. True in all other cases, also for a
 * refused connection.
 *
 * @example
 * ```ts
 * try {
 *   await client.invites.create(accountId, { email, role: "job_viewer" });
 * } catch (error) {
 *   if (!(error instanceof ApiError) || !mayHaveActed(error)) throw error;
 *   for await (const invite of client.invites.list(accountId)) if (invite.email === email) console.log("invited");
 * }
 * ```
 */
export function mayHaveActed(error: ApiError): boolean {
  const { attempts, code, partial } = error;
  // A part of the result comes from a response.
  if (partial !== undefined) return true;
  // Before the last of several attempts, an earlier one may have succeeded. An error that has no `attempts` counts as uncertain.
  return attempts !== 0 && (attempts !== 1 || uncertain.includes(code));
}
