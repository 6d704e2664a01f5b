import type { Placeholders } from "../../src/mock/node/verify/placeholders.js";
import type { WireRequest } from "../../src/mock/node/verify/send.js";
import type { Callers } from "./callers.js";
import type { RecordedCall } from "./read-recording.js";

/** The Authorization headers of requests that only their labels describe. */
const authorizations: Readonly<Record<string, (token: string) => string>> = {
  "empty Authorization header": () => "",
  "scheme in lower case": (token) => `bearer ${token}`,
  "two blanks after the scheme": (token) => `Bearer  ${token}`,
  "scheme alone": () => "Bearer",
  "another scheme": (token) => `Basic ${token}`,
  "token without a scheme": (token) => token,
};

/** Builds the request of a recorded call. */
export function toRequest(call: RecordedCall, callers: Callers, placeholders: Placeholders): WireRequest {
  const { as, label, method, request } = call;
  const path = `/mgmt.v1alpha1.${call.service ?? "UserAccountService"}/${method}`;
  const filled = placeholders.fill(soon(request));
  const body = typeof filled === "string" ? filled : JSON.stringify(filled);
  const authorization = authorizationOf(as, label, callers);
  const headers = {
    "content-type": contentTypeOf(label),
    ...(label === "another protocol version" && { "connect-protocol-version": "2" }),
    ...(authorization !== undefined && { authorization }),
  };
  if (!label.startsWith("GET of ") && label !== "by GET") return { method: "POST", path, headers, body };
  const query = new URLSearchParams({
    connect: "v1",
    encoding: "json",
    message: messageOf(call, placeholders),
  });
  return { method: "GET", path: `${path}?${query}`, headers, body: "" };
}

/** Returns the message in the query of a GET. It was not recorded: only the list of API keys needs one, for the account in its response. */
function messageOf({ method }: RecordedCall, placeholders: Placeholders): string {
  return JSON.stringify(method === "GetAccountApiKeys" ? placeholders.fill({ accountId: "<uuid:7>" }) : {});
}

/** Recordings round times to hours, so a minute from now is recorded as now. This replaces now by a time less than a second later. */
function soon(request: RecordedCall["request"]): RecordedCall["request"] {
  return JSON.parse(JSON.stringify(request).replaceAll("<now+0h>", "<now+0.0001h>"));
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
