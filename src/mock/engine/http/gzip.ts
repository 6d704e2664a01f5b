import { Code, ConnectError } from "@connectrpc/connect";
import type { Compression } from "@connectrpc/connect/protocol";

/** gzip, made with the platform's streams, which also exist outside of Node. Undefined if the platform has none. */
export const gzip: Compression | undefined =
  typeof DecompressionStream === "undefined"
    ? undefined
    : {
        name: "gzip",
        compress: (bytes) => readThrough(bytes, new CompressionStream("gzip"), Number.POSITIVE_INFINITY),
        decompress: (bytes, readMaxBytes) =>
          bytes.byteLength === 0
            ? Promise.resolve(new Uint8Array())
            : readThrough(bytes, new DecompressionStream("gzip"), readMaxBytes),
      };

async function readThrough(
  bytes: Uint8Array,
  through: CompressionStream | DecompressionStream,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const source = new Blob([new Uint8Array(bytes)]).stream();
  try {
    const result = new Uint8Array(await new Response(source.pipeThrough(through)).arrayBuffer());
    if (result.byteLength <= maxBytes) return result;
  } catch (cause) {
    throw new ConnectError("the body is not gzip", Code.InvalidArgument, undefined, undefined, cause);
  }
  throw new ConnectError(`the message is larger than ${maxBytes} bytes`, Code.ResourceExhausted);
}
