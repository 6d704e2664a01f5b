import type { UniversalServerResponse } from "@connectrpc/connect/protocol";
import { inOnePiece, readAll } from "../http/bytes.js";
import type { Clock } from "../time/clock.js";
import type { Era } from "../time/lifetime.js";
import type { FaultEffect } from "./faults.js";
import type { WireFault } from "./wire-faults.js";

/** A wire fault for one response. */
export interface PlannedWireFault extends Pick<FaultEffect, "retryAfter" | "dripMs"> {
  readonly wire: WireFault;
  readonly clock: Pick<Clock, "sleep">;
}

/** The error that `fetch` throws when a connection breaks. */
export class ConnectionLost extends TypeError {
  /** `text` is the message that fetch uses. */
  constructor(text: "fetch failed" | "terminated") {
    const cause = Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET", syscall: "read" });
    super(text, { cause });
  }
}

type Body = NonNullable<UniversalServerResponse["body"]>;

/** Applies a wire fault to a response. @throws ConnectionLost if the fault breaks the connection before the response. */
export async function applyWireFault(
  response: UniversalServerResponse,
  { wire, retryAfter, dripMs = 10_000, clock }: PlannedWireFault,
  signal: AbortSignal,
  era: Era | undefined,
): Promise<UniversalServerResponse> {
  const requestId = response.header?.get("x-request-id") ?? undefined;
  switch (wire) {
    case "html_502":
      return page(502, "Bad Gateway", { retryAfter, requestId });
    case "html_429":
      return page(429, "Too Many Requests", { retryAfter, requestId });
    case "reset":
      throw new ConnectionLost("fetch failed");
    case "lost_response":
      // The response is read although no client receives it, because a handler keeps the timer of its deadline until its
      // response has ended.
      await readAll(response.body);
      throw new ConnectionLost("fetch failed");
    case "wrong_content_type":
      return withHeader(response, "content-type", "text/plain; charset=utf-8");
    case "cut_json": {
      const body = cut(await readAll(response.body), response.header?.get("content-type") ?? "");
      const { header, ...rest } = withHeader(response, "content-length", String(body.byteLength));
      // gRPC sends the length of each message, but not the length of the body.
      if (!response.header?.has("content-length")) header.delete("content-length");
      return { ...rest, header, body: inOnePiece(body) };
    }
    case "cut_body":
      return { ...response, body: breakOff(await readAll(response.body)) };
    case "drip": {
      const bytes = await readAll(response.body);
      const sleep = (ms: number) => {
        // A slow reader must not move the clock after a reset.
        era?.check();
        return clock.sleep(ms, signal);
      };
      return { ...response, body: drip(bytes, sleep, dripMs) };
    }
  }
}

/** What a gateway adds to its page. */
interface PageHeaders {
  readonly retryAfter: string | undefined;
  readonly requestId: string | undefined;
}

function page(
  status: number,
  title: string,
  { retryAfter, requestId }: PageHeaders,
): UniversalServerResponse {
  const html = `<!doctype html>\n<html><head><title>${status} ${title}</title></head><body><h1>${status} ${title}</h1></body></html>\n`;
  const body = new TextEncoder().encode(html);
  const header = new Headers({
    "content-type": "text/html; charset=utf-8",
    "content-length": `${body.byteLength}`,
  });
  if (retryAfter !== undefined) header.set("retry-after", retryAfter);
  if (requestId !== undefined) header.set("x-request-id", requestId);
  return { status, header, body: inOnePiece(body) };
}

function withHeader(response: UniversalServerResponse, name: string, value: string) {
  const header = new Headers(response.header);
  header.set(name, value);
  return { ...response, header };
}

/** Cuts a message so that no decoder accepts it. */
function cut(bytes: Uint8Array, contentType: string): Uint8Array {
  if (contentType.includes("application/grpc")) {
    // The five bytes before a message contain its length. Everything after the first message is left out.
    const length = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const end = bytes.byteLength < 5 ? 0 : 5 + length.getUint32(1);
    return bytes.subarray(0, Math.max(0, end - 1));
  }
  if (contentType.includes("json")) return bytes.subarray(0, Math.ceil(bytes.byteLength / 2));
  // An empty message becomes a tag without a value. Any other message loses part of its last value.
  return bytes.byteLength === 0 ? Uint8Array.of(0x0a) : bytes.subarray(0, -1);
}

async function* breakOff(bytes: Uint8Array): Body {
  yield bytes.subarray(0, Math.floor(bytes.byteLength / 2));
  throw new ConnectionLost("terminated");
}

const pieces = 10;

async function* drip(bytes: Uint8Array, sleep: (ms: number) => Promise<void>, ms: number): Body {
  for (let piece = 0; piece < pieces; piece++) {
    await sleep(ms / pieces);
    const [from, to] = [piece, piece + 1].map((n) => Math.round((n * bytes.byteLength) / pieces));
    const part = bytes.subarray(from, to);
    if (part.byteLength > 0) yield part;
  }
}
