import { type ConnectRouter, createConnectRouter } from "@connectrpc/connect";
import { createFetchHandler } from "@connectrpc/connect/protocol";
import { fetchDoor } from "./doors.js";
import { gzip } from "./gzip.js";
import { withMessage } from "./lenient.js";
import { through } from "./passage.js";

/** Answers a request as a server would: the platform's `fetch`, without the network. */
export type Fetch = (input: RequestInfo | URL, init?: RequestInit) => Promise<Response>;

/**
 * A `fetch` that leads to services. They are found by the last two parts of the path, whatever the origin and what comes
 * before, so that it takes the place of any `baseUrl`. A lenient one takes what older SDKs send.
 */
export function createFetch(
  routes: (router: ConnectRouter) => void,
  { lenient = false }: { lenient?: boolean } = {},
): Fetch {
  const router = createConnectRouter({
    // A Response has no trailers, and gRPC can't do without.
    grpc: false,
    acceptCompression: gzip,
    // Nobody decompresses the body of a Response that didn't come by the network.
    compressMinBytes: Number.MAX_SAFE_INTEGER,
  });
  routes(router);
  const handlers = new Map(
    router.handlers.map((handler) => [handler.requestPath, createFetchHandler(through(fetchDoor, handler))]),
  );

  return async function fetch(input, init) {
    const sent = new Request(input, init);
    const request = lenient ? withMessage(sent) : sent;
    const handler = handlers.get(methodPath(new URL(request.url).pathname));
    if (handler === undefined) return new Response(null, { status: 404 });
    return race(request.signal, () => handler(request));
  };
}

/** The part of a path that names the service and the method. */
export function methodPath(path: string): string {
  return `/${path.split("/").slice(-2).join("/")}`;
}

/** Ends with the signal, as a real `fetch` does; the handlers wait for nobody's signal. */
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
