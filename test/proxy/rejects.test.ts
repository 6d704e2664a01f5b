import { once } from "node:events";
import { request } from "node:http";
import { connect } from "node:http2";
import { describe, expect, it } from "vitest";
import { startCommand } from "../support/run-command.js";
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

  it("a call with unavailable if the server switches the protocol", async () => {
    real.respond = (sent) =>
      sent.socket.write("HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n");
    await using proxy = await startCommand("--proxy", real.url, "--quiet");
    expect(await call(proxy.url, getUser, { method: "POST", headers: json, body: "{}" })).toMatchObject({
      status: 503,
      body: { code: "unavailable", message: expect.stringContaining("no response from the server") },
    });
  });

  it("a call with a token over plain http to another machine, without --allow-insecure-auth", async () => {
    const headers = { ...json, authorization: "Bearer secret-1" };
    {
      await using proxy = await startCommand("--proxy", "http://vydon.invalid", "--quiet");
      expect(await call(proxy.url, getUser, { method: "POST", headers, body: "{}" })).toMatchObject({
        status: 400,
        body: { code: "failed_precondition", message: expect.stringContaining("--allow-insecure-auth") },
      });
    }
    await using proxy = await startCommand(
      "--proxy",
      "http://vydon.invalid",
      "--allow-insecure-auth",
      "--quiet",
    );
    expect(await call(proxy.url, getUser, { method: "POST", headers, body: "{}" })).toMatchObject({
      status: 503,
      body: { code: "unavailable", message: expect.stringContaining("no response from the server") },
    });
  });

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
