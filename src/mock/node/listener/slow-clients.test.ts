import { once } from "node:events";
import { connect as connectHttp2 } from "node:http2";
import { connect } from "node:net";
import { describe, expect, it } from "vitest";
import { until } from "../../../../test/support/until.js";
import { createMockServer } from "../../server.js";
import { Connections } from "./connections.js";
import { defaultLimits, type Limits } from "./limits.js";
import type { NodeHandler } from "./node-http.js";
import { openPort } from "./open-port.js";

/** A handler that reads the body, and responds with it. */
const echo: NodeHandler = async (request, response) => {
  try {
    response.end(Buffer.concat(await request.toArray()));
  } catch {
    // The client was too slow.
  }
};

/** Opens a port whose limits are measured by a clock that stands still. Node's own limits are in real time. */
async function open(handler = echo, limits: Partial<Limits> = {}) {
  const { clock } = createMockServer();
  const listener = await openPort({
    port: 0,
    host: "127.0.0.1",
    handler,
    connections: new Connections(),
    limits: { ...defaultLimits, ...limits },
    clock,
  });
  return { clock, listener, [Symbol.asyncDispose]: () => listener.close() };
}

describe("a listener", () => {
  it.each([
    ["headers", "POST / HTTP/1.1\r\nHost: x\r\n"],
    ["body", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc"],
  ])("ends the connection of a client that does not send all of its %s", async (_name, text) => {
    await using it = await open(echo, { headersMs: 20, requestMs: 20 });
    const socket = connect(it.listener.port, "127.0.0.1").resume();
    socket.write(text);
    await once(socket, "close");
  });

  it("ends the connection of a client that sends nothing", async () => {
    await using it = await open();
    const socket = connect(it.listener.port, "127.0.0.1").resume();
    await once(socket, "connect");
    const other = await fetch(it.listener.url, { method: "POST", body: "abc" });
    expect(await other.text()).toBe("abc");
    it.clock.advance(defaultLimits.headersMs);
    await once(socket, "close");
  });

  it("ends an HTTP/2 call whose request does not end, and serves the others of its connection", async () => {
    await using it = await open();
    const session = connectHttp2(it.listener.url);
    const slow = session.request({ ":method": "POST" });
    slow.write("abc");
    const ended = once(slow, "close");
    const before = session.request({ ":method": "POST" }).end("abc");
    expect(`${Buffer.concat(await before.toArray())}`).toBe("abc");
    it.clock.advance(defaultLimits.requestMs);
    await ended;
    const after = session.request({ ":method": "POST" }).end("abc");
    expect(`${Buffer.concat(await after.toArray())}`).toBe("abc");
    session.close();
  });

  it("ends an HTTP/2 connection that has no calls for a while", async () => {
    await using it = await open();
    const session = connectHttp2(it.listener.url);
    for (let call = 0; call < 3; call++) {
      const stream = session.request({ ":method": "POST" }).end("abc");
      expect(`${Buffer.concat(await stream.toArray())}`).toBe("abc");
      it.clock.advance(defaultLimits.idleMs - 1);
    }
    // The server may see later than the client that the last call has ended.
    await until(() => {
      it.clock.advance(defaultLimits.idleMs);
      return session.closed;
    });
  });

  it.each(["1.1", "2"])("waits for a slow response over HTTP/%s", async (version) => {
    let respond = () => {};
    let received = () => {};
    const isReceived = new Promise<void>((resolve) => {
      received = resolve;
    });
    const slow: NodeHandler = async (request, response) => {
      await request.toArray();
      respond = () => response.end("late");
      received();
    };
    await using it = await open(slow, { headersMs: 20, requestMs: 20 });
    const stream =
      version === "2"
        ? connectHttp2(it.listener.url).request({ ":method": "POST" }).end("abc")
        : connect(it.listener.port, "127.0.0.1");
    if (version !== "2")
      stream.write("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nConnection: close\r\n\r\nabc");
    await isReceived;
    it.clock.advance("1d");
    // By then, Node has checked its limits more than once.
    const other = connect(it.listener.port, "127.0.0.1").resume();
    other.write("POST / HTTP/1.1\r\n");
    await once(other, "close");
    respond();
    expect(`${Buffer.concat(await stream.toArray())}`).toMatch(/late$/);
  });
});
