import { createServer as createHttp1 } from "node:http";
import { createServer as createHttp2 } from "node:http2";
import { createServer, type Server } from "node:net";
import type { Connections } from "./connections.js";
import { defaultLimits, type LimitClock, type Limits, limitHttp2, maxHeaderBytes } from "./limits.js";
import type { NodeHandler } from "./node-http.js";
import { splitByProtocol } from "./split-by-protocol.js";
import { realTime } from "./worlds/idle-worlds.js";

/** A server that listens. */
export interface Listener extends AsyncDisposable {
  /** Its base URL, such as `http://127.0.0.1:4010`. */
  readonly url: string;
  /** The open port. If the option is 0, the free port that was found. */
  readonly port: number;
  /** Stops listening, and ends all connections. A second call does nothing. */
  close(): Promise<void>;
}

/** A port to open, and the handler of its requests. */
interface Port {
  readonly port: number;
  readonly host: string;
  readonly handler: NodeHandler;
  /** The set that gets all connections. They end when the port is closed. */
  readonly connections: Connections;
  /** Runs when the port is closed. */
  readonly onClose?: () => void;
  readonly limits?: Limits;
  /** The clock of the limits that are not Node's. Default: real time. */
  readonly clock?: LimitClock;
}

/** Opens a port: HTTP/1.1 and HTTP/2 without TLS. @throws Error that explains the problem with the port or the address. */
export async function openPort({
  port,
  host,
  handler,
  connections,
  onClose,
  limits = defaultLimits,
  clock = realTime,
}: Port): Promise<Listener> {
  const { headersMs, requestMs, idleMs } = limits;
  const http1 = createHttp1(
    {
      headersTimeout: headersMs,
      requestTimeout: requestMs,
      connectionsCheckingInterval: headersMs / 2,
      // Node's own limit is five seconds. A client that waits a little longer would send its next call to a closed connection.
      keepAliveTimeout: idleMs,
      maxHeaderSize: maxHeaderBytes,
    },
    handler,
  );
  // Node checks these limits after this event. This server does not listen itself.
  http1.emit("listening");
  const http2 = createHttp2({ settings: { maxHeaderListSize: maxHeaderBytes } }, handler);
  limitHttp2(http2, limits, clock);

  // Without `noDelay`, the second write of a response would wait 40 ms until the client acknowledges the first.
  const listener = createServer({ noDelay: true }, (socket) => {
    connections.add(socket);
    const stop = clock.setTimeout(() => socket.destroy(), headersMs);
    socket.once("close", stop);
    splitByProtocol(socket, (isHttp2) => {
      stop();
      return isHttp2 ? http2 : http1;
    });
  });
  await open(listener, port, host);

  const close = () =>
    new Promise<void>((resolve) => {
      listener.close(() => resolve());
      http1.close();
      onClose?.();
      connections.close();
    });
  const address = listener.address();
  const bound = typeof address === "object" && address !== null ? address.port : port;
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${bound}`,
    port: bound,
    close,
    [Symbol.asyncDispose]: close,
  };
}

function open(listener: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    listener.once("error", (error) => reject(explain(error, port, host)));
    listener.listen(port, host, resolve);
  });
}

function explain(error: Error & { code?: string }, port: number, host: string): Error {
  const reasons: Record<string, string> = {
    EADDRINUSE: `port ${port} of ${host} is in use: choose another port, or 0 for any free port`,
    EADDRNOTAVAIL: `${host} is not an address of this machine: use 127.0.0.1, or 0.0.0.0 for all addresses`,
    EACCES: `port ${port} cannot be opened by this user: choose a port above 1023`,
    ENOTFOUND: `the host name ${host} was not found`,
  };
  return new Error(`cannot listen: ${reasons[error.code ?? ""] ?? error.message}`, { cause: error });
}
