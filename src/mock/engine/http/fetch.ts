import type { ConnectRouter } from "@connectrpc/connect";
import { type UniversalServerRequest, universalServerResponseToFetch } from "@connectrpc/connect/protocol";
import { withWireFaults } from "../faults/transport-faults.js";
import type { Lifetime } from "../time/lifetime.js";
import { maxRequestBytes } from "./bytes.js";
import { asConnectGo } from "./connect-go.js";
import { gzip } from "./gzip.js";
import { lazyHandlers } from "./lazy-handlers.js";
import { notFound } from "./plain-responses.js";

/** A function like the platform's `fetch` that responds without the network. */
export type Fetch = (input: Parameters<typeof globalThis.fetch>[0], init?: RequestInit) => Promise<Response>;

/** Responds to a plain HTTP request, which is not an RPC. */
export type Endpoint = (request: Request) => Promise<Response>;

/** Options for {@link createFetch}. */
interface FetchOptions {
  /** Whether it accepts what older SDKs send. */
  readonly lenient: boolean;
  /** The handlers of plain HTTP requests, by the last two parts of the path. */
  readonly endpoints: ReadonlyMap<string, Endpoint>;
  readonly lifetime: Lifetime;
}

/**
 * Returns a `fetch` that calls services in process. It finds them by the last two parts of the path and ignores the origin, so it works
 * with any `baseUrl`.
 */
export function createFetch(
  routes: (router: ConnectRouter) => void,
  { lenient, endpoints, lifetime }: FetchOptions,
): Fetch {
  const handlerOf = createHandlers(routes, lenient, lifetime);

  return async function fetch(input, init) {
    const request = new Request(input, init);
    const path = methodPath(new URL(request.url).pathname);
    const handler = handlerOf(path) ?? endpoints.get(path);
    if (handler === undefined)
      return new Response(notFound.body, { status: notFound.status, headers: notFound.header });
    return race(request.signal, () => handler(request));
  };
}

function createHandlers(routes: (router: ConnectRouter) => void, lenient: boolean, lifetime: Lifetime) {
  // The body of a Response that does not come from the network is not decompressed.
  const options = { lenient, gzip, maxRequestBytes, compressResponses: false };
  return lazyHandlers(
    routes,
    {
      // gRPC needs trailers, and a Response has none.
      grpc: false,
      acceptCompression: gzip === undefined ? [] : [gzip],
      compressMinBytes: Number.MAX_SAFE_INTEGER,
      readMaxBytes: maxRequestBytes,
    },
    (handler) => {
      const handle = withWireFaults(asConnectGo(handler, options), lifetime);
      return async (request: Request) => universalServerResponseToFetch(await handle(fromFetch(request)));
    },
  );
}

/** Converts a request for a handler. Connect's own conversion reads `request.body`, which Firefox does not have. */
function fromFetch(request: Request): UniversalServerRequest {
  return {
    httpVersion: "",
    method: request.method,
    url: request.url,
    // A copy of the global class `Headers`. Under MSW, the request's headers may be of another class, such as Node's in a page of jsdom, and
    // a copy of a copy of them is empty.
    header: new Headers([...request.headers]),
    body: bodyOf(request),
    signal: request.signal,
  };
}

/** Reads the body of a request when it is needed. */
async function* bodyOf(request: Request): AsyncGenerator<Uint8Array> {
  yield new Uint8Array(await request.arrayBuffer());
}

/** Returns the part of a path that names the service and the method. */
export function methodPath(path: string): string {
  return `/${path.split("/").slice(-2).join("/")}`;
}

/** Rejects when the signal aborts, as a real `fetch` does. The handlers ignore the signal. */
function race<T>(signal: AbortSignal, run: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const onAbort = () => reject(signal.reason);
    signal.addEventListener("abort", onAbort, { once: true });
    run()
      .then(resolve, reject)
      .finally(() => signal.removeEventListener("abort", onAbort));
  });
}
