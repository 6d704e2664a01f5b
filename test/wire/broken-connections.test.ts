import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { ApiError, NetworkError, UnexpectedResponseError, VydonClient } from "../../src/index.js";
import { type Answer, type RawServer, rawServer, respond } from "../support/raw-server.js";
import { Clock, failureOf } from "../support/scripted.js";
import { ada, failure, html, json, outcome, serve } from "./serve.js";

describe("a server that breaks the connection", () => {
  const wrote =
    (text: string): Answer =>
    (socket) =>
      socket.end(text);
  const head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n";
  const cut: [string, Answer][] = [
    ["without a word", (socket) => socket.end()],
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

  it.each(cut)("%s: a NetworkError, a read is repeated, a write is not", async (_name, answer) => {
    const clock = new Clock(0);
    const { server, client } = await serve(answer, { clock, retry: { maxAttempts: 2 } });
    await using _closing = server;
    const error = await failureOf(client.users.current());
    expect(error).toBeInstanceOf(NetworkError);
    expect(error).toMatchObject({ attempts: 2 });
    expect(await failureOf(client.accounts.createTeam({ name: "acme" }))).toMatchObject({ attempts: 1 });
    expect(server.requests).toHaveLength(3);
  });

  it("before the request came", async () => {
    const server = await rawServer(
      () => {},
      (socket) => socket.destroy(),
    );
    await using _closing = server;
    const client = new VydonClient({ baseUrl: server.baseUrl, clock: new Clock(0) });
    expect(await failureOf(client.users.current())).toBeInstanceOf(NetworkError);
  });

  it("does not listen: even a write is tried again", async () => {
    const { server, client } = await serve(() => {}, { clock: new Clock(0), retry: {} });
    await server[Symbol.asyncDispose]();
    const error = await failureOf(client.accounts.createTeam({ name: "acme" }));
    expect(error).toBeInstanceOf(NetworkError);
    expect(error).toMatchObject({ attempts: 4 });
  });

  it("says that the response is compressed, and it is not", async () => {
    const error = await failure(respond(200, [...json, "content-encoding: gzip"], ada));
    expect(error).toBeInstanceOf(ApiError);
  });

  it("compresses in a way that nobody asked for: the response cannot be read", async () => {
    const error = await failure(respond(200, [...json, "content-encoding: x-own"], gzipSync(ada)));
    expect(error).toBeInstanceOf(UnexpectedResponseError);
  });

  it("compresses in a way that the client asked for", async () => {
    expect(await outcome(respond(200, [...json, "content-encoding: gzip"], gzipSync(ada)))).toEqual({
      id: "ada",
    });
  });
});

it("no connection is left open, however a response was refused", async () => {
  const answers = [
    respond(200, html, "x".repeat(100_000)),
    respond(502, html, "x".repeat(100_000)),
    respond(302, ["location: /"], "x".repeat(100_000)),
    respond(200, json, Buffer.alloc(100_000, 255)),
  ];
  for (const answer of answers) {
    const { server, client } = await serve(answer);
    await using _closing: RawServer = server;
    await failureOf(client.users.current());
    expect(server.requests).toHaveLength(1);
    await server.requests[0]?.closed;
    expect(server.open).toBe(0);
  }
});
