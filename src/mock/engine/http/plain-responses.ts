import type { UniversalServerResponse } from "@connectrpc/connect/protocol";

/** The response of a Go server to a request for an unknown path. */
export const notFound = {
  status: 404,
  header: {
    "content-type": "text/plain; charset=utf-8",
    "x-content-type-options": "nosniff",
    "content-length": "19",
  },
  body: "404 page not found\n",
} as const;

/** Returns the response to a request whose HTTP method the RPC does not allow. */
export function methodNotAllowed(method: string, allowed: readonly string[]) {
  const header = new Headers({ allow: [...allowed].sort().join(", ") });
  // Go sends no length if there can be no body.
  if (method !== "HEAD") header.set("content-length", "0");
  return { status: 405, header };
}

/** Returns the response to a request whose content type the RPC does not accept. */
export function unsupportedMediaType(accepted: readonly string[]): UniversalServerResponse {
  return { status: 415, header: new Headers({ "accept-post": accepted.join(", "), "content-length": "0" }) };
}
