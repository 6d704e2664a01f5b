import { once } from "node:events";
import { request } from "node:http";
import { connect } from "node:http2";
import { createServer } from "node:https";
import { describe, expect, it } from "vitest";
import { listenLocally } from "../support/listen-locally.js";
import { startCommand } from "../support/run-command.js";
import { cert, key } from "../support/tls.js";
import { getUser, json, openRealServer } from "./real-server.js";

const real = openRealServer();

describe("tenantry mock --proxy rejects", () => {
  const call = async (url: string, path: string, init: RequestInit) => {
    const response = await fetch(url + path, init);
    const body: unknown = await response.json();
    return { status: response.status, body };
  };

  it.each([
    ["gRPC", getUser, { method: "POST", headers: { "content-type": "application/grpc" } }, 415],
    ["gRPC-Web", getUser, { method: "POST", headers: { "content-type": "application/grpc-web+proto" } }, 415],
    ["a plain GET", getUser, { method: "GET" }, 415],
    ["a path that is not an RPC", "/index.html", { method: "GET" }, 404],
  ])("%s", async (_what, path, init, status) => {
    await using proxy = await startCommand("--proxy", real.url, "--quiet");
    const refused = await call(proxy.url, path, init);
    expect(refused).toMatchObject({
      status,
      body: { code: "unimplemented", message: expect.stringContaining("the proxy passes on only calls") },
    });
    expect(real.received).toEqual([]);
  });

  it.each([
    ["switches the protocol", "101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n"],
    [
      "breaks the connection in a body",
      "200 OK\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{",
    ],
  ])("a call with unavailable if the server %s", async (_what, text) => {
    real.respond = (sent) => sent.socket.end(`HTTP/1.1 ${text}`);
    await using proxy = await startCommand("--proxy", real.url, "--quiet");
    expect(await call(proxy.url, getUser, { method: "POST", headers: json, body: "{}" })).toMatchObject({
      status: 503,
      body: { code: "unavailable", message: expect.stringContaining("no response from the server") },
    });
  });

  it("a call with unavailable if the server's certificate is of an unknown authority", async () => {
    await using server = await listenLocally(createServer({ key, cert }));
    await using proxy = await startCommand("--proxy", `https://${server.host}`, "--quiet");
    expect(await call(proxy.url, getUser, { method: "POST", headers: json, body: "{}" })).toEqual({
      status: 503,
      body: {
        code: "unavailable",
        message: "the proxy got no response from the server (DEPTH_ZERO_SELF_SIGNED_CERT)",
      },
    });
  });

  it.each([
    ["token", { authorization: "Bearer secret-1" }],
    ["cookie", { cookie: "session=secret-1" }],
  ])("a call with a %s over plain http to another machine", async (_what, secret) => {
    await using proxy = await startCommand("--proxy", "http://vydon.invalid", "--quiet");
    const headers = new Headers({ ...json, ...secret });
    expect(await call(proxy.url, getUser, { method: "POST", headers, body: "{}" })).toMatchObject({
      status: 400,
      body: { code: "failed_precondition", message: expect.stringContaining("--allow-insecure-auth") },
    });
  });

  it.each([[["https://vydon.invalid"]], [["http://vydon.invalid", "--allow-insecure-auth"]]])(
    "no call with a token to another machine with --proxy %j",
    async (argv) => {
      await using proxy = await startCommand("--proxy", ...argv, "--quiet");
      const headers = { ...json, authorization: "Bearer secret-1" };
      // It was sent, but there is no such machine.
      expect(await call(proxy.url, getUser, { method: "POST", headers, body: "{}" })).toMatchObject({
        status: 503,
        body: { code: "unavailable", message: expect.stringContaining("no response from the server") },
      });
    },
  );

  it("requests of pages of another origin, and allows pages of this machine", async () => {
    await using proxy = await startCommand("--proxy", real.url, "--quiet");
    const ask = (origin: string) =>
      fetch(proxy.url + getUser, {
        method: "OPTIONS",
        headers: { origin, "access-control-request-method": "POST" },
      });
    expect((await ask("https://evil.example")).status).toBe(403);
    expect((await ask("https://evil.example")).headers.get("access-control-allow-origin")).toBeNull();
    expect((await ask("http://localhost:5173")).headers.get("access-control-allow-origin")).toBe(
      "http://localhost:5173",
    );
  });

  it("a path with control characters, and logs it without them", async () => {
    await using proxy = await startCommand("--proxy", real.url);
    // HTTP/1.1 does not allow such a path, but HTTP/2 does.
    const session = connect(proxy.url);
    const sent = session.request({ ":path": "/\u009b31mred" });
    const [headers] = await once(sent, "response");
    session.destroy();
    expect(headers[":status"]).toBe(404);
    expect(proxy.out()).toContain("Z / 31mred not passed on: ");
  });

  it("a request with a foreign Host header, as in DNS rebinding", async () => {
    await using proxy = await startCommand("--proxy", real.url, "--quiet");
    const headers = { ...json, host: "evil.example" };
    const sent = request(proxy.url + getUser, { method: "POST", headers });
    sent.end("{}");
    const [response] = await once(sent, "response");
    response.resume();
    expect(response.statusCode).toBe(403);
    expect(real.received).toEqual([]);
  });
});
