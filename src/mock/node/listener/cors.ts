import { cors } from "@connectrpc/connect";
import type { NodeHandler } from "./node-http.js";

const methods = cors.allowedMethods.join(", ");
const sent = [...cors.allowedHeaders, "Authorization"].join(", ");
const received = [...cors.exposedHeaders, "Retry-After", "X-Request-Id"].join(", ");

/**
 * Allows calls from scripts of every origin, with all headers that they request and with `credentials: "include"`, as a proxy in
 * production does. It is only for the APIs, because their callers need a token.
 */
export function withCors(next: NodeHandler): NodeHandler {
  return (request, response) => {
    const { origin, "access-control-request-headers": asked } = request.headers;
    if (origin === undefined) {
      next(request, response);
      return;
    }
    response.setHeader("Access-Control-Allow-Origin", origin);
    response.setHeader("Vary", "Origin");
    response.setHeader("Access-Control-Allow-Credentials", "true");
    if (request.method !== "OPTIONS") {
      response.setHeader("Access-Control-Expose-Headers", received);
      next(request, response);
      return;
    }
    response.writeHead(204, {
      "Access-Control-Allow-Methods": methods,
      "Access-Control-Allow-Headers": asked === undefined ? sent : `${sent}, ${asked}`,
      "Access-Control-Max-Age": "7200",
    });
    response.end();
  };
}
