import { base64Decode } from "@bufbuild/protobuf/wire";
import { ConnectError } from "@connectrpc/connect";
import { ApiError } from "../core/errors/api-error.js";
import { toCode } from "./codes.js";

/**
 * Converts an error of a client to a `ConnectError`, for code that handles the errors of Connect clients too. It replaces
 * `ConnectError.from`, which gives an `ApiError` the code `Unknown`.
 *
 * @example
 * ```ts
 * import { Code } from "@connectrpc/connect";
 *
 * try {
 *   await client.accounts.createTeam({ name: "acme" });
 * } catch (error) {
 *   if (toConnectError(error).code !== Code.AlreadyExists) throw error;
 * }
 * ```
 *
 * @param reason - what was thrown.
 * @returns for an `ApiError`, an error with the same code, `rawMessage` and details, whose `cause` is the `ApiError`. For
 *   everything else, the result of `ConnectError.from`.
 */
export function toConnectError(reason: unknown): ConnectError {
  if (!(reason instanceof ApiError)) return ConnectError.from(reason);
  const { rawMessage, code, requestId, retryAfterMs, details } = reason;
  const error = new ConnectError(
    rawMessage,
    toCode(code),
    metadataOf({ requestId, retryAfterMs }),
    [],
    reason,
  );
  for (const { type, base64 } of details) {
    // A detail that cannot be read is left out, so that the rest of the error is not lost.
    try {
      error.details.push({ type, value: base64Decode(base64) });
    } catch {}
  }
  return error;
}

function metadataOf(known: { requestId: string | undefined; retryAfterMs: number | undefined }): Headers {
  const metadata = new Headers();
  if (known.retryAfterMs !== undefined) metadata.set("retry-after-ms", String(known.retryAfterMs));
  try {
    if (known.requestId !== undefined) metadata.set("x-request-id", known.requestId);
  } catch {
    // The id may come from a detail, and may contain characters that are not allowed in a header.
  }
  return metadata;
}
