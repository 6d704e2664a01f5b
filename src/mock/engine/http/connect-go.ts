import type { ConnectError } from "@connectrpc/connect";
import type {
  Compression,
  UniversalHandler,
  UniversalServerRequest,
  UniversalServerResponse,
} from "@connectrpc/connect/protocol";
import { isFaultPlanned } from "../faults/transport-faults.js";
import { inOnePiece, readAll } from "./bytes.js";
import { acceptedTypes, canonicalType, connectTypes, isJson } from "./content-types.js";
import { readGrpcBody, withGrpcHeaders } from "./grpc.js";
import { methodNotAllowed, unsupportedMediaType } from "./plain-responses.js";
import { encodingOf, readMessage, withEmptyMessage } from "./request-body.js";
import { setTimeoutHeader, withGrpcTimeout } from "./timeout.js";
import { errorOfMessage } from "./unreadable.js";

/** The settings of a transport. */
export interface WireOptions {
  /** Whether it accepts what older SDKs send. */
  readonly lenient: boolean;
  /** gzip, if the platform has it. */
  readonly gzip: Compression | undefined;
  /** The largest request, uncompressed. */
  readonly maxRequestBytes: number;
  /** Whether responses are compressed for clients that accept it. */
  readonly compressResponses: boolean;
}

/**
 * Makes a method's handler behave on the wire as connect-go does, because the real servers are written in Go. connect-es handles
 * the call itself. This file handles the differences between the two: HTTP methods, content types, headers, compression, GET,
 * timeouts, and requests that cannot be read.
 */
export function asConnectGo(handler: UniversalHandler, options: WireOptions): UniversalHandler {
  const accepted = acceptedTypes(handler.protocolNames);

  async function handle(received: UniversalServerRequest): Promise<UniversalServerResponse> {
    const request = options.lenient ? await withEmptyMessage(received, options.maxRequestBytes) : received;
    const { method, header } = request;
    if (!handler.allowedMethods.includes(method)) return methodNotAllowed(method, handler.allowedMethods);
    const contentType = method === "GET" ? typeOfGet(request) : canonicalType(header.get("content-type"));
    if (connectTypes.includes(contentType)) return callUnary(handler, request, contentType, options);
    if (!accepted.includes(contentType)) return unsupportedMediaType(accepted);
    const sent = { ...request, header: withGrpcTimeout(header) };
    const body = readGrpcBody(request, handler.method.input, isJson(contentType), options.maxRequestBytes);
    return withGrpcHeaders(await handler({ ...sent, body }), contentType, options.gzip);
  }
  return Object.assign(handle, handler);
}

/** Returns the content type of a GET's message. Empty if the request has a body, so that the request is refused. */
function typeOfGet({ url, header }: UniversalServerRequest): string {
  if (Number(header.get("content-length") ?? 0) > 0) return "";
  const type = `application/${new URL(url).searchParams.get("encoding") ?? ""}`;
  return connectTypes.includes(type) ? type : "";
}

/** Calls a method by the Connect protocol. The handler sees an uncompressed POST. */
async function callUnary(
  handler: UniversalHandler,
  request: UniversalServerRequest,
  contentType: string,
  { gzip, maxRequestBytes, compressResponses }: WireOptions,
): Promise<UniversalServerResponse> {
  const header = new Headers(request.header);
  for (const name of ["accept-encoding", "content-encoding", "content-length"]) header.delete(name);
  header.set("content-type", contentType);
  setTimeoutHeader(header);
  const send = (body: AsyncIterable<Uint8Array>) => handler({ ...request, method: "POST", header, body });
  const { input } = handler.method;
  let message: Uint8Array | undefined;
  async function* read(): AsyncGenerator<Uint8Array> {
    message = await readMessage(request, input, contentType, gzip, maxRequestBytes);
    yield message;
  }

  let received = await send(read());
  if (received.status !== 200 && message !== undefined) {
    // The handler has parsed the message. Only if it failed, the message is parsed again, for the error that connect-go returns.
    const error = errorOfMessage(input, message, isJson(contentType));
    if (error !== undefined) received = await send(failing(error));
  }
  const { header: sent = new Headers(), ...response } = received;
  if (gzip !== undefined) sent.set("accept-encoding", gzip.name);
  if (request.method === "GET") sent.append("vary", "Accept-Encoding");
  const result = { ...response, header: sent };
  // connect-go sends all errors as uncompressed JSON.
  if (response.status !== 200) return result;
  sent.set("content-type", contentType);
  const isCompressed = compressResponses && gzip !== undefined && accepts(request, gzip);
  // A fault is applied to the bytes that a client reads.
  return isCompressed && !isFaultPlanned(request.contextValues) ? compressed(result, gzip) : result;
}

/** Returns a body that cannot be read. */
function failing(error: ConnectError): AsyncIterable<Uint8Array> {
  return { [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(error) }) };
}

/** Checks whether the client accepts a compression: a header lists it, or the request itself uses it. */
function accepts(request: UniversalServerRequest, { name }: Compression): boolean {
  const accepted = request.header.get("accept-encoding")?.split(/[\s,]+/) ?? [];
  return encodingOf(request) === name || accepted.includes(name);
}

async function compressed(
  { status, header, body }: UniversalServerResponse & { header: Headers },
  gzip: Compression,
): Promise<UniversalServerResponse> {
  const bytes = await gzip.compress(await readAll(body));
  header.set("content-encoding", gzip.name);
  header.set("content-length", `${bytes.byteLength}`);
  return { status, header, body: inOnePiece(bytes) };
}
