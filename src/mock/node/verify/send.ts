import { isJson } from "../../engine/http/content-types.js";
import { forward } from "../recorder/forward.js";
import { isObject, type Json, noError, type RecordedCall } from "./recording.js";

/** A request as it is sent. */
export interface WireRequest {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A server's response: the fields of the error, or the response. */
export type Received = Pick<RecordedCall, "httpStatus" | "code" | "message" | "details" | "response">;

/** Sends a request to a listener. It does not use `fetch`, which would change some of the recorded requests. */
export async function send(baseUrl: string, request: WireRequest): Promise<Received> {
  const { status, headers, body } = await forward({ url: new URL(baseUrl), basePath: "" }, request);
  return toReceived(status, headers["content-type"] ?? "", body.toString("utf8"));
}

function toReceived(httpStatus: number, type: string, text: string): Received {
  if (!isJson(type)) return { httpStatus, ...noError, response: text };
  const body: Json = JSON.parse(text);
  if (httpStatus === 200 || !isObject(body)) return { httpStatus, ...noError, response: body };
  const { code, message, details = null } = body;
  return { httpStatus, code: String(code), message: String(message ?? ""), details, response: null };
}
