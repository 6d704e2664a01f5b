import { once } from "node:events";
import { constants, createServer, type Http2Server, type ServerHttp2Session } from "node:http2";
import { connect, createServer as createTcpServer, type Socket } from "node:net";
import { connectNodeAdapter } from "@connectrpc/connect-node";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { UserAccountService } from "../../gen/mgmt/v1alpha1/user_account_pb.js";
import { FailedPreconditionError, NetworkError } from "../../src/core/errors/errors.js";
import { VirtualClock } from "../../src/mock/engine/time/virtual-clock.js";
import { Http2Session } from "../../src/node/http2-session.js";
import type { NodeTransportOptions } from "../../src/node/index.js";
import { VydonClient } from "../../src/vydon/index.js";
import { useJsdomTimers } from "../support/jsdom-timers.js";
import { failureOf, settled } from "../support/promises.js";
import { until } from "../support/until.js";
import { clientFor, listening, openTransport } from "./support/until-test-ends.js";

/**
 * Starts a server, and a TCP proxy to it. After `dropData()`, the connections that are open pass on nothing more. It resolves when
 * something was dropped.
 */
async function proxyTo(server: Http2Server) {
  const { port } = await listening(server);
  let isDropping = false;
  let dropped = () => {};
  const proxy = createTcpServer((near) => {
    const far = connect(port, "127.0.0.1");
    const isOld = !isDropping;
    const passOn = (to: Socket) => (chunk: Buffer) => (isOld && isDropping ? dropped() : to.write(chunk));
    near.on("error", () => {});
    far.on("error", () => {});
    near.on("data", passOn(far));
    far.on("data", passOn(near));
    near.on("close", () => far.destroy());
  });
  return {
    baseUrl: (await listening(proxy)).baseUrl,
    dropData() {
      isDropping = true;
      return new Promise<void>((resolve) => {
        dropped = resolve;
      });
    },
  };
}

/** A server whose calls with the header `x-slow` end when they are aborted, and a clock that passes when the test lets it. */
function slowServer() {
  const clock = new VirtualClock(0);
  let slowCalls = 0;
  const server = createServer(
    connectNodeAdapter({
      routes: (router) =>
        router.service(UserAccountService, {
          getUser: (_request, { requestHeader, signal }) => {
            if (!requestHeader.has("x-slow")) return { userId: "ada" };
            slowCalls++;
            return new Promise((_resolve, reject) => signal.addEventListener("abort", reject));
          },
        }),
    }),
  );
  return {
    clock,
    server,
    /** Returns how many slow calls have reached the server. */
    slowCalls: () => slowCalls,
    /** Makes a call that reaches the server, and runs out of time there. */
    async timeOut(client: VydonClient) {
      const before = slowCalls;
      const call = failureOf(client.users.current({ timeoutMs: 2_000, headers: { "x-slow": "1" } }));
      await until(() => slowCalls > before);
      clock.advance(2_000);
      expect(await call).toMatchObject({ name: "DeadlineExceededError" });
    },
  };
}

describe("a connection that dies without notice", () => {
  it("fails one attempt; the next one has a new connection", async () => {
    const { clock, server, timeOut } = slowServer();
    const { baseUrl, dropData } = await proxyTo(server);
    const transport = openTransport({ baseUrl });
    const retry = { initialDelayMs: 1 };
    const client = new VydonClient({ transport, clock, attemptTimeoutMs: 10_000, retry });
    // A slow call, after which the connection is found to be alive.
    await timeOut(client);
    expect(await client.users.current()).toEqual({ id: "ada" });

    const dropped = dropData();
    const call = client.users.current().withResponse();
    await dropped;
    clock.advance(10_000);
    const { data, attempts } = await call;
    expect(data).toEqual({ id: "ada" });
    expect(attempts).toBe(2);
  });

  it("stays open for its calls if only the server is slow", async () => {
    const { clock, server, timeOut } = slowServer();
    const { baseUrl, sockets } = await listening(server);
    const client = new VydonClient({ transport: openTransport({ baseUrl }), clock, retry: false });
    const slow = failureOf(client.users.current({ headers: { "x-slow": "1" } }));
    await timeOut(client);
    expect(await client.users.current()).toEqual({ id: "ada" });
    expect(sockets.size).toBe(1);
    clock.advance(60_000);
    await slow;
  });
});

