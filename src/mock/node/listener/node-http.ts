import type { IncomingMessage } from "node:http";
import type { Http2ServerRequest } from "node:http2";
import type { connectNodeAdapter } from "@connectrpc/connect-node";

/** A request of HTTP/1.1 or HTTP/2. */
export type NodeRequest = IncomingMessage | Http2ServerRequest;

/** A handler of requests of HTTP/1.1 or HTTP/2. */
export type NodeHandler = ReturnType<typeof connectNodeAdapter>;

/** A response of HTTP/1.1 or HTTP/2. */
export type NodeResponse = Parameters<NodeHandler>[1];

/** Checks whether a request only reads: its method is GET or HEAD. */
export function isRead({ method }: NodeRequest): boolean {
  return method === "GET" || method === "HEAD";
}

/** Returns the host and the port that a request names. Empty if it names none. */
export function authorityOf({ headers }: NodeRequest): string {
  return headers[":authority"]?.toString() ?? headers.host ?? "";
}

/** Returns the path of a request, without its query. */
export function pathOf({ url = "" }: NodeRequest): string {
  const index = url.indexOf("?");
  return index < 0 ? url : url.slice(0, index);
}

/** Returns the query of a request, with its question mark. Empty if there is none. */
export function searchOf({ url = "" }: NodeRequest): string {
  const index = url.indexOf("?");
  return index < 0 ? "" : url.slice(index);
}

/** Returns the world that a path names, and the path below it. */
export function splitWorld(path: string): { readonly world: string | undefined; readonly rest: string } {
  // A fast path: few requests name a world, and this runs several times for each.
  if (!path.startsWith("/w/")) return { world: undefined, rest: path };
  const [, world, rest = ""] = /^\/w\/([^/]+)(\/.*)?$/.exec(path) ?? [];
  return world === undefined ? { world, rest: path } : { world, rest: rest || "/" };
}
