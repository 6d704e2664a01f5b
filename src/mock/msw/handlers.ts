import { createConnectRouter } from "@connectrpc/connect";
import { type HttpHandler, HttpResponse, http } from "msw";
import { preflightHeaders, responseHeaders } from "../engine/http/cors.js";
import { parseUrl } from "../engine/parse-url.js";
import { show } from "../engine/show.js";
import type { MockServer } from "../mock-server.js";
import { escapeRegExp } from "./escape-regexp.js";

/**
 * Returns MSW request handlers that serve a mock server at a base URL: one for each service, for all of its methods. All other requests go to
 * MSW's other handlers and to the network.
 *
 * ```ts
 * const server = createMockServer();
 * const msw = setupServer(...handlers(server, "https://vydon.example.com"));
 * msw.listen();
 * ```
 *
 * They work with MSW 2 and 3, with `setupServer` and `setupWorker`, and the server may be reset or changed between
 * calls. gRPC and connect-node's HTTP/2 do not pass through MSW: use `tenantry/mock/node` for them.
 *
 * @param baseUrl - the `baseUrl` of the client under test. On a page, it may be relative, as that of a raw Connect
 * client. The clients of this package need an absolute one.
 * @throws TypeError if `server` is not a server, if the base URL is not valid, or if it is relative and there is no page.
 */
export function handlers(server: Pick<MockServer, "fetch" | "routes">, baseUrl: string): HttpHandler[] {
  if (typeof server?.routes !== "function") {
    throw new TypeError(`server is ${show(server)}: give the server that createMockServer() returns`);
  }
  const page = globalThis.location?.href;
  const url = parseUrl(baseUrl, page);
  if (!url?.protocol.startsWith("http")) {
    throw new TypeError(
      `baseUrl is "${baseUrl}": give a URL such as "https://vydon.example.com"${page === undefined ? ". A relative one needs a page" : ""}`,
    );
  }
  const base = escapeRegExp(url.href.replace(/[?#].*$/, "").replace(/\/+$/, ""));

  const methods = new Map<string, string[]>();
  const router = createConnectRouter();
  server.routes(router);
  for (const { requestPath } of router.handlers) {
    const [, service = "", method = ""] = requestPath.split("/");
    methods.set(service, [...(methods.get(service) ?? []), method]);
  }
  // There is one handler for each service, not for each method, because MSW tries all handlers at every request of the
  // page.
  return [...methods].map(([service, names]) =>
    http.all(new RegExp(`^${base}/${escapeRegExp(service)}/(?:${names.join("|")})$`), ({ request }) =>
      respond(server, request),
    ),
  );
}

/** Responds to a call, also of a script of another origin: with MSW 3, happy-dom and jsdom check CORS themselves. */
async function respond(server: Pick<MockServer, "fetch">, request: Request): Promise<Response> {
  const origin = request.headers.get("origin");
  if (request.method === "OPTIONS") {
    const asked = request.headers.get("access-control-request-headers");
    // The requests of happy-dom's page lose their origin in MSW.
    return new HttpResponse(null, { status: 204, headers: preflightHeaders(origin ?? "*", asked) });
  }
  const response = await call(server, request);
  if (origin !== null && response.type !== "error") {
    for (const [name, value] of Object.entries(responseHeaders(origin))) response.headers.append(name, value);
  }
  return response;
}

async function call(server: Pick<MockServer, "fetch">, request: Request): Promise<Response> {
  try {
    return await server.fetch(request);
  } catch (error) {
    // The connection was broken or the request was aborted. Otherwise, MSW would report an error of the handler.
    if (error instanceof TypeError || request.signal.aborted) return HttpResponse.error();
    throw error;
  }
}
