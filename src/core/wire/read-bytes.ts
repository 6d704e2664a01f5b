import { UnexpectedResponseError } from "../errors/errors.js";
import { requestIdIn } from "../errors/server-error.js";

/** Far more than any response of these APIs needs. The limit keeps a broken server from filling the memory. */
const defaultMaxBytes = 64 * 2 ** 20;

/**
 * Reads a response's body.
 *
 * @throws UnexpectedResponseError as soon as the body is larger than `maxBytes`. The received bytes are counted,
 * because `content-length` may be the size of a compressed body.
 */
export async function readBytes(
  response: Response,
  maxBytes = defaultMaxBytes,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  const add = (chunk: Uint8Array<ArrayBuffer>) => {
    size += chunk.length;
    if (size > maxBytes) {
      throw new UnexpectedResponseError(`The response is larger than maxResponseBytes (${maxBytes} bytes).`, {
        requestId: requestIdIn(response.headers),
      });
    }
    chunks.push(chunk);
  };
  // There may be no body. And some packages for Node have a fetch whose body is not a web stream.
  const reader = response.body?.getReader?.();
  if (reader) {
    try {
      for (let read = await reader.read(); !read.done; read = await reader.read()) add(read.value);
    } catch (reason) {
      // Ends the transfer if the body is too large.
      reader.cancel().catch(() => {});
      throw reason;
    }
  } else {
    add(new Uint8Array(await response.arrayBuffer()));
  }
  return join(chunks, size);
}

function join(chunks: Uint8Array<ArrayBuffer>[], size: number): Uint8Array<ArrayBuffer> {
  const [first] = chunks;
  if (first?.length === size) return first;
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
