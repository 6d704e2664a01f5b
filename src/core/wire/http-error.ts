import type { ApiError } from "../errors/api-error.js";
import { readDetails } from "../errors/details.js";
import type { ErrorCode } from "../errors/error-code.js";
import { UnexpectedResponseError } from "../errors/errors.js";
import { isErrorCode, requestIdIn, serverError } from "../errors/server-error.js";
import { notFromApi } from "../errors/unexpected-response.js";
import { isRecord, type Json } from "../json/fields.js";
import { parseJson } from "../json/parse-json.js";
import { toUrl } from "./base-url.js";

/**
 * The codes of HTTP statuses for a response without Connect's JSON, for example from a proxy. They are the codes of the
 * Connect protocol, except for 429: Connect's `unavailable` would not mean that the server did not act.
 */
export const codeByStatus: Readonly<Record<number, ErrorCode>> = {
  401: "unauthenticated",
  403: "permission_denied",
  404: "unimplemented",
  429: "resource_exhausted",
  502: "unavailable",
  503: "unavailable",
  504: "unavailable",
};

/**
 * Returns the error for a response whose status is not 200: from Connect's JSON if the body contains it, otherwise from
 * the status.
 */
export function httpError(
  response: Pick<Response, "status" | "headers">,
  body: string,
  url: string,
  now: number,
): ApiError {
  const { status, headers } = response;
  const json = isJson(headers) && parseJson(body);
  const { code, message, details }: Json = isRecord(json) ? json : {};
  const isConnect = isErrorCode(code);
  const known = isConnect ? code : codeByStatus[status];
  const text = typeof message === "string" ? message : isConnect ? "" : `HTTP ${status}`;
  // A redirect is not followed, because it would get the token. A browser reports the status 0 for it.
  const isRedirect = status === 0 || (status >= 300 && status < 400);
  if (isRedirect || (!known && text !== message)) {
    // The code that the Connect protocol has for these statuses.
    const context = {
      requestId: requestIdIn(headers),
      code: status === 400 ? "internal" : "unknown",
    } as const;
    const target = isRedirect && redirectOrigin(headers, url);
    if (target) {
      const advice = `The response is a redirect to ${target}. If that is your API, set \`baseUrl\` to it.`;
      return new UnexpectedResponseError(advice, context);
    }
    return notFromApi(isRedirect ? "a redirect" : `an HTTP ${status}`, context);
  }
  return serverError(
    { code: known ?? "unknown", message: text, details: readDetails(details), headers },
    now,
  );
}

/** Checks whether a body is JSON, by its content type. Some gateways send that twice. */
export function isJson(headers: Headers): boolean {
  return /^application\/json\s*([;,]|$)/i.test(headers.get("content-type") ?? "");
}

/** Returns the target of a redirect: only its origin, because the rest may contain secrets. Undefined if it is unknown. */
function redirectOrigin(headers: Headers, url: string): string | undefined {
  const location = headers.get("location");
  return location ? toUrl(location, url)?.origin : undefined;
}
