import { createServer, type Socket } from "node:net";
import { listenLocally } from "./listen-locally.js";

/** A request as the server received it. */
interface RawRequest {
  /** The request line and the header lines. */
  readonly head: string;
  readonly body: Buffer;
  /** Resolves when the client closes the connection. */
  readonly closed: Promise<void>;
  header(name: string): string | undefined;
}

/** A server that sends exact bytes. */
export interface RawServer extends AsyncDisposable {
  readonly baseUrl: string;
  readonly requests: RawRequest[];
  /** Connections that are open now. */
  readonly open: number;
}

/** Receives each whole request, and writes any bytes. */
export type Answer = (socket: Socket, request: RawRequest) => void;

/** Starts a server on a free port. `connected` runs for each connection, before any request. */
export async function rawServer(answer: Answer, connected?: (socket: Socket) => void): Promise<RawServer> {
  const requests: RawRequest[] = [];
  const server = createServer((socket) => {
    const closed = new Promise<void>((resolve) => socket.on("close", () => resolve()));
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
  const { baseUrl, sockets, [Symbol.asyncDispose]: close } = await listenLocally(server);
  return {
    baseUrl,
    requests,
    get open() {
      return [...sockets].filter(({ closed }) => !closed).length;
    },
    [Symbol.asyncDispose]: close,
  };
}

/** Creates an answer that sends a whole response with its length, and then closes the connection. */
export function respond(
  status: number | string,
  headers: readonly string[],
  body: string | Uint8Array = "",
): Answer {
  const bytes = Buffer.from(body);
  const lines = [
    `HTTP/1.1 ${status}${typeof status === "number" ? " A reason" : ""}`,
    ...headers,
    `content-length: ${bytes.length}`,
    "connection: close",
  ];
  return (socket) => socket.end(Buffer.concat([Buffer.from(`${lines.join("\r\n")}\r\n\r\n`), bytes]));
}
