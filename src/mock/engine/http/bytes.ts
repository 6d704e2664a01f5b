import { createAsyncIterable, readAllBytes } from "@connectrpc/connect/protocol";

/** The largest message, uncompressed. It is the default of connect-es. */
export const maxMessageBytes = 0xffffffff;

/** Reads a body to its end. Returns no bytes if there is no body. */
export function readAll(body: AsyncIterable<Uint8Array> = inOnePiece()): Promise<Uint8Array> {
  return readAllBytes(body, maxMessageBytes);
}

/** Returns a body that comes in one piece. */
export function inOnePiece(bytes: Uint8Array = new Uint8Array()): AsyncIterable<Uint8Array> {
  return createAsyncIterable([bytes]);
}
