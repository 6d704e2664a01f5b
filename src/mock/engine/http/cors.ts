import { cors } from "@connectrpc/connect";

const methods = cors.allowedMethods.join(", ");
const sent = [...cors.allowedHeaders, "Authorization"].join(", ");
const received = [...cors.exposedHeaders, "Retry-After", "X-Request-Id"].join(", ");

/** Returns the headers of a response that a script of another origin may read, also with `credentials: "include"`. */
export function responseHeaders(origin: string): Record<string, string> {
  return { ...shared(origin), "Access-Control-Expose-Headers": received };
}

/**
 * Returns the headers of the response to a preflight. It allows all headers that the call will have, as a proxy in production does.
 *
 * @param asked - the header `Access-Control-Request-Headers`.
 */
export function preflightHeaders(origin: string, asked: string | null | undefined): Record<string, string> {
  return {
    ...shared(origin),
    "Access-Control-Allow-Methods": methods,
    "Access-Control-Allow-Headers": asked ? `${sent}, ${asked}` : sent,
    "Access-Control-Max-Age": "7200",
  };
}

function shared(origin: string) {
  return {
    "Access-Control-Allow-Origin": origin,
    "Access-Control-Allow-Credentials": "true",
    Vary: "Origin",
  };
}
