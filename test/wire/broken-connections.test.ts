import { gzipSync } from "node:zlib";
import { NetworkError, UnexpectedResponseError, VydonClient } from "tenantry";
import { describe, expect, it } from "vitest";
import { VirtualClock } from "../../src/mock/engine/time/virtual-clock.js";
import { failureOf } from "../support/promises.js";
import { type Answer, rawServer, respond } from "../support/raw-server.js";
import { ada, failure, html, json, outcome, serve } from "./serve.js";

describe("a call", () => {
  const wrote =
    (text: string): Answer =>
    (socket) =>
      socket.end(text);
  const head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n";
  const cut: [string, Answer][] = [
    ["without any bytes", (socket) => socket.end()],
    ["with a reset", (socket) => socket.resetAndDestroy()],
    ["in the status line", wrote("HTTP/1.1 20")],
    ["in the headers", wrote("HTTP/1.1 200 OK\r\ncontent-type: appl")],
    ["before the body", wrote(`${head}content-length: 5\r\n\r\n`)],
    ["in the body", wrote(`${head}content-length: 5\r\n\r\nxx`)],
    ["in a chunk", wrote(`${head}transfer-encoding: chunked\r\n\r\n5\r\nxx`)],
    ["before the last chunk", wrote(`${head}transfer-encoding: chunked\r\n\r\n2\r\nxx\r\n`)],
    ["after bytes that are not HTTP", wrote("SSH-2.0-OpenSSH_9.6\r\n")],
    ["after an invalid content-length", wrote(`${head}content-length: x\r\n\r\n`)],
    [
      "in a compressed body",
      (socket) => {
        const body = gzipSync(Buffer.alloc(500, 1)).subarray(0, 15);
        socket.write(`${head}content-encoding: gzip\r\ncontent-length: 40\r\n\r\n`);
        socket.end(body);
      },
    ],
  ];

  it.each(cut)(
    "fails with a NetworkError if the connection breaks %s: a read is retried, a write is not",
    async (_name, answer) => {
      const clock = new VirtualClock(0);
      const { server, client } = await serve(answer, { clock, retry: { maxAttempts: 2 } });
      const error = await failureOf(client.users.current());
      expect(error).toBeInstanceOf(NetworkError);
      expect(error).toMatchObject({ attempts: 2 });
      expect(await failureOf(client.accounts.createTeam({ name: "acme" }))).toMatchObject({ attempts: 1 });
      expect(server.requests).toHaveLength(3);
    },
  );

  it("fails with a NetworkError if the connection breaks before the server has read the request", async () => {
    await using server = await rawServer(
      () => {},
      (socket) => socket.destroy(),
    );
    const client = new VydonClient({ baseUrl: server.baseUrl, clock: new VirtualClock(0) });
    expect(await failureOf(client.users.current())).toBeInstanceOf(NetworkError);
  });

  it("is retried if the server does not listen, even if it is a write", async () => {
    const { server, client } = await serve(() => {}, { clock: new VirtualClock(0), retry: {} });
    await server[Symbol.asyncDispose]();
    const error = await failureOf(client.accounts.createTeam({ name: "acme" }));
    expect(error).toBeInstanceOf(NetworkError);
    expect(error).toMatchObject({ attempts: 4 });
  });

  it.each([
    ["gzip", "incorrect header check"],
    ["br", "Decompression failed"],
  ])(
    "fails with an UnexpectedResponseError if the response is not compressed, but has content-encoding %s",
    async (encoding, reason) => {
      const error = await failure(respond(200, [...json, `content-encoding: ${encoding}`], ada));
      expect(error).toBeInstanceOf(UnexpectedResponseError);
      expect(error).toMatchObject({ cause: { cause: { message: reason } } });
    },
  );

  it("fails with an UnexpectedResponseError for a content-encoding that the client did not request", async () => {
    const error = await failure(respond(200, [...json, "content-encoding: x-own"], gzipSync(ada)));
    expect(error).toBeInstanceOf(UnexpectedResponseError);
  });

  it("succeeds with a gzipped response", async () => {
    expect(await outcome(respond(200, [...json, "content-encoding: gzip"], gzipSync(ada)))).toEqual({
      id: "ada",
    });
  });
});

it("the client closes the connection of every response that it rejects", async () => {
  const answers = [
    respond(200, html, "x".repeat(100_000)),
    respond(502, html, "x".repeat(100_000)),
    respond(302, ["location: /"], "x".repeat(100_000)),
    respond(200, json, Buffer.alloc(100_000, 255)),
  ];
  for (const answer of answers) {
    const { server, client } = await serve(answer);
    await failureOf(client.users.current());
    expect(server.requests).toHaveLength(1);
    await server.requests[0]?.closed;
    expect(server.open).toBe(0);
  }
});
