import type { DescMessage } from "@bufbuild/protobuf";
import type {
  Compression,
  UniversalServerRequest,
  UniversalServerResponse,
} from "@connectrpc/connect/protocol";
import { maxMessageBytes } from "./bytes.js";
import { readBody } from "./request-body.js";
import { errorOfMessage, errorOfText } from "./unreadable.js";

/** The bytes before a message: its flags, and its length in four bytes. */
const prefixBytes = 5;

/**
 * Reads the body of a gRPC call. If the message cannot be read, connect-es responds with `internal`, and connect-go with
 * `invalid_argument`. A compressed message is not checked.
 *
 * @throws ConnectError while the body is read. The handler that reads it responds with the error.
 */
export async function* readGrpcBody(
  request: UniversalServerRequest,
  input: DescMessage,
  isJson: boolean,
  maxBytes: number,
): AsyncGenerator<Uint8Array> {
  const bytes = await readBody(request, maxBytes + prefixBytes);
  const isPlain = bytes.byteLength >= prefixBytes && bytes[0] === 0;
  const end = isPlain ? prefixBytes + new DataView(bytes.buffer).getUint32(1) : Number.POSITIVE_INFINITY;
  if (end <= bytes.byteLength) {
    const message = bytes.subarray(prefixBytes, end);
    const error =
      (isJson ? errorOfText(input, message) : undefined) ?? errorOfMessage(input, message, isJson);
    if (error !== undefined) throw error;
  }
  yield bytes;
}

/**
 * Makes a response of gRPC or gRPC-Web the same as connect-go's: it names the encodings that the server accepts, writes error texts as
 * gRPC's own servers do, and sends the trailers of a gRPC-Web response without a message as headers.
 *
 * @param contentType - the content type of the request. The response has the same content type.
 */
export async function withGrpcHeaders(
  response: UniversalServerResponse,
  contentType: string,
  gzip: Compression | undefined,
): Promise<UniversalServerResponse> {
  if (response.status !== 200) return response;
  const header = new Headers(response.header);
  header.set("content-type", contentType);
  if (gzip !== undefined) header.set("grpc-accept-encoding", gzip.name);
  const { trailer, body } = response;
  if (body === undefined) return { ...response, header };
  if (!contentType.startsWith("application/grpc-web")) {
    return { ...response, header, body: withPlainMessage(body, trailer) };
  }
  const chunks = body[Symbol.asyncIterator]();
  const first = await chunks.next();
  const trailers = first.done === true ? undefined : await trailersOf(first.value, gzip);
  if (trailers === undefined) return { ...response, header, body: startingWith(first, chunks) };
  for (const [name, value] of trailers)
    header.set(name, name === "grpc-message" ? plainMessage(value) : value);
  return { ...response, header, body: rest(chunks) };
}

const trailerFlag = 0x80;
const compressedFlag = 0x01;

/** Returns the trailers of gRPC-Web that a chunk consists of; undefined if it is a message. */
async function trailersOf(
  chunk: Uint8Array,
  gzip: Compression | undefined,
): Promise<[string, string][] | undefined> {
  const [flags = 0] = chunk;
  if ((flags & trailerFlag) === 0) return undefined;
  const sent = new Uint8Array(chunk.subarray(prefixBytes));
  const isCompressed = (flags & compressedFlag) !== 0 && gzip !== undefined;
  const bytes = isCompressed ? await gzip.decompress(sent, maxMessageBytes) : sent;
  const lines = new TextDecoder().decode(bytes).split("\r\n");
  return lines.flatMap((line) => {
    const [, name, value] = /^([^:]+): ?(.*)$/.exec(line) ?? [];
    return name === undefined || value === undefined ? [] : [[name.toLowerCase(), value]];
  });
}

type Chunks = AsyncIterator<Uint8Array>;

async function* startingWith(first: IteratorResult<Uint8Array>, chunks: Chunks): AsyncGenerator<Uint8Array> {
  if (first.done === true) return;
  yield first.value;
  yield* rest(chunks);
}

async function* rest(chunks: Chunks): AsyncGenerator<Uint8Array> {
  for (let chunk = await chunks.next(); chunk.done !== true; chunk = await chunks.next()) yield chunk.value;
}

/** Passes a body through. The trailers are complete when it ends. */
async function* withPlainMessage(
  body: AsyncIterable<Uint8Array>,
  trailer: Headers | undefined,
): AsyncGenerator<Uint8Array> {
  yield* body;
  const message = trailer?.get("grpc-message") ?? undefined;
  if (message !== undefined) trailer?.set("grpc-message", plainMessage(message));
}

/** Returns the text that connect-es has percent-encoded in the form of {@link grpcMessage}. */
function plainMessage(message: string): string {
  return grpcMessage(decodeURIComponent(message));
}

/**
 * Returns an error's text for the header `grpc-message`, with only the necessary characters percent-encoded. connect-es also
 * encodes punctuation, which @grpc/grpc-js does not decode.
 */
export function grpcMessage(text: string): string {
  return text.replace(/[^ -$&-~]+/gu, (part) => encodeURIComponent(part));
}
