import { isJson } from "../../engine/http/content-types.js";
import { messageOf } from "../../engine/message-of.js";
import { forward } from "../recorder/forward.js";
import { isObject, noError, parseJson, type RecordedCall } from "../recording/recorded-call.js";

/** A request as it is sent. */
export interface WireRequest {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A server's response: the fields of the error, or the response. */
export type Received = Pick<RecordedCall, "httpStatus" | "code" | "message" | "details" | "response">;

/**
 * Sends a request to a listener. It does not use `fetch`, which would change some of the recorded requests. If a fault breaks the connection,
 * the code is "no response".
 */
export async function send(baseUrl: string, request: WireRequest): Promise<Received> {
  try {
    const { status, headers, body } = await forward({ url: new URL(baseUrl), basePath: "" }, request);
    return toReceived(status, headers["content-type"] ?? "", body.toString("utf8"));
  } catch (error) {
    return { httpStatus: 0, code: "no response", message: messageOf(error), details: null, response: null };
  }
}

function toReceived(httpStatus: number, type: string, text: string): Received {
  if (!isJson(type)) return { httpStatus, ...noError, response: text };
  // A fault can cut the JSON.
  const body = parseJson(text) ?? text;
  if (httpStatus === 200 || !isObject(body)) return { httpStatus, ...noError, response: body };
  const { code, message, details = null } = body;
  return { httpStatus, code: String(code), message: String(message ?? ""), details, response: null };
}
