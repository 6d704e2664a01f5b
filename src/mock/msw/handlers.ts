import { createConnectRouter } from "@connectrpc/connect";
import { type HttpHandler, HttpResponse, http } from "msw";
import type { MockServer } from "../mock-server.js";

/** What the handlers need of a mock server. */
export type HandledServer = Pick<MockServer, "fetch" | "routes">;

/**
 * MSW request handlers that let a mock server answer at a base URL: one for each service, for all of its methods. What
 * is requested from elsewhere, or from a path that is not a method's, is left to MSW's other handlers and to the network.
 *
 * ```ts
 * const server = createMockServer();
 * const msw = setupServer(...handlers(server, "https://vydon.example.com"));
 * msw.listen();
 * ```
 *
 * They work with MSW 2 and 3, with `setupServer` as with `setupWorker`, and the server may be reset or changed between
 * calls. gRPC, and connect-node's HTTP/2, don't pass through MSW: for them there is `tenantry/mock/node`.
 *
 * @param baseUrl - what the client under test is given as its `baseUrl`. In a browser it may be relative to the page.
 * @throws TypeError for a base URL that is none, or a relative one where there is no page.
 */
export function handlers(server: HandledServer, baseUrl: string): HttpHandler[] {
  const { href } = new URL(baseUrl, globalThis.location?.href);
  const base = quote(href.replace(/[?#].*$/, "").replace(/\/+$/, ""));

  const methods = new Map<string, string[]>();
  const router = createConnectRouter();
  server.routes(router);
  for (const { requestPath } of router.handlers) {
    const [, service = "", method = ""] = requestPath.split("/");
    methods.set(service, [...(methods.get(service) ?? []), method]);
  }
  // One for a service, not one for a method: MSW asks each in turn, at every request of the page.
  return [...methods].map(([service, names]) =>
    http.all(new RegExp(`^${base}/${quote(service)}/(?:${names.join("|")})$`), ({ request }) =>
      answer(server, request),
    ),
  );
}

async function answer(server: HandledServer, request: Request): Promise<Response> {
  try {
    return await server.fetch(request);
  } catch (error) {
    // A broken connection. An abort, too: the caller has seen it already, and MSW would report a mistake of the handler.
    if (error instanceof TypeError || request.signal.aborted) return HttpResponse.error();
    throw error;
  }
}

function quote(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}
