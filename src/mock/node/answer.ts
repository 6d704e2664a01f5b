import type { connectNodeAdapter } from "@connectrpc/connect-node";
import { methodPath } from "../engine/fetch.js";

/** A handler of requests of HTTP/1.1 or HTTP/2. */
export type Answer = ReturnType<typeof connectNodeAdapter>;

/**
 * Finds services by the last two parts of the path, as `server.fetch` does. A path with empty parts is redirected to the path
 * without them, as Go does.
 */
export function withPrefixes(next: Answer): Answer {
  return (request, response) => {
    const [path = "", query] = (request.url ?? "").split("?", 2);
    const search = query === undefined ? "" : `?${query}`;
    if (path.includes("//")) {
      response.writeHead(307, { location: path.replace(/\/{2,}/g, "/") + search, "content-length": "0" });
      response.end();
      return;
    }
    request.url = methodPath(path) + search;
    next(request, response);
  };
}
