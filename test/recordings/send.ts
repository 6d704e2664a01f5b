import { request as httpRequest, type IncomingHttpHeaders } from "node:http";
import type { Callers } from "./callers.js";
import type { Placeholders } from "./placeholders.js";
import type { Json, RecordedCall } from "./read-recording.js";

/** A request as it goes over the wire. */
export interface WireRequest {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What came back: the error's fields, or the answer. */
export interface Answer {
  readonly httpStatus: number;
  readonly code: string | null;
  readonly message: string | null;
  readonly details: Json;
  readonly response: Json;
}

/** What the label of a line says of its request, where the line itself does not. */
const authorizations: Readonly<Record<string, (token: string) => string>> = {
  "empty Authorization header": () => "",
  "scheme in lower case": (token) => `bearer ${token}`,
  "two blanks after the scheme": (token) => `Bearer  ${token}`,
  "scheme alone": () => "Bearer",
  "another scheme": (token) => `Basic ${token}`,
  "token without a scheme": (token) => token,
};

/** The request of a recorded call. */
export function toRequest(call: RecordedCall, callers: Callers, placeholders: Placeholders): WireRequest {
  const { as, label, method, request } = call;
  const path = `/mgmt.v1alpha1.${call.service ?? "UserAccountService"}/${method}`;
  const filled = placeholders.fill(request);
  const body = typeof filled === "string" ? filled : JSON.stringify(filled);
  const authorization = authorizationOf(as, label, callers);
  const headers = {
    "content-type": contentTypeOf(label),
    ...(label === "another protocol version" && { "connect-protocol-version": "2" }),
    ...(authorization !== undefined && { authorization }),
  };
  if (!label.startsWith("GET of ") && label !== "by GET") return { method: "POST", path, headers, body };
  return { method: "GET", path: `${path}?connect=v1&encoding=json&message=%7B%7D`, headers, body: "" };
}

/** Sends a request to a listener. `fetch` would not send all of them as they are. */
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

function authorizationOf(as: string | null, label: string, callers: Callers): string | undefined {
  if (as?.startsWith("Bearer ")) return as;
  if (label === "lower case scheme" && as !== null) return `bearer ${callers.token(as)}`;
  if (label === "the key in capitals") return `Bearer ${callers.token("key").toUpperCase()}`;
  if (as !== null) return `Bearer ${callers.token(as)}`;
  return authorizations[label]?.(callers.token("ada"));
}

function contentTypeOf(label: string): string {
  if (label === "another content type") return "text/plain";
  return label === "JSON with a charset" ? "application/json; charset=utf-8" : "application/json";
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
