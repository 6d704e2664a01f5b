import { UnexpectedResponseError } from "./errors.js";

/** Far above any answer of these APIs; it keeps a broken server from filling the memory. */
const defaultMaxBytes = 64 * 2 ** 20;

/** A response's body, or an error as soon as it turns out to be larger than `maxBytes`, compressed or not. */
export async function readBody(response: Response, maxBytes = defaultMaxBytes): Promise<Uint8Array> {
  const { body, headers } = response;
  const announced = Number(headers.get("content-length") ?? Number.NaN);
  const tooLarge = () =>
    new UnexpectedResponseError(`the answer is larger than ${maxBytes} bytes (maxResponseBytes)`);
  if (announced > maxBytes) {
    await body?.cancel();
    throw tooLarge();
  }
  // Announced and not compressed: it is as large as it says.
  if (!body || (announced >= 0 && !headers.has("content-encoding")))
    return new Uint8Array(await response.arrayBuffer());
  const chunks: BlobPart[] = [];
  let size = 0;
  const reader = body.getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    size += read.value.length;
    if (size > maxBytes) {
      await reader.cancel();
      throw tooLarge();
    }
    chunks.push(read.value);
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}
