import { gzipSync } from "node:zlib";
import { describe, expect, it, vi } from "vitest";
import { createMockServer } from "../../server.js";

function setup() {
  const server = createMockServer();
  const ada = server.vydon.signIn({ email: "ada@example.com" });
  const headers = { authorization: `Bearer ${ada.token}`, "content-type": "application/json" };
  return { server, ada, headers };
}

const service = "https://api.example.com/some/prefix/mgmt.v1alpha1.UserAccountService";

describe("server.fetch", () => {
  it("responds in JSON, with any path before the service's name", async () => {
    const { server, ada, headers } = setup();
    const response = await server.fetch(`${service}/GetUser`, { method: "POST", headers, body: "{}" });
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ userId: ada.userId });
  });

  it("responds to GET only if the method has no side effects", async () => {
    const { server, ada, headers } = setup();
    const { authorization } = headers;
    const query = "?connect=v1&encoding=json&message=%7B%7D";
    const read = await server.fetch(`${service}/GetUser${query}`, { headers: { authorization } });
    expect(await read.json()).toEqual({ userId: ada.userId });
    const write = await server.fetch(`${service}/SetUser${query}`, { headers: { authorization } });
    expect(write.status).toBe(405);
  });

  it("responds with 404 to an unknown path, 405 to a wrong verb and 415 to a wrong content type", async () => {
    const { server, headers } = setup();
    const status = async (path: string, init: RequestInit) =>
      (await server.fetch(`${service}${path}`, init)).status;
    expect(await status("/GetNothing", { method: "POST", headers, body: "{}" })).toBe(404);
    expect(await status("/GetUser", { method: "PUT", headers, body: "{}" })).toBe(405);
    const text = { ...headers, "content-type": "text/plain" };
    expect(await status("/GetUser", { method: "POST", headers: text, body: "{}" })).toBe(415);
  });

  it("returns errors as Connect does", async () => {
    const { server, headers } = setup();
    const body = JSON.stringify({ name: "!" });
    const response = await server.fetch(`${service}/CreateTeamAccount`, { method: "POST", headers, body });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      code: "invalid_argument",
      message: "validation error: name: does not match regex pattern `^[a-z0-9-]{3,100}$`",
      details: [{ type: "buf.validate.Violations" }],
    });
  });

  it("reads compressed requests", async () => {
    const { server, headers } = setup();
    const compressed = { ...headers, "content-encoding": "gzip" };
    const body = new Uint8Array(gzipSync(JSON.stringify({ name: "acme" })));
    const response = await server.fetch(`${service}/CreateTeamAccount`, {
      method: "POST",
      headers: compressed,
      body,
    });
    expect(response.status).toBe(200);
  });

  it("ends with its signal, before and during the call", async () => {
    const { server, headers } = setup();
    const request = { method: "POST", headers, body: "{}" };
    const reason = new Error("enough");
    await expect(
      server.fetch(`${service}/GetUser`, { ...request, signal: AbortSignal.abort(reason) }),
    ).rejects.toThrow("enough");
    server.clock.run();
    server.faults.inject({ method: "GetUser", latencyMs: 3_600_000 });
    const controller = new AbortController();
    const call = server.fetch(`${service}/GetUser`, { ...request, signal: controller.signal });
    controller.abort(reason);
    await expect(call).rejects.toThrow("enough");
  });

  describe("in a browser without `Request.body`, such as Firefox", () => {
    it("reads the body of a request", async () => {
      stubRequestWithoutBody();
      const { server, headers } = setup();
      const body = JSON.stringify({ name: "acme" });
      const response = await server.fetch(`${service}/CreateTeamAccount`, { method: "POST", headers, body });
      expect(await response.json()).toHaveProperty("accountId");
    });

    it("adds an empty message to a request without one if the server is lenient", async () => {
      stubRequestWithoutBody();
      const server = createMockServer({ lenient: true });
      const { token, userId } = server.vydon.signIn({ email: "ada@example.com" });
      const headers = { authorization: `Bearer ${token}` };
      const response = await server.fetch(`${service}/GetUser`, { method: "POST", headers });
      expect(await response.json()).toEqual({ userId });
      const body = new TextEncoder().encode("{}");
      const untyped = await server.fetch(`${service}/GetUser`, { method: "POST", headers, body });
      expect(untyped.status).toBe(415);
    });
  });
});

function stubRequestWithoutBody(): void {
  class RequestWithoutBody extends Request {}
  Object.defineProperty(RequestWithoutBody.prototype, "body", { value: undefined });
  vi.stubGlobal("Request", RequestWithoutBody);
}
