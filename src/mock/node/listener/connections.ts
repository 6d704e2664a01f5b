import type { Socket } from "node:net";
import type { NodeRequest } from "./node-http.js";

/** The open connections of a listener. */
export class Connections {
  readonly #open = new Set<Socket>();

  /** Adds a connection until it closes. */
  add(socket: Socket): void {
    this.#open.add(socket);
    socket.once("close", () => this.#open.delete(socket));
  }

  /**
   * Returns the connection of a request. An HTTP/2 session does not give access to its socket, so the socket is found by its remote
   * address. (If the session were ended instead, calls that share it would wait forever, and with several calls Node's memory would
   * be corrupted.)
   */
  of(request: NodeRequest): Socket | undefined {
    if (!("stream" in request)) return request.socket;
    const { remoteAddress, remotePort } = request.stream.session?.socket ?? {};
    return [...this.#open].find(
      (socket) => socket.remotePort === remotePort && socket.remoteAddress === remoteAddress,
    );
  }

  /** Ends all connections. */
  close(): void {
    for (const socket of this.#open) socket.destroy();
  }
}
