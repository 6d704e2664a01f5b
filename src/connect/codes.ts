import type { Code } from "@connectrpc/connect";
import { type ErrorCode, errorCodes } from "../core/errors/error-code.js";

/** Connect's number for a code: that of gRPC. */
export function toCode(name: ErrorCode): Code {
  return errorCodes.indexOf(name) + 1;
}

/** The name of Connect's number. A number that Connect does not know is "unknown". */
export function toErrorCode(code: Code): ErrorCode {
  return errorCodes[code - 1] ?? "unknown";
}
