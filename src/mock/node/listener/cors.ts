import { preflightHeaders, responseHeaders } from "../../engine/http/cors.js";
import type { NodeHandler } from "./node-http.js";

/**
 * Allows calls from scripts of every origin, with all headers that they request and with `credentials: "include"`, as a proxy in
 * production does. It is only for the APIs, because their callers need a token.
 */
export function withCors(next: NodeHandler): NodeHandler {
  return (request, response) => {
    const { origin, "access-control-request-headers": asked } = request.headers;
    if (origin !== undefined && request.method === "OPTIONS") {
      response.writeHead(204, preflightHeaders(origin, asked));
      response.end();
      return;
    }
    const headers = origin === undefined ? {} : responseHeaders(origin);
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    next(request, response);
  };
}
