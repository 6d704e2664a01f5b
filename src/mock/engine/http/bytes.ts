import { createAsyncIterable, readAllBytes } from "@connectrpc/connect/protocol";
import { failure } from "../errors.js";

/** The largest message, uncompressed. It is the default of connect-es. */
export const maxMessageBytes = 0xffffffff;

/**
 * The largest request of an API, uncompressed: the limit of gRPC's own servers. Without it, a small compressed request of any web page
 * could fill the memory.
 */
export const maxRequestBytes = 4 * 2 ** 20;

/**
 * Reads a body to its end. Returns no bytes if there is no body.
 *
 * @throws ConnectError `resource_exhausted` if it has more than `maxBytes`.
 */
export function readAll(
  body: AsyncIterable<Uint8Array> = inOnePiece(),
  maxBytes = maxMessageBytes,
): Promise<Uint8Array> {
  return readAllBytes(limited(body, maxBytes), maxBytes);
}

async function* limited(body: AsyncIterable<Uint8Array>, maxBytes: number): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    // The rest is read too. Otherwise, the connection would break before the client has the error.
    if (size <= maxBytes) yield chunk;
  }
  if (size > maxBytes) {
    throw failure("resource_exhausted", `message size ${size} is larger than configured max ${maxBytes}`);
  }
}

/** Returns a body that comes in one piece. */
export function inOnePiece(bytes: Uint8Array = new Uint8Array()): AsyncIterable<Uint8Array> {
  return createAsyncIterable([bytes]);
}
