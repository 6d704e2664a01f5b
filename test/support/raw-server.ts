import { createServer, type Socket } from "node:net";

/** One request as it came over the wire. */
interface RawRequest {
  /** The request line and the header lines. */
  readonly head: string;
  readonly body: Buffer;
  /** Resolves when the client closes the connection. */
  readonly closed: Promise<void>;
  header(name: string): string | undefined;
}

/** A server that sends exact bytes: `answer` gets each whole request, and writes any bytes. */
export interface RawServer extends AsyncDisposable {
  readonly baseUrl: string;
  readonly requests: RawRequest[];
  /** Connections that are open now. */
  readonly open: number;
}

export type Answer = (socket: Socket, request: RawRequest) => void;

/** Listens on a free port. With `connected` the connection itself is answered, before any request. */
export async function rawServer(answer: Answer, connected?: (socket: Socket) => void): Promise<RawServer> {
  const requests: RawRequest[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    const closed = new Promise<void>((resolve) => socket.on("close", () => resolve()));
    void closed.then(() => sockets.delete(socket));
    socket.on("error", () => {});
    connected?.(socket);
    let received = Buffer.alloc(0);
    socket.on("data", (chunk) => {
      received = Buffer.concat([received, chunk]);
      const end = received.indexOf("\r\n\r\n");
      if (end < 0) return;
      const head = received.subarray(0, end).toString("latin1");
      const header = (name: string) => new RegExp(`^${name}: (.*)$`, "im").exec(head)?.[1];
      const length = Number(header("content-length") ?? 0);
      if (received.length < end + 4 + length) return;
      const body = received.subarray(end + 4, end + 4 + length);
      received = received.subarray(end + 4 + length);
      const request = { head, body, closed, header };
      requests.push(request);
      answer(socket, request);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    requests,
    get open() {
      return sockets.size;
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A whole response with its length. The connection is closed after it. */
export function respond(
  status: number | string,
  headers: readonly string[],
  body: string | Uint8Array = "",
): Answer {
  const bytes = Buffer.from(body);
  const lines = [
    `HTTP/1.1 ${status}${typeof status === "number" ? " Whatever" : ""}`,
    ...headers,
    `content-length: ${bytes.length}`,
    "connection: close",
  ];
  return (socket) => socket.end(Buffer.concat([Buffer.from(`${lines.join("\r\n")}\r\n\r\n`), bytes]));
}
