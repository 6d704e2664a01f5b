import { isRecord } from "../json/fields.js";

/** A TypeError alone proves nothing: `fetch` throws it, but many mistakes in a program do too. workerd throws an Error. */
const networkText =
  /^(Error: )?network|^TypeError: (load failed|error (in|read|send)|terminated|fetch failed|failed to fetch|(the )?network ?(error|request|conn))/i;

/** Other system codes prove nothing: a file that cannot be read has one too. Only a connection has the syscall `connect`. */
const networkCode =
  /^(E(AI_|ADDR|CONN|HOST|NET|NOTCONN|NOTFOUND|PIPE|PROTO|\w*TIME)|UND_ERR_|ERR_(HTTP2|STREAM|TLS|SSL)|Connection|UNABLE)|CERT/;

/** Checks whether a request failed in the network or before it was sent, so that there was no response. */
export function isNetworkFailure(reason: unknown): boolean {
  // Compares the text, which begins with the error's name. `instanceof` fails for an error of another realm.
  return causes(reason).some(
    (cause) =>
      networkText.test(`${cause}`) ||
      networkCode.test(systemCode(cause)) ||
      ("syscall" in cause && cause.syscall === "connect"),
  );
}

/**
 * Checks whether a failure proves that the server did not act on the request: there was no connection, or an HTTP/2
 * server refused the request's stream.
 */
export function provesUnsent(reason: unknown): boolean {
  // Node's fetch, which uses HTTP/2 since Node 26, names a stream's error only in the text that follows the code.
  return causes(reason).some((cause) =>
    /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ConnectionRefused|UND_ERR_CONNECT_TIMEOUT|ERR_HTTP2_(CONNECT_TIMEOUT|STREAM_.*REFUSED))/.test(
      `${systemCode(cause)}${cause}`,
    ),
  );
}

/**
 * Checks whether a body could not be decompressed. Node's fetch reports that as a broken connection. Node's codes are
 * `Z_DATA_ERROR` and similar for gzip, `ZSTD_error_…` for zstd, and `ERR__ERROR_…` for brotli.
 */
export function isBadCompression(reason: unknown): boolean {
  return causes(reason).some((cause) => /^(Z|ERR__)/.test(systemCode(cause)));
}

/**
 * Returns the text of anything that was thrown. For a SyntaxError, that is only its name: `JSON.parse` quotes its input,
 * which may be a response with a new token.
 */
export function textOf(reason: unknown): string {
  if (isError(reason)) {
    // If several addresses failed, Node's error has no text, only a code.
    return reason.name === "SyntaxError" ? reason.name : reason.message || systemCode(reason) || reason.name;
  }
  // Some objects cannot be converted to a string.
  return typeof reason === "object" ? "an object was thrown" : String(reason);
}

/** Returns an error, its cause, the cause's cause and so on. At most eight, because an error may be its own cause. */
export function causes(reason: unknown): Error[] {
  const found: Error[] = [];
  for (let cause = reason; isError(cause) && found.length < 8; cause = cause.cause) found.push(cause);
  return found;
}

/**
 * Checks whether a value is an error that can be read and converted to a string. It does not use `instanceof`: in Jest,
 * for example, Node's own errors are of another realm.
 */
export function isError(value: unknown): value is Error {
  try {
    return isRecord(value) && typeof value["message"] === "string" && String(value) !== "";
  } catch {
    return false;
  }
}

/** Returns the code of a failure, from the system or the implementation of fetch. Empty if it has none. */
function systemCode(reason: Error): string {
  return "code" in reason ? String(reason.code) : "";
}
