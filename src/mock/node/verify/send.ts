import { request as httpRequest, type IncomingHttpHeaders } from "node:http";
import type { Json } from "./recording.js";

/** A request as it is sent. */
export interface WireRequest {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A server's answer: the fields of the error, or the response. */
export interface Answer {
  readonly httpStatus: number;
  readonly code: string | null;
  readonly message: string | null;
  readonly details: Json;
  readonly response: Json;
}

/** Sends a request to a listener. It does not use `fetch`, which would change some of the recorded requests. */
export function send(baseUrl: string, { method, path, headers, body }: WireRequest): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(new URL(path, baseUrl), { method, headers }, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("error", reject);
      response.on("end", () => {
        const text = Buffer.concat(parts).toString("utf8");
        resolve(toAnswer(response.statusCode ?? 0, response.headers, text));
      });
    });
    sent.on("error", reject);
    sent.end(method === "GET" ? undefined : body);
  });
}

function toAnswer(httpStatus: number, headers: IncomingHttpHeaders, text: string): Answer {
  const isJson = headers["content-type"]?.startsWith("application/json") ?? false;
  const none = { code: null, message: null, details: null };
  if (!isJson) return { httpStatus, ...none, response: text };
  const body: Json = JSON.parse(text);
  if (httpStatus === 200 || typeof body !== "object" || body === null || Array.isArray(body)) {
    return { httpStatus, ...none, response: body };
  }
  const { code, message, details = null } = body;
  return { httpStatus, code: String(code), message: String(message ?? ""), details, response: null };
}
