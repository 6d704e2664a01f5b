import { createServer, type Http2Server, type ServerHttp2Session } from "node:http2";
import { connect, createServer as createTcpServer, type Socket } from "node:net";
import { connectNodeAdapter } from "@connectrpc/connect-node";
import { FailedPreconditionError, NetworkError } from "tenantry";
import type { NodeTransportOptions } from "tenantry/node";
import { VydonClient } from "tenantry/vydon";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { UserAccountService } from "../../gen/mgmt/v1alpha1/user_account_pb.js";
import { VirtualClock } from "../../src/mock/engine/time/virtual-clock.js";
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

describe("an HTTP/2 connection", () => {
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
    const { client, sessions } = await counted({ idleConnectionTimeoutMs: 30 });
    await client.users.current();
    await closed(sessions[0]);
    expect(sessions).toHaveLength(1);
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
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    onTestFinished(() => void vi.useRealTimers());
    const calling = failureOf(client.users.current({ timeoutMs: 0, retry: false }));
    await until(() => connections === 1);
    vi.advanceTimersByTime(10_000);
    const error = await calling;
    expect(error).toBeInstanceOf(NetworkError);
    expect(String(error)).toContain("the connection did not open in time");
    expect(vi.getTimerCount()).toBe(0);
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
