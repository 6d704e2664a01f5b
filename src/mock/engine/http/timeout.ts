import type { ConnectError } from "@connectrpc/connect";
import { failure } from "../errors.js";
import { longestDelay } from "../time/wait.js";

const name = "connect-timeout-ms";
const grpcName = "grpc-timeout";

/**
 * Checks `Connect-Timeout-Ms` by the rules of Go's `strconv.ParseInt`. The header may be missing.
 *
 * @throws ConnectError `invalid_argument` if the value is not an integer of up to ten characters.
 */
export function checkTimeout(header: Headers): void {
  const value = header.get(name) ?? "";
  if (value.length > 10) throw failure("invalid_argument", `parse timeout: "${value}" has >10 digits`);
  if (value === "" || /^[+-]?\d+$/.test(value)) return;
  throw failure("invalid_argument", `parse timeout: strconv.ParseInt: parsing "${value}": invalid syntax`);
}

/**
 * Sets the timeout for a handler. It is removed if it cannot be read or is longer than timers can wait (connect-es would end
 * the call at once). It is 0 if it is negative. The timeout of gRPC is removed, because it has no effect on a Connect call.
 */
export function setTimeoutHeader(header: Headers): void {
  const value = header.get(name);
  header.delete(name);
  header.delete(grpcName);
  if (value === null || !/^[+-]?\d{1,10}$/.test(value) || Number(value) > longestDelay) return;
  header.set(name, `${Math.max(0, Number(value))}`);
}

const unitsMs: Readonly<Record<string, number>> = {
  H: 3_600_000,
  M: 60_000,
  S: 1_000,
  m: 1,
  u: 1e-3,
  n: 1e-6,
};

/** Returns the timeout of a gRPC call, in milliseconds. Undefined if there is none that can be read. */
function grpcTimeoutOf(header: Headers): number | undefined {
  const [, value, unit = ""] = /^(\d{1,8})([HMSmun])$/.exec(header.get(grpcName) ?? "") ?? [];
  return value === undefined ? undefined : Number(value) * (unitsMs[unit] ?? 0);
}

/** Returns the headers of a gRPC request, without Connect's timeout, and without one that is longer than timers can wait. */
export function withGrpcTimeout(header: Headers): Headers {
  const isTooLong = (grpcTimeoutOf(header) ?? 0) > longestDelay;
  // Almost every call needs no copy.
  if (!isTooLong && !header.has(name)) return header;
  const rest = new Headers(header);
  rest.delete(name);
  if (isTooLong) rest.delete(grpcName);
  return rest;
}

/** Returns the timeout in a call's headers, in milliseconds. Undefined if there is none. */
export function timeoutOf(header: Headers): number | undefined {
  const value = header.get(name);
  return value === null ? grpcTimeoutOf(header) : Number(value);
}

/** Returns the error for a call whose timeout has passed. */
export function deadlineError(): ConnectError {
  return failure("deadline_exceeded", "context deadline exceeded");
}
