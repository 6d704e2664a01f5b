import { base64Decode } from "@bufbuild/protobuf/wire";
import { Code, ConnectError } from "@connectrpc/connect";
import { codeName } from "./code-name.js";

const codes = Array.from({ length: 16 }, (_, index): Code => index + 1);

/**
 * The error that a response with another status than 200 means: Connect's JSON
 * where it is that, else what the status says. `metadata` are its headers and
 * trailers. Undefined for an answer that is no error of the protocol.
 */
export function wireError(status: number, metadata: Headers, body: Uint8Array): ConnectError | undefined {
  const statusCode = codeOfStatus(status);
  const json = /^application\/json\b/i.test(metadata.get("content-type") ?? "") ? parse(body) : undefined;
  if (!isRecord(json) && !statusCode) return undefined;
  const {
    code: name,
    message,
    details,
  }: Record<string, unknown> = isRecord(json) ? json : { message: `HTTP ${status}` };
  const code = codes.find((candidate) => codeName(candidate) === name) ?? statusCode ?? Code.Unknown;
  const error = new ConnectError(typeof message === "string" ? message : "", code, metadata);
  error.isWireError = true;
  for (const detail of Array.isArray(details) ? details : []) {
    // A detail that can't be read is left out: the error itself must not be lost with it.
    if (!isRecord(detail) || typeof detail["type"] !== "string" || typeof detail["value"] !== "string")
      continue;
    try {
      error.details.push({ type: detail["type"], value: base64Decode(detail["value"]) });
    } catch {}
  }
  return error;
}

/**
 * What a status means without Connect's JSON: of a proxy, say. As Connect has it, but for 429: taken for an outage, it
 * would not tell that the server has not acted.
 */
function codeOfStatus(status: number): Code | undefined {
  switch (status) {
    case 401:
      return Code.Unauthenticated;
    case 403:
      return Code.PermissionDenied;
    case 404:
      return Code.Unimplemented;
    case 429:
      return Code.ResourceExhausted;
    case 502:
    case 503:
    case 504:
      return Code.Unavailable;
    default:
      return undefined;
  }
}

function parse(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
