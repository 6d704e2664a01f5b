import { once } from "node:events";
import { connect as connectHttp2 } from "node:http2";
import { connect } from "node:net";
import { gunzipSync } from "node:zlib";
import type { Fetch } from "tenantry/mock";
import { type Answer, bytesOf, fieldsOf, type RawRequest } from "./exchange.js";

/** Sends the bytes of a request over HTTP/1.1. No client adds or changes a header. */
export async function sendHttp1(port: number, request: RawRequest): Promise<Answer> {
  const body = bytesOf(request.body);
  const lines = [
    `${request.method} ${request.path} HTTP/1.1`,
    `Host: 127.0.0.1:${port}`,
    "Connection: close",
  ];
  for (const [name, value] of Object.entries(request.headers)) lines.push(`${name}: ${value}`);
  if (request.body !== null) lines.push(`Content-Length: ${body.byteLength}`);
  const socket = connect(port, "127.0.0.1");
  socket.write(`${lines.join("\r\n")}\r\n\r\n`);
  socket.write(body);
  const parts: Buffer[] = [];
  for await (const part of socket) parts.push(part);
  return readHttp1(Buffer.concat(parts), request.method === "HEAD");
}

function readHttp1(bytes: Buffer, isHead: boolean): Answer {
  const end = bytes.indexOf("\r\n\r\n");
  const [statusLine = "", ...lines] = bytes.subarray(0, end).toString("latin1").split("\r\n");
  const headers = fieldsOf(lines);
  const raw = isHead ? Buffer.alloc(0) : bytes.subarray(end + 4);
  const isChunked = headers["transfer-encoding"] === "chunked";
  const { body, trailers } = isChunked ? readChunks(raw) : { body: raw, trailers: {} };
  return {
    status: Number(statusLine.split(" ")[1]),
    headers,
    trailers,
    body: headers["content-encoding"] === "gzip" ? gunzipSync(body) : body,
    sentBytes: body.byteLength,
  };
}

function readChunks(bytes: Buffer): Pick<Answer, "body" | "trailers"> {
  const chunks: Buffer[] = [];
  for (let at = 0; ; ) {
    const line = bytes.indexOf("\r\n", at);
    const size = Number.parseInt(bytes.subarray(at, line).toString(), 16);
    at = line + 2;
    if (size === 0) {
      const lines = bytes.subarray(at).toString("latin1").split("\r\n");
      return { body: Buffer.concat(chunks), trailers: fieldsOf(lines.filter((each) => each !== "")) };
    }
    chunks.push(bytes.subarray(at, at + size));
    at += size + 2;
  }
}

/** Sends a request over HTTP/2. */
export async function sendHttp2(port: number, { method, path, headers, body }: RawRequest): Promise<Answer> {
  const session = connectHttp2(`http://127.0.0.1:${port}`);
  const stream = session.request({ ":method": method, ":path": path, ...headers });
  let trailers: object = {};
  stream.on("trailers", (fields) => {
    trailers = fields;
  });
  stream.end(bytesOf(body));
  const [fields] = await once(stream, "response");
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part);
  session.destroy();
  const all = Buffer.concat(parts);
  return {
    status: fields[":status"],
    headers: texts(fields),
    trailers: texts(trailers),
    body: all,
    sentBytes: all.byteLength,
  };
}

function texts(fields: object): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, String(value)]));
}

/** Sends a request with `server.fetch`. */
export async function sendInProcess(
  fetch: Fetch,
  { method, path, headers, body }: RawRequest,
): Promise<Answer> {
  const response = await fetch(`https://vydon.mock${path}`, {
    method,
    headers,
    body: body === null ? null : new Uint8Array(bytesOf(body)),
  });
  const bytes = Buffer.from(await response.arrayBuffer());
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    trailers: {},
    body: bytes,
    sentBytes: bytes.byteLength,
  };
}
