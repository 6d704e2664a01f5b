import { createSecureServer, createServer } from "node:http2";
import { createServer as createTcpServer, type Socket } from "node:net";
import { connectNodeAdapter } from "@connectrpc/connect-node";
import { CanceledError, FailedPreconditionError, NetworkError } from "tenantry";
import type { NodeTransportOptions } from "tenantry/node";
import { VydonClient } from "tenantry/vydon";
import { describe, expect, it } from "vitest";
import { UserAccountService } from "../../gen/mgmt/v1alpha1/user_account_pb.js";
import { failureOf } from "../support/promises.js";
import { cert, key } from "../support/tls.js";
import { listening, openTransport } from "./support/until-test-ends.js";

const calls: string[] = [];
const adapter = connectNodeAdapter({
  routes: (router) =>
    router.service(UserAccountService, {
      getUser: () => ({ userId: String(calls.push("getUser")) }),
      setUser: () => ({ userId: String(calls.push("setUser")) }),
      createTeamAccount: () => ({ accountId: String(calls.push("createTeamAccount")) }),
    }),
});

function open(options: NodeTransportOptions) {
  calls.length = 0;
  const transport = openTransport(options);
  return { transport, client: new VydonClient({ transport, retry: { initialDelayMs: 0 } }) };
}

const team = { name: "acme" };

describe.each(["connect", "grpc", "grpc-web"] as const)("%s over HTTP/2", (protocol) => {
  it("a write is sent again if the server refuses its stream", async () => {
    let requests = 0;
    const server = createServer((request, response) => {
      // REFUSED_STREAM
      if (++requests === 1) response.stream.close(7);
      else adapter(request, response);
    });
    const { baseUrl } = await listening(server);
    const { client } = open({ baseUrl, protocol });
    const { attempts } = await client.accounts.createTeam(team).withResponse();
    expect(attempts).toBe(2);
    expect(calls).toEqual(["createTeamAccount"]);
  });

  it("a write is sent again if the server's GOAWAY leaves it out", async () => {
    const real = createServer(adapter);
    let connections = 0;
    const { baseUrl } = await listening(
      createTcpServer((socket) => {
        if (++connections === 1) refuseAll(socket);
        else real.emit("connection", socket);
      }),
    );
    const { client } = open({ baseUrl, protocol });
    const { attempts } = await client.accounts.createTeam(team).withResponse();
    expect(attempts).toBe(2);
    expect(calls).toEqual(["createTeamAccount"]);
  });

  it("a write is not sent again if the server may have acted", async () => {
    const server = createServer((_request, response) => response.stream.close(8));
    const { baseUrl } = await listening(server);
    const { client } = open({ baseUrl, protocol });
    const error = await failureOf(client.accounts.createTeam(team));
    expect(error).toBeInstanceOf(NetworkError);
    expect(error).toMatchObject({ attempts: 1 });
  });

  it.each([0, 1, 2, 4, 6, 8, 10, 15])(
    "a call that is aborted after %i turns does not arrive as an empty request",
    async (turns) => {
      const { baseUrl } = await listening(createServer(adapter));
      const { client } = open({ baseUrl, protocol });
      // Before the connection is open, and after that.
      for (const id of ["1", "2"]) {
        const controller = new AbortController();
        // Its request message is empty, so a stream that ends without a message would be a valid request.
        const call = client.users.register({ signal: controller.signal });
        for (let turn = 0; turn < turns; turn++) await null;
        controller.abort();
        expect(await failureOf(call)).toBeInstanceOf(CanceledError);
        expect(await client.users.current()).toEqual({ id });
      }
      expect(calls).toEqual(["getUser", "getUser"]);
    },
  );

  it("a call fails if the transport is closed before the connection is open, and leaves no connection", async () => {
    const { baseUrl, sockets } = await listening(createServer(adapter));
    const { client, transport } = open({ baseUrl, protocol });
    const call = client.users.current();
    await transport.close();
    expect(await failureOf(call)).toBeInstanceOf(FailedPreconditionError);
    const other = open({ baseUrl, protocol });
    await other.client.users.current();
    expect(sockets.size).toBe(1);
  });

  it("a server that pushes a response, and then breaks the connection, does not end the process", async () => {
    const pushes: boolean[] = [];
    const server = createServer((request, response) => {
      const { stream } = response;
      const { session } = stream;
      pushes.push(stream.pushAllowed);
      if (stream.pushAllowed)
        stream.pushStream({ ":path": "/style.css" }, (_error, pushed) => pushed.on("error", () => {}));
      adapter(request, response);
      stream.once("close", () => session?.destroy(undefined, 2));
    });
    const { baseUrl, sockets } = await listening(server);
    const { client } = open({ baseUrl, protocol });
    await client.users.current();
    for (const socket of sockets)
      if (!socket.destroyed) await new Promise((resolve) => socket.once("close", resolve));
    expect(await client.users.current()).toEqual({ id: "2" });
    expect(pushes).toEqual([false, false]);
  });
});

it("a connection that does not open is given up after a request ran out of time, and a write that waits is sent on another", async () => {
  const real = createSecureServer({ key, cert }, adapter);
  let connections = 0;
  // The first connection does not take part in the TLS handshake.
  const { host } = await listening(
    createTcpServer((socket) => {
      if (++connections > 1) real.emit("connection", socket);
    }),
  );
  const { client } = open({ baseUrl: `https://${host}`, tls: { ca: cert } });
  const waiting = client.accounts.createTeam(team, { timeoutMs: 15_000 }).withResponse();
  expect(await failureOf(client.users.current({ timeoutMs: 20 }))).toMatchObject({
    name: "DeadlineExceededError",
  });
  const { attempts } = await waiting;
  expect(attempts).toBe(2);
  expect(calls).toEqual(["createTeamAccount"]);
});

it("a read is sent on another connection if the first one breaks before it is open", async () => {
  const real = createSecureServer({ key, cert }, adapter);
  let connections = 0;
  const { host } = await listening(
    createTcpServer((socket) => {
      if (++connections === 1) socket.destroy();
      else real.emit("connection", socket);
    }),
  );
  const { client } = open({ baseUrl: `https://${host}`, tls: { ca: cert } });
  const { attempts } = await client.users.current().withResponse();
  expect(attempts).toBe(2);
  expect(calls).toEqual(["getUser"]);
});

/** An HTTP/2 server that reports, after the first request, that it has processed none. */
function refuseAll(socket: Socket): void {
  socket.write(Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0]));
  let received = Buffer.alloc(0);
  socket.on("data", (chunk) => {
    received = Buffer.concat([received, chunk]);
    for (let at = 24; at + 9 <= received.length; at += 9 + received.readUIntBE(at, 3)) {
      const isHeaders = received[at + 3] === 1;
      // GOAWAY with the last stream 0 and no error.
      if (isHeaders) socket.end(Buffer.from([0, 0, 8, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]));
    }
  });
}
