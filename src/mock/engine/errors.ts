import { Code, ConnectError } from "@connectrpc/connect";
import { keysOf } from "./records.js";

/** A Connect code, as it is written on the wire. */
export type CodeName =
  | "canceled"
  | "unknown"
  | "invalid_argument"
  | "deadline_exceeded"
  | "not_found"
  | "already_exists"
  | "permission_denied"
  | "resource_exhausted"
  | "failed_precondition"
  | "aborted"
  | "out_of_range"
  | "unimplemented"
  | "internal"
  | "unavailable"
  | "data_loss"
  | "unauthenticated";

/** Connect's codes by their names on the wire. */
export const codes: Readonly<Record<CodeName, Code>> = {
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

/** The names of all codes. */
export const codeNames = keysOf(codes);

/** Returns an error to respond with. Throw it before you write anything. */
export function failure(code: CodeName, message: string): ConnectError {
  return new ConnectError(message, codes[code]);
}

/** Returns the name of a code on the wire. */
export function codeNameOf(code: Code): CodeName {
  for (const name of codeNames) if (codes[name] === code) return name;
  return "unknown";
}
