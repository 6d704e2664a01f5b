import { ApiError } from "./api-error.js";
import type { ErrorCode } from "./error-code.js";
import { provesUnsent } from "./network.js";

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
 * @param error - what the call has thrown.
 * @returns false if nothing was sent, if the only request found no server, or if the server refused it. Also false for a value
 * that is not an `ApiError`: calls throw only those.
 *
 * @example
 * ```ts
 * try {
 *   await client.invites.create(accountId, { email, role: "job_viewer" });
 * } catch (error) {
 *   if (!mayHaveActed(error)) throw error;
 *   for await (const invite of client.invites.list(accountId)) if (invite.email === email) console.log("invited");
 * }
 * ```
 */
export function mayHaveActed(error: unknown): boolean {
  if (!(error instanceof ApiError)) return false;
  const { attempts, code, partial } = error;
  // A part of the result comes from a response. Before the last of several attempts, an earlier one may have succeeded.
  if (partial !== undefined || attempts > 1) return true;
  return attempts === 1 && uncertain.includes(code) && !provesUnsent(error);
}
