import { maxRequestBytes, readAll } from "../../engine/http/bytes.js";
import type { Fetch } from "../../engine/http/fetch.js";
import { endFailed } from "./adapter.js";
import type { Connections } from "./connections.js";
import { isRead, type NodeHandler, pathOf } from "./node-http.js";

/** Handles plain HTTP requests to these paths with a `fetch`. They are not RPCs. */
export function withEndpoints(
  next: NodeHandler,
  paths: readonly string[],
  fetch: Fetch,
  connections: Connections,
): NodeHandler {
  async function respond(...[request, response]: Parameters<NodeHandler>): Promise<void> {
    const body = new Uint8Array(await readAll(request, maxRequestBytes));
    const headers = new Headers();
    for (const [name, value] of Object.entries(request.headers)) {
      if (typeof value === "string" && !name.startsWith(":")) headers.set(name, value);
    }
    const { method = "GET", url = "/" } = request;
    const sent = { method, headers, ...(!isRead(request) && { body }) };
    const received = await fetch(new URL(url, "http://mock.invalid"), sent);
    for (const [name, value] of received.headers) response.setHeader(name, value);
    response.statusCode = received.status;
    response.end(Buffer.from(await received.arrayBuffer()));
  }

  return (request, response) => {
    if (!paths.includes(pathOf(request))) {
      next(request, response);
      return;
    }
    respond(request, response).catch((reason) => endFailed(reason, connections.of(request), response));
  };
}
