import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import { createServer as createHttp2Server, type Http2Server } from "node:http2";
import type { AddressInfo, Server, Socket } from "node:net";

/** A server that listens on a free port. */
export interface Listening extends AsyncDisposable {
  readonly port: number;
  readonly host: string;
  /** Its URL, if it has no TLS. */
  readonly baseUrl: string;
  /** All connections that were opened. */
  readonly sockets: ReadonlySet<Socket>;
}

type Handler = RequestListener & Parameters<typeof createHttp2Server>[1];

/** Creates a server for a version of HTTP, without TLS. */
export function createHttpServer(version: "1.1" | "2", handler: Handler): Server | Http2Server {
  return version === "2" ? createHttp2Server(handler) : createServer(handler);
}

/** Lets a server listen on a free port. Its end destroys its open connections. */
export async function listenLocally(server: Server | Http2Server): Promise<Listening> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    // Tests break connections on purpose.
    socket.on("error", () => {});
  });
  server.on("sessionError", () => {});
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const host = `127.0.0.1:${port}`;
  return {
    port,
    host,
    baseUrl: `http://${host}`,
    sockets,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
