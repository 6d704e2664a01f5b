import { methodPath } from "../../engine/http/fetch.js";
import { type NodeHandler, pathOf, searchOf } from "./node-http.js";

/** An empty part, `.` or `..`. The empty part after the last slash is clean. A test of each call's path costs less than its parts. */
const uncleanPart = /\/(\/|\.\.?(\/|$))/;

/** Redirects a path with empty parts, `.` or `..` to the path without them, as Go does. */
export function withCleanPaths(next: NodeHandler): NodeHandler {
  return (request, response) => {
    const path = pathOf(request);
    if (!path.startsWith("/") || !uncleanPart.test(path)) {
      next(request, response);
      return;
    }
    response.writeHead(307, { location: cleanPath(path) + searchOf(request), "content-length": "0" });
    response.end();
  };
}

/** Shortens each path to its last two parts, which name the service and the method, as `server.fetch` does. */
export function withMethodPath(next: NodeHandler): NodeHandler {
  return (request, response) => {
    request.url = methodPath(pathOf(request)) + searchOf(request);
    next(request, response);
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
