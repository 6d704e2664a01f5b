import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { ApiError, NetworkError, UnexpectedResponseError, VydonClient } from "../../src/index.js";
import { type Answer, type RawServer, rawServer, respond } from "../support/raw-server.js";
import { Clock, failureOf } from "../support/scripted.js";
import { ada, failure, html, outcome, proto, serve } from "./serve.js";

describe("server_unexpected", () => {
  const wrote =
    (text: string): Answer =>
    (socket) =>
      socket.end(text);
  const head = "HTTP/1.1 200 OK\r\ncontent-type: application/proto\r\n";
  const cut: [string, Answer][] = [
    ["with nothing said", (socket) => socket.end()],
    ["with a reset", (socket) => socket.resetAndDestroy()],
    ["in the status line", wrote("HTTP/1.1 20")],
    ["in the headers", wrote("HTTP/1.1 200 OK\r\ncontent-type: appl")],
    ["before the body", wrote(`${head}content-length: 5\r\n\r\n`)],
    ["in the body", wrote(`${head}content-length: 5\r\n\r\nxx`)],
    ["in a chunk", wrote(`${head}transfer-encoding: chunked\r\n\r\n5\r\nxx`)],
    ["before the last chunk", wrote(`${head}transfer-encoding: chunked\r\n\r\n2\r\nxx\r\n`)],
    ["with what is not HTTP", wrote("SSH-2.0-OpenSSH_9.6\r\n")],
    ["with a wrong length", wrote(`${head}content-length: x\r\n\r\n`)],
    [
      "in a compressed body",
      (socket) => {
        const body = gzipSync(Buffer.alloc(500, 1)).subarray(0, 15);
        socket.write(`${head}content-encoding: gzip\r\ncontent-length: 40\r\n\r\n`);
        socket.end(body);
      },
    ],
  ];

  it.each(cut)("closes %s: a NetworkError, a read is repeated, a write is not", async (_name, answer) => {
    const clock = new Clock(0);
    const { server, client } = await serve(answer, { clock, retry: { maxAttempts: 2 } });
    await using _closing = server;
    const error = await failureOf(client.users.current());
    expect(error).toBeInstanceOf(NetworkError);
    expect(error).toMatchObject({ attempts: 2 });
    expect(await failureOf(client.accounts.createTeam({ name: "acme" }))).toMatchObject({ attempts: 1 });
    expect(server.requests).toHaveLength(3);
  });

  it("closes before the request came", async () => {
    const server = await rawServer(
      () => {},
      (socket) => socket.destroy(),
    );
    await using _closing = server;
    const client = new VydonClient({ baseUrl: server.baseUrl, clock: new Clock(0) });
    expect(await failureOf(client.users.current())).toBeInstanceOf(NetworkError);
  });

  it("does not listen: a write is tried again too", async () => {
    const { server, client } = await serve(() => {}, { clock: new Clock(0), retry: {} });
    await server[Symbol.asyncDispose]();
    const error = await failureOf(client.accounts.createTeam({ name: "acme" }));
    expect(error).toBeInstanceOf(NetworkError);
    expect(error).toMatchObject({ attempts: 4 });
  });

  it("says that the answer is compressed, and it is not", async () => {
    const error = await failure(respond(200, [...proto, "content-encoding: gzip"], ada));
    expect(error).toBeInstanceOf(ApiError);
  });

  it("compresses as nobody asked: what can't be read is no answer", async () => {
    const error = await failure(respond(200, [...proto, "content-encoding: x-own"], gzipSync(ada)));
    expect(error).toBeInstanceOf(UnexpectedResponseError);
  });

  it("compresses as was asked", async () => {
    expect(await outcome(respond(200, [...proto, "content-encoding: gzip"], gzipSync(ada)))).toEqual({
      id: "ada",
    });
  });
});

it("no connection is left open, however an answer was refused", async () => {
  const answers = [
    respond(200, html, "x".repeat(100_000)),
    respond(502, html, "x".repeat(100_000)),
    respond(302, ["location: /"], "x".repeat(100_000)),
    respond(200, proto, Buffer.alloc(100_000, 255)),
  ];
  for (const answer of answers) {
    const { server, client } = await serve(answer);
    await using _closing: RawServer = server;
    await failureOf(client.users.current());
    await server.requests[0]?.closed;
    expect(server.open).toBe(0);
  }
});
