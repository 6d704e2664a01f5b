import type { connectNodeAdapter } from "@connectrpc/connect-node";
import { methodPath } from "../../engine/http/fetch.js";

/** A handler of requests of HTTP/1.1 or HTTP/2. */
export type NodeHandler = ReturnType<typeof connectNodeAdapter>;

/**
 * Finds services by the last two parts of the path, as `server.fetch` does. As Go does, it redirects a path with empty parts, `.` or
 * `..` to the path without them.
 */
export function withPrefixes(next: NodeHandler): NodeHandler {
  return (request, response) => {
    const [path = "", query] = (request.url ?? "").split("?", 2);
    const search = query === undefined ? "" : `?${query}`;
    const clean = path.startsWith("/") ? cleanPath(path) : path;
    if (clean === path) {
      request.url = methodPath(path) + search;
      next(request, response);
      return;
    }
    response.writeHead(307, { location: clean + search, "content-length": "0" });
    response.end();
  };
}

function cleanPath(path: string): string {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  const slash = path.endsWith("/") && parts.length > 0 ? "/" : "";
  return `/${parts.join("/")}${slash}`;
}
