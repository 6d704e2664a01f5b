import type { Code } from "@connectrpc/connect";
import { type ErrorCode, errorCodes } from "../core/errors/error-code.js";

/** Returns Connect's number of a code, which is gRPC's number. */
export function toCode(name: ErrorCode): Code {
  return errorCodes.indexOf(name) + 1;
}

/** Returns the name of Connect's number. Returns "unknown" for any other number. */
export function toErrorCode(code: Code): ErrorCode {
  return errorCodes[code - 1] ?? "unknown";
}
