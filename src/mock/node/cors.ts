import { cors } from "@connectrpc/connect";
import type { Answer } from "./answer.js";

const methods = cors.allowedMethods.join(", ");
const sent = [...cors.allowedHeaders, "Authorization"].join(", ");
const received = [...cors.exposedHeaders, "Retry-After"].join(", ");

/** Lets scripts of every origin call, with whatever headers they ask for: a mock has no secrets. */
export function withCors(next: Answer): Answer {
  return (request, response) => {
    const { origin, "access-control-request-headers": asked } = request.headers;
    if (origin === undefined) {
      next(request, response);
      return;
    }
    response.setHeader("Access-Control-Allow-Origin", origin);
    response.setHeader("Vary", "Origin");
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
