import { base64Decode } from "@bufbuild/protobuf/wire";
import { ConnectError } from "@connectrpc/connect";
import { ApiError } from "../core/errors/api-error.js";
import { toCode } from "./codes.js";

/** Converts an error to one of Connect's. An `ApiError` becomes its `cause`. */
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
    // A detail that cannot be read is left out, so that the error itself is not lost with it.
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
    // An id that came in a detail may have characters that no header can contain.
  }
  return metadata;
}