describe("an HTTP/2 session", () => {
  /** Starts a server that counts its sessions. Returns them and a client. */
  async function counted(options: Omit<NodeTransportOptions, "baseUrl"> = {}) {
    const sessions: ServerHttp2Session[] = [];
    const server = createServer(
      connectNodeAdapter({
        routes: (router) => router.service(UserAccountService, { getUser: () => ({ userId: "ada" }) }),
      }),
    );
    server.on("session", (session) => sessions.push(session));
    const client = clientFor({ baseUrl: (await listening(server)).baseUrl, ...options });
    return { client, sessions };
  }

  const closed = (session: ServerHttp2Session | undefined) =>
    new Promise((resolve) => (session?.destroyed ? resolve(true) : session?.once("close", resolve)));

  it("serves all calls", async () => {
    const { client, sessions } = await counted();
    await Promise.all(Array.from({ length: 20 }, () => client.users.current()));
    expect(sessions).toHaveLength(1);
  });

  it("is closed if it is not used for a while, and the next call opens another one", async () => {
    const { client, sessions } = await counted({ idleConnectionTimeoutMs: 30 });
    await client.users.current();
    await closed(sessions[0]);
    expect(await client.users.current()).toEqual({ id: "ada" });
    expect(sessions).toHaveLength(2);
  });

  it("is closed in Jest's jsdom environment, too, where setTimeout returns a number", async () => {
    useJsdomTimers();
    try {
      const { client, sessions } = await counted({ idleConnectionTimeoutMs: 30 });
      await client.users.current();
      await closed(sessions[0]);
      expect(sessions).toHaveLength(1);
    } finally {
      vi.unstubAllGlobals();
    }
  });

  it.each([Number.POSITIVE_INFINITY, 2 ** 31])("may be idle or silent for %d ms", async (ms) => {
    // Node warns of a timer that is too long, and fires it at once.
    const warn = vi.spyOn(process, "emitWarning");
    const { client } = await counted({ pingIntervalMs: ms, idleConnectionTimeoutMs: ms });
    expect(await client.users.current()).toEqual({ id: "ada" });
    expect(warn).not.toHaveBeenCalled();
  });

  it("gets no more calls after the server has sent GOAWAY", async () => {
    const { client, sessions } = await counted();
    await client.users.current();
    sessions[0]?.goaway();
    // A call that crosses the server's message has to be sent again.
    const retry = { initialDelayMs: 0, maxAttempts: 2 };
    await until(async () => {
      expect(await client.users.current({ retry })).toEqual({ id: "ada" });
      return sessions.length === 2;
    });
    // The end of the first session does not end the second one.
    await settled();
    await client.users.current();
    expect(sessions).toHaveLength(2);
  });

  it("ends with its calls if the transport is closed, even if the server has sent GOAWAY", async () => {
    const { server, slowCalls } = slowServer();
    const sessions: ServerHttp2Session[] = [];
    server.on("session", (session) => sessions.push(session));
    const transport = openTransport({ baseUrl: (await listening(server)).baseUrl });
    const client = new VydonClient({ transport });
    const slow = failureOf(client.users.current({ headers: { "x-slow": "1" } }));
    await until(() => slowCalls() === 1);
    sessions[0]?.goaway();
    await until(async () => {
      await client.users.current();
      return sessions.length === 2;
    });
    await transport.close();
    expect(await slow).toBeInstanceOf(FailedPreconditionError);
  });

  it("returns the error of its last call, even if the server has sent GOAWAY", async () => {
    const server = createServer();
    server.on("stream", (stream) => {
      stream.session?.goaway();
      stream.respond({ ":status": 504, "content-type": "application/json" });
      stream.end(JSON.stringify({ code: "deadline_exceeded", message: "too slow" }));
    });
    const client = clientFor({ baseUrl: (await listening(server)).baseUrl });
    expect(String(await failureOf(client.users.current()))).toContain("too slow");
  });

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

  /** Lets the test move the timers of the session, until the test ends. */
  function holdTimers(): void {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval"] });
    onTestFinished(() => void vi.useRealTimers());
  }

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

  it("is given up if it does not open, and the next call opens another one", async () => {
    let connections = 0;
    const server = createTcpServer(() => {
      connections++;
    });
    const client = clientFor({ baseUrl: `https://${(await listening(server)).host}` });
    await failureOf(client.users.current({ timeoutMs: 20 }));
    await settled();
    const controller = new AbortController();
    const next = failureOf(client.users.current({ signal: controller.signal }));
    await until(() => connections === 2);
    controller.abort();
    await next;
  });

  it("is given up after ten seconds if it does not open, even if no call runs out of time", async () => {
    let connections = 0;
    const server = createTcpServer(() => {
      connections++;
    });
    const client = clientFor({ baseUrl: `https://${(await listening(server)).host}` });
    holdTimers();
    const calling = failureOf(client.users.current({ timeoutMs: 0, retry: false }));
    await until(() => connections === 1);
    vi.advanceTimersByTime(10_000);
    const error = await calling;
    expect(error).toBeInstanceOf(NetworkError);
    expect(String(error)).toContain("the connection did not open in time");
    expect(vi.getTimerCount()).toBe(0);
  });

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

  it("is detected as dead by pings, long before a call runs out of time; a write is not sent again", async () => {
    const { baseUrl, dropData } = await proxyTo(createServer(() => dropData()));
    const transport = openTransport({ baseUrl, pingIntervalMs: 50 });
    const client = new VydonClient({ transport, retry: { initialDelayMs: 0 } });
    const error = await failureOf(client.accounts.createTeam({ name: "acme" }));
    expect(error).toBeInstanceOf(NetworkError);
    expect(error).toMatchObject({ attempts: 1 });
    expect(String(error)).toContain("the connection does not respond");
  });
});
