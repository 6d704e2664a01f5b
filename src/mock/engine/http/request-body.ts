import type { DescMessage } from "@bufbuild/protobuf";
import { base64Decode } from "@bufbuild/protobuf/wire";
import { Code, ConnectError } from "@connectrpc/connect";
import type { Compression, UniversalServerRequest } from "@connectrpc/connect/protocol";
import { failure } from "../errors.js";
import { inOnePiece, readAll } from "./bytes.js";
import { isJson } from "./content-types.js";
import { checkTimeout } from "./timeout.js";
import { errorOfText } from "./unreadable.js";

/** Returns the encoding that a request's message has, by its header or its query: `""` for none. */
export function encodingOf({ method, url, header }: UniversalServerRequest): string {
  const encoding =
    method === "GET" ? new URL(url).searchParams.get("compression") : header.get("content-encoding");
  return encoding === null || encoding === "identity" ? "" : encoding;
}

/**
 * Reads a request's message as connect-go does: from the body, or from the query of a GET. The bytes are uncompressed, and they may not be
 * a message.
 *
 * @throws ConnectError if they cannot be read.
 */
export async function readMessage(
  request: UniversalServerRequest,
  input: DescMessage,
  contentType: string,
  gzip: Compression | undefined,
  maxBytes: number,
): Promise<Uint8Array> {
  const encoding = encodingOf(request);
  if (encoding !== "" && encoding !== gzip?.name) {
    const supported = gzip?.name ?? "";
    throw failure("unimplemented", `unknown compression "${encoding}": supported encodings are ${supported}`);
  }
  const query = request.method === "GET" ? new URL(request.url).searchParams : undefined;
  checkVersion(request.header, query);
  if (query?.has("message") === false) throw failure("invalid_argument", "missing message parameter");
  checkTimeout(request.header);

  const sent = query === undefined ? await readBody(request, maxBytes) : fromQuery(query);
  const bytes = encoding === "" || gzip === undefined ? sent : await decompress(sent, gzip, maxBytes);
  const error = isJson(contentType) ? errorOfText(input, bytes) : undefined;
  if (error !== undefined) throw error;
  return bytes;
}

/** Adds an empty JSON message to a POST without body and Content-Type, as older SDKs send it. */
export async function withEmptyMessage(
  request: UniversalServerRequest,
  maxBytes: number,
): Promise<UniversalServerRequest> {
  if (request.method !== "POST" || request.header.has("content-type")) return request;
  // A body without a Content-Type is refused, so it is not needed again.
  if ((await readBody(request, maxBytes)).byteLength > 0) return request;
  const header = new Headers(request.header);
  header.set("content-type", "application/json");
  return { ...request, header, body: inOnePiece(new TextEncoder().encode("{}")) };
}

function checkVersion(header: Headers, query: URLSearchParams | undefined): void {
  const [name, wanted, version] = query
    ? ["connect", "v1", query.get("connect")]
    : ["Connect-Protocol-Version", "1", header.get("connect-protocol-version")];
  if (version && version !== wanted) {
    throw failure("invalid_argument", `${name} must be "${wanted}": got "${version}"`);
  }
}

function fromQuery(query: URLSearchParams): Uint8Array {
  const message = query.get("message") ?? "";
  if (query.get("base64") !== "1") return new TextEncoder().encode(message);
  try {
    return base64Decode(message);
  } catch {
    throw failure("unknown", "read message: illegal base64 data");
  }
}

/** Returns all bytes of a request's body. @throws ConnectError `resource_exhausted` if there are more than `maxBytes`. */
export async function readBody({ body }: UniversalServerRequest, maxBytes: number): Promise<Uint8Array> {
  // A server framework may have parsed the JSON already.
  return isByteStream(body) ? readAll(body, maxBytes) : new TextEncoder().encode(JSON.stringify(body));
}

function isByteStream(body: UniversalServerRequest["body"]): body is AsyncIterable<Uint8Array> {
  return typeof body === "object" && body !== null && Symbol.asyncIterator in body;
}

/** Go's gzip reader reads a header of ten bytes first. */
const gzipHeader = { bytes: 10, start: [0x1f, 0x8b] } as const;

async function decompress(bytes: Uint8Array, gzip: Compression, maxBytes: number): Promise<Uint8Array> {
  if (bytes.byteLength === 0) return new Uint8Array();
  if (bytes.byteLength < gzipHeader.bytes) {
    throw failure("invalid_argument", "get decompressor: unexpected EOF");
  }
  if (gzipHeader.start.some((byte, at) => bytes[at] !== byte)) {
    throw failure("invalid_argument", "get decompressor: gzip: invalid header");
  }
  try {
    return await gzip.decompress(bytes, maxBytes);
  } catch (error) {
    if (error instanceof ConnectError && error.code === Code.ResourceExhausted) throw error;
    throw failure("invalid_argument", "decompress: unexpected EOF");
  }
}
