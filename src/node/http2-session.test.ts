import { once } from "node:events";
import { constants, createServer } from "node:http2";
import { createServer as createTcpServer } from "node:net";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { listening } from "../../test/node/support/until-test-ends.js";
import { until } from "../../test/support/until.js";
import { Http2Session } from "./http2-session.js";

/** Opens a session to a server that never closes a connection, and whose frames the test writes. */
async function openToPassiveServer(idleMs = 60_000) {
  const server = createTcpServer({ allowHalfOpen: true }, (socket) => socket.resume().write(frame(4)));
  const { baseUrl, sockets } = await listening(server);
  const onEnd = vi.fn();
  const onClose = vi.fn();
  const options = { tls: undefined, pingIntervalMs: undefined, idleMs };
  const session = new Http2Session(baseUrl, options, { onEnd, onClose, onSilence() {} });
  await session.opened;
  const [socket] = sockets;
  if (!socket) throw new Error("the session has no connection");
  const isClosed = () => {
    // A PING. It fails only if the client has closed both directions of the connection.
    socket.write(frame(6, 0, 0, 0, 0, 0, 0, 0, 0));
    return socket.destroyed && onClose.mock.calls.length === 1;
  };
  return { session, socket, onEnd, isClosed };
}

/** Creates a frame of HTTP/2 for the whole connection. */
function frame(type: number, ...payload: number[]): Buffer {
  return Buffer.from([0, 0, payload.length, type, 0, 0, 0, 0, 0, ...payload]);
}

/** GOAWAY with the last stream 1, and without an error. */
const goaway = frame(7, 0, 0, 0, 1, 0, 0, 0, 0);

/** Begins to open a session to a server that sends no response. Counts how often the session was silent. */
async function openSilent(pingIntervalMs?: number) {
  const { baseUrl } = await listening(createServer());
  let silences = 0;
  const session = new Http2Session(
    baseUrl,
    { tls: undefined, pingIntervalMs, idleMs: 60_000 },
    { onEnd() {}, onClose() {}, onSilence: () => silences++ },
  );
  onTestFinished(() => session.destroy("the test ends"));
  return { session, silences: () => silences };
}

/** Lets the test move the timers of the session, until the test ends. */
function holdTimers(): void {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval"] });
  onTestFinished(() => void vi.useRealTimers());
}

describe("a session", () => {
  it("is closed after its last call if the server has sent GOAWAY, even if the server does not close it", async () => {
    const { session, socket, onEnd, isClosed } = await openToPassiveServer();
    const stream = session.request({ ":method": "POST", ":path": "/" });
    socket.write(goaway);
    await until(() => onEnd.mock.calls.length > 0);
    stream.close(constants.NGHTTP2_CANCEL);
    await until(isClosed);
  });

  it("is closed if the server sends GOAWAY after its last call, even if the server does not close it", async () => {
    const { session, socket, isClosed } = await openToPassiveServer();
    const stream = session.request({ ":method": "POST", ":path": "/" });
    stream.close(constants.NGHTTP2_CANCEL);
    await once(stream, "close");
    socket.write(goaway);
    await until(isClosed);
  });

  it("is closed if it is never used, even if the server does not close it", async () => {
    holdTimers();
    const { isClosed } = await openToPassiveServer(5_000);
    vi.advanceTimersByTime(5_000);
    await until(isClosed);
  });

  it("is not closed while a call waits, even if it was not used for long before", async () => {
    holdTimers();
    const { session, onEnd } = await openToPassiveServer(5_000);
    vi.advanceTimersByTime(4_000);
    const stream = session.request({ ":method": "POST", ":path": "/" });
    vi.advanceTimersByTime(60_000);
    expect(session.isUsable).toBe(true);
    expect(onEnd).not.toHaveBeenCalled();
    stream.close();
    await once(stream, "close");
  });

  it("leaves no timer if the server closes it", async () => {
    holdTimers();
    const { socket, isClosed } = await openToPassiveServer();
    socket.destroy();
    await until(isClosed);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("is pinged again and again while calls wait, also after a time without calls", async () => {
    const { session, silences } = await openSilent(5);
    await session.opened;
    for (let calls = 0; calls < 3; calls++) {
      const stream = session.request({ ":method": "POST", ":path": "/" });
      const before = silences();
      await until(() => silences() >= before + 3);
      stream.close();
      await once(stream, "close");
    }
  });

  it("is not pinged while no call waits", async () => {
    const [idle, busy] = [await openSilent(5), await openSilent(5)];
    await Promise.all([idle.session.opened, busy.session.opened]);
    const stream = busy.session.request({ ":method": "POST", ":path": "/" });
    await until(() => busy.silences() >= 3);
    expect(idle.silences()).toBe(0);
    stream.close();
    await once(stream, "close");
  });

  it("is not taken for dead because the process was busy during a check", async () => {
    const { session } = await openSilent();
    await session.opened;
    holdTimers();
    const alive = session.isAlive();
    // After a busy time, a timer fires once, before Node reads what has arrived.
    vi.advanceTimersToNextTimer();
    expect(await alive).toBe(true);
    // The timer of the idle time is from before `holdTimers`.
    expect(vi.getTimerCount()).toBe(0);
  });

  it("is not taken for dead if it opens during a check", async () => {
    const { session } = await openSilent();
    expect(await session.isAlive()).toBe(true);
  });

  it("is dead if it was destroyed", async () => {
    const { session } = await openSilent();
    await session.opened;
    session.destroy("the test ends");
    expect(await session.isAlive()).toBe(false);
  });
});
