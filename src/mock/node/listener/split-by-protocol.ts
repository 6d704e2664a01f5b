import type { EventEmitter } from "node:events";
import type { Socket } from "node:net";

/** The first bytes of an HTTP/2 connection without TLS. No HTTP/1.1 method begins with them. */
const preface = Buffer.from("PRI");

/** Passes a connection to the server that `serverFor` returns. The first three bytes of the connection decide. */
export function splitByProtocol(socket: Socket, serverFor: (isHttp2: boolean) => EventEmitter): void {
  let head = Buffer.alloc(0);
  // Errors before a server has the connection do not matter.
  const ignore = () => {};
  socket.on("error", ignore);
  socket.on("data", look);

  function look(chunk: Buffer): void {
    head = Buffer.concat([head, chunk]);
    if (head.length < preface.length && preface.indexOf(head) === 0) return;
    socket.off("data", look);
    socket.off("error", ignore);
    socket.pause();
    socket.unshift(head);
    const isHttp2 = head.subarray(0, preface.length).equals(preface);
    serverFor(isHttp2).emit("connection", socket);
    // The HTTP/2 server reads the waiting bytes by itself.
    if (!isHttp2) process.nextTick(() => socket.resume());
  }
}
