import { Code } from "@connectrpc/connect";
import type { ErrorCode } from "../core/errors/error-code.js";
import { isErrorCode } from "../core/errors/response-error.js";

const codes: Readonly<Record<ErrorCode, Code>> = {
  canceled: Code.Canceled,
  unknown: Code.Unknown,
  invalid_argument: Code.InvalidArgument,
  deadline_exceeded: Code.DeadlineExceeded,
  not_found: Code.NotFound,
  already_exists: Code.AlreadyExists,
  permission_denied: Code.PermissionDenied,
  resource_exhausted: Code.ResourceExhausted,
  failed_precondition: Code.FailedPrecondition,
  aborted: Code.Aborted,
  out_of_range: Code.OutOfRange,
  unimplemented: Code.Unimplemented,
  internal: Code.Internal,
  unavailable: Code.Unavailable,
  data_loss: Code.DataLoss,
  unauthenticated: Code.Unauthenticated,
};

const names = new Map<number, ErrorCode>();
for (const name in codes) if (isErrorCode(name)) names.set(codes[name], name);

/** Connect's number for a code. */
export function toCode(name: ErrorCode): Code {
  return codes[name];
}

/** The name of Connect's number. A number that Connect does not know is "unknown". */
export function toErrorCode(code: Code): ErrorCode {
  return names.get(code) ?? "unknown";
}
