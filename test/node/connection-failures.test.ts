import { createServer, type ServerHttp2Stream } from "node:http2";
import { createServer as createTlsServer } from "node:https";
import { createServer as createTcpServer } from "node:net";
import { NetworkError, UnexpectedResponseError } from "tenantry";
import type { VydonClient } from "tenantry/vydon";
import { describe, expect, it } from "vitest";
import { failureOf } from "../support/promises.js";
import { cert, key } from "../support/tls.js";
import { clientFor, listening } from "./support/until-test-ends.js";

const protocols = ["connect", "grpc", "grpc-web"] as const;

describe.each(protocols)("%s over HTTP/2", (protocol) => {
  async function serve(onStream: (stream: ServerHttp2Stream) => void): Promise<VydonClient> {
    const server = createServer();
    server.on("stream", (stream) => {
      stream.on("error", () => {});
      onStream(stream);
    });
    const { baseUrl } = await listening(server);
    return clientFor({ baseUrl, protocol });
  }

  // NO_ERROR, INTERNAL_ERROR, STREAM_CLOSED, REFUSED_STREAM, CANCEL, ENHANCE_YOUR_CALM
  it.each([0, 2, 5, 7, 8, 11])(
    "a stream that the server resets with code %i is a NetworkError",
    async (code) => {
      const client = await serve((stream) => stream.close(code));
      const error = await failureOf(client.users.current({ timeoutMs: 5_000 }));
      expect(error).toBeInstanceOf(NetworkError);
    },
  );

  it("a session that the server ends is a NetworkError", async () => {
    const client = await serve((stream) => stream.session?.destroy());
    const error = await failureOf(client.users.current({ timeoutMs: 5_000 }));
    expect(error).toBeInstanceOf(NetworkError);
    expect(String(error)).toContain("the server closed the connection");
  });

  it("a body that cannot be decompressed is an UnexpectedResponseError", async () => {
    const type = {
      connect: "application/proto",
      grpc: "application/grpc",
      "grpc-web": "application/grpc-web",
    };
    const encoding = protocol === "connect" ? "content-encoding" : "grpc-encoding";
    const client = await serve((stream) => {
      stream.respond({ ":status": 200, "content-type": type[protocol], [encoding]: "gzip" });
      stream.end(protocol === "connect" ? "no gzip" : Buffer.from([1, 0, 0, 0, 3, 1, 2, 3]));
    });
    expect(await failureOf(client.users.current())).toBeInstanceOf(UnexpectedResponseError);
  });
});

describe("gRPC", () => {
  it("a response without a status or a message is an UnexpectedResponseError", async () => {
    const server = createServer();
    let trailers: Record<string, string> = {};
    server.on("stream", (stream) => {
      stream.respond({ ":status": 200, "content-type": "application/grpc" }, { waitForTrailers: true });
      stream.on("wantTrailers", () => stream.sendTrailers(trailers));
      stream.end();
    });
    const client = clientFor({ baseUrl: (await listening(server)).baseUrl, protocol: "grpc" });
    expect(await failureOf(client.users.current())).toBeInstanceOf(UnexpectedResponseError);
    trailers = { "grpc-status": "0" };
    expect(await failureOf(client.users.current())).toBeInstanceOf(UnexpectedResponseError);
    trailers = { "grpc-status": "soon" };
    expect(await failureOf(client.users.current())).toBeInstanceOf(UnexpectedResponseError);
  });
});

describe("TLS", () => {
  it.each(["1.1", "2"] as const)(
    "a certificate of an unknown authority is a NetworkError, over HTTP/%s",
    async (httpVersion) => {
      const server = createTlsServer({ key, cert, ALPNProtocols: ["h2", "http/1.1"] });
      const baseUrl = `https://${(await listening(server)).host}`;
      const error = await failureOf(clientFor({ baseUrl, httpVersion }).users.current());
      expect(error).toBeInstanceOf(NetworkError);
      expect(String(error)).toContain("self-signed certificate");
    },
  );

  it.each(["1.1", "2"] as const)(
    "https to a server that supports http only is a NetworkError, over HTTP/%s",
    async (httpVersion) => {
      const server = createTcpServer((socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"));
      const baseUrl = `https://${(await listening(server)).host}`;
      expect(await failureOf(clientFor({ baseUrl, httpVersion }).users.current())).toBeInstanceOf(
        NetworkError,
      );
    },
  );

  it.each(["1.1", "2"] as const)(
    "HTTP/%s to a server of another protocol is a NetworkError",
    async (httpVersion) => {
      const server = createTcpServer((socket) => socket.end("220 mail.example.com ESMTP\r\n"));
      const { baseUrl } = await listening(server);
      expect(await failureOf(clientFor({ baseUrl, httpVersion }).users.current())).toBeInstanceOf(
        NetworkError,
      );
    },
  );
});
