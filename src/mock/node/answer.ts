import type { connectNodeAdapter } from "@connectrpc/connect-node";
import { methodPath } from "../engine/fetch.js";

/** What answers a request of HTTP/1.1 or HTTP/2. */
export type Answer = ReturnType<typeof connectNodeAdapter>;

/** Finds services by the last two parts of the path, as `server.fetch` does. */
export function withPrefixes(next: Answer): Answer {
  return (request, response) => {
    const [path = "", query] = (request.url ?? "").split("?", 2);
    request.url = query === undefined ? methodPath(path) : `${methodPath(path)}?${query}`;
    next(request, response);
  };
}
