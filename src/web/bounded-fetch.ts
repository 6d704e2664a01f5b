import { ApiError } from "../core/errors/api-error.js";
import { UnexpectedResponseError } from "../core/errors/errors.js";
import { isBadCompression } from "../core/errors/network.js";
import { isErrorCode, requestIdIn } from "../core/errors/server-error.js";
import { networkError } from "../core/errors/to-api-error.js";
import { notFromApi } from "../core/errors/unexpected-response.js";
import { FieldError } from "../core/json/field-error.js";
import { isRecord, type Json } from "../core/json/fields.js";
import { parseJson } from "../core/json/parse-json.js";
import { refuseErrors } from "../core/json/refuse-errors.js";
import { fetchWith } from "../core/wire/fetch-with.js";
import { codeByStatus, httpError } from "../core/wire/http-error.js";
import { readBytes } from "../core/wire/read-bytes.js";

type Fetch = typeof globalThis.fetch;

/**
 * Returns a fetch for connect-web with an error for each failure that connect-web cannot distinguish: a network
 * failure, a redirect, a web page instead of gRPC-Web, and a response that is too large. `viaConnect` finds these
 * errors among the causes.
 */
export function boundedFetch(fetch: Fetch | undefined, maxBytes: number): Fetch {
  return async (input, init) => {
    let response: Response | undefined;
    try {
      // connect-web sets `redirect: "error"`, which some runtimes do not have, and which hides the target.
      const request: RequestInit = { ...init, redirect: "manual" };
      response = await fetchWith(input, request, fetch);
      const { status } = response;
      // A browser reports the status 0 for a redirect. A Response that is created here cannot have a status above 599.
      if (status < 200 || (status >= 300 && status < 400) || status > 599) {
        // The time is 0, because this error has no `retry-after`.
        throw httpError(response, "", String(input), 0);
      }
      return toConnectResponse(response, await readBytes(response, maxBytes), new Headers(init?.headers));
    } catch (cause) {
      if (cause instanceof ApiError) throw cause;
      // The status of an error is enough, even if its body is cut.
      if (response && response.status !== 200 && !init?.signal?.aborted) {
        return toConnectResponse(response, new Uint8Array(), new Headers(init?.headers));
      }
      if (isBadCompression(cause)) throw cause;
      throw networkError(cause);
    }
  };
}

function toConnectResponse(response: Response, bytes: Uint8Array<ArrayBuffer>, request: Headers): Response {
  const { status } = response;
  const headers = new Headers(response.headers);
  const type = headers.get("content-type") ?? "";
  const isGrpc = request.get("content-type")?.startsWith("application/grpc-web");
  // connect-web reads the body of each of these statuses, not only of 200.
  if (isGrpc && status < 300 && !type.startsWith("application/grpc") && !headers.has("grpc-status")) {
    throw notFromApi(type ? `of the type ${type}` : "without a type", {});
  }
  let body: BodyInit = bytes;
  if (type.startsWith("application/json")) {
    const json = jsonOf(bytes) ?? {};
    if (status === 200) refuseSuccess(json, requestIdIn(headers));
    const { code, message } = json;
    // connect-web relies on the type, and loses the status if the body is not a Connect error.
    if (status !== 200 && !isErrorCode(code)) {
      if (typeof message !== "string") headers.delete("content-type");
      else body = JSON.stringify({ code: codeByStatus[status] ?? "unknown", message });
    }
  }
  return new Response(status === 204 || status === 205 ? null : body, { status, headers });
}

/** Refuses a proxy's error. connect-web ignores the fields that a message does not have, so it would be an empty success. */
function refuseSuccess(json: Json, requestId: string | undefined): void {
  try {
    refuseErrors(json);
  } catch (reason) {
    if (!(reason instanceof FieldError)) throw reason;
    throw new UnexpectedResponseError(`The response's field ${reason.path} ${reason.message}.`, {
      requestId,
    });
  }
}

function jsonOf(bytes: Uint8Array): Json | undefined {
  const json = parseJson(new TextDecoder().decode(bytes));
  return isRecord(json) ? json : undefined;
}
