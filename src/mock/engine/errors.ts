import { Code, ConnectError } from "@connectrpc/connect";

/** Connect's codes as they are written on the wire. */
export const codes = {
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
} as const satisfies Readonly<Record<string, Code>>;

/** A Connect code, as it is written on the wire. */
export type CodeName = keyof typeof codes;

const codeNames = Object.keys(codes).filter((name): name is CodeName => Object.hasOwn(codes, name));

/** The error that a server answers with; to be thrown before anything is written. */
export function failure(code: CodeName, message: string): ConnectError {
  return new ConnectError(message, codes[code]);
}

/** A code as it is written on the wire. */
export function nameOf(code: Code): CodeName {
  for (const name of codeNames) if (codes[name] === code) return name;
  return "unknown";
}
