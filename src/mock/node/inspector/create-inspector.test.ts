import { get as httpGet } from "node:http";
import { connect } from "node:http2";
import { createMockServer } from "tenantry/mock";
import { type Listener, listen } from "tenantry/mock/node";
import { afterEach, describe, expect, it } from "vitest";

let listener: Listener;
afterEach(() => listener.close());

const html = { accept: "text/html,application/xhtml+xml,*/*;q=0.8" };

async function get(path: string, headers: Record<string, string> = html, method = "GET") {
  const response = await fetch(listener.url + path, { method, headers });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

describe("with the admin service, a listener", () => {
  it("shows the inspector to a browser", async () => {
    listener = await listen(createMockServer(), { admin: true });
    const { status, headers, text } = await get("/");
    expect([status, headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
    expect(text).toContain("<title>tenantry mock</title>");
    const policy = headers.get("content-security-policy");
    expect(policy).toMatch(/^default-src 'none'; script-src 'sha256-[^']+'; style-src 'sha256-[^']+';/);
    expect(policy).toContain("connect-src 'self'");
    // No page of another origin can embed it, and trick people into clicking on it.
    expect(policy).toContain("frame-ancestors 'none'");
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("referrer-policy")).toBe("no-referrer");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect((await get("/?world=a")).text).toBe(text);
  });

  it("shows it at /_/ with any Accept header, and by HEAD without a body", async () => {
    listener = await listen(createMockServer(), { admin: true });
    expect((await get("/_/", { accept: "*/*" })).text).toContain("<script>");
    const head = await get("/", html, "HEAD");
    expect([head.status, head.text]).toEqual([200, ""]);
    expect(Number(head.headers.get("content-length"))).toBeGreaterThan(10_000);
  });

  it("shows a world's inspector below the world's own URL", async () => {
    const server = createMockServer();
    server.worlds.create("checkout-7");
    listener = await listen(server, { admin: true });
    for (const path of ["/w/checkout-7", "/w/checkout-7/", "/w/checkout-7/_/"]) {
      const response = await fetch(listener.url + path, { headers: html });
      expect(response.url).toBe(`${listener.url}/_/?world=checkout-7`);
      expect(await response.text()).toContain("<script>");
    }
  });

  it("shows it over HTTP/2", async () => {
    listener = await listen(createMockServer(), { admin: true });
    const session = connect(listener.url);
    const request = session.request({ ":path": "/_/" });
    const status = await new Promise((resolve) =>
      request.on("response", (headers) => resolve(headers[":status"])),
    );
    session.destroy();
    expect(status).toBe(200);
  });

  it("shows it to no other client", async () => {
    listener = await listen(createMockServer(), { admin: true });
    const others = [
      await get("/", { accept: "*/*" }),
      await get("/", html, "POST"),
      await get("/_/", html, "POST"),
      await get("/_/other"),
      await get("/mgmt.v1alpha1.UserAccountService/GetUser"),
    ];
    for (const { text } of others) expect(text).not.toContain("<script>");
  });

  it("hides it from pages of other origins, and from unknown hosts", async () => {
    listener = await listen(createMockServer(), { admin: true });
    const foreign = await get("/_/", { ...html, origin: "https://evil.example" });
    expect([foreign.status, foreign.text.includes("<script>")]).toEqual([403, false]);
    for (const path of ["/", "/_/"]) {
      const text = await new Promise<string>((resolve) => {
        httpGet(listener.url + path, { headers: { ...html, host: "evil.example" } }, (response) => {
          let body = "";
          response.on("data", (chunk) => {
            body += chunk;
          });
          response.on("end", () => resolve(body));
        });
      });
      expect(text).not.toContain("<script>");
    }
  });

  it("loads nothing from another server", async () => {
    listener = await listen(createMockServer(), { admin: true });
    const { text } = await get("/");
    const urls = text.match(/\bhttps?:\/\/[^\s"'`)]+/g) ?? [];
    // The names of namespaces, which are never requested.
    expect([...new Set(urls)]).toEqual(["http://www.w3.org/2000/svg"]);
  });
});

describe("without the admin service, a listener", () => {
  it("explains how to switch the inspector on", async () => {
    listener = await listen(createMockServer());
    for (const path of ["/", "/_/"]) {
      const { status, text, headers } = await get(path);
      expect(status).toBe(404);
      expect(text).toContain("tenantry mock --admin");
      expect(text).not.toContain("<script>");
      expect(headers.get("content-security-policy")).toBe("default-src 'none'; frame-ancestors 'none'");
    }
  });
});
