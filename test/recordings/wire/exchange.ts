import { readFileSync } from "node:fs";

/** An exchange of a recording: a raw HTTP request, and the real server's response. */
export interface Exchange {
  /** A description of the request. */
  readonly probe: string;
  /** The version of HTTP. */
  readonly http: 1 | 2;
  readonly request: RawRequest;
  readonly status: number;
  /** As `Name: value`. */
  readonly headers: readonly string[];
  /** As `Name: value`. */
  readonly trailers: readonly string[];
  /** Uncompressed text, or bytes as `hex:…`. */
  readonly body: string;
}

/** A request to send unchanged. */
export interface RawRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Text, or bytes as `hex:…`, or null. */
  readonly body: string | null;
}

/** A response. The names of its fields are in lower case. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly trailers: Readonly<Record<string, string>>;
  /** Uncompressed. */
  readonly body: Buffer;
  /** The number of bytes of the body as it was sent. */
  readonly sentBytes: number;
}

/** Reads a recording, with `token` as Ada's token. */
export function readRecording(name: string, token: string): Exchange[] {
  const file = new URL(`../${name}.jsonl`, import.meta.url);
  const lines = readFileSync(file, "utf8").trim().split("\n");
  return lines.map((line) => JSON.parse(line.replaceAll("<bearer:ada>", token)));
}

/** Returns the bytes of a recorded body. In a recording, a long one is cut: `xxx… (5000000)` is that many bytes, up to the last `x`. */
export function bytesOf(body: string | null): Buffer {
  if (body === null) return Buffer.alloc(0);
  const [, begin, size] = /^(.*)… \((\d+)\)$/s.exec(body) ?? [];
  if (begin !== undefined) return Buffer.from(begin.padEnd(Number(size), begin.at(-1)));
  return body.startsWith("hex:") ? Buffer.from(body.slice(4), "hex") : Buffer.from(body);
}

/** Converts `Name: value` lines to an object. */
export function fieldsOf(lines: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    lines.map((line) => {
      // An HTTP/2 name may begin with a colon.
      const colon = line.indexOf(":", 1);
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
}
