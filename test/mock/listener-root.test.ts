import { createMockServer } from "tenantry/mock";
import { type ListenOptions, listen } from "tenantry/mock/node";
import { describe, expect, it } from "vitest";

/** What a listener sends to `GET`. */
async function get(path: string, options: ListenOptions = {}, headers = {}) {
  const server = createMockServer();
  server.worlds.create("checkout-7");
  await using listener = await listen(server, { admin: true, ...options });
  const response = await fetch(listener.url + path, { headers });
  const text = (await response.text()).replaceAll(listener.url, "http://mock");
  return { status: response.status, type: response.headers.get("content-type"), text };
}

describe("GET /healthz", () => {
  it("is ok as soon as the listener is up, for every caller", async () => {
    const ok = { status: 200, type: "text/plain; charset=utf-8", text: "ok\n" };
    expect(await get("/healthz")).toEqual(ok);
    expect(await get("/healthz", { admin: false }, { origin: "https://app.example.com" })).toEqual(ok);
    await using listener = await listen(createMockServer());
    expect(await fetch(`${listener.url}/healthz`, { method: "POST" })).toMatchObject({ status: 404 });
  });
});

describe("GET /", () => {
  it("describes the server, its base URLs and the next steps", async () => {
    const { status, type, text } = await get("/");
    expect([status, type]).toEqual([200, "text/plain; charset=utf-8"]);
    expect(text).toContain("tenantry mock: a server that behaves like the real ones, in memory.\n");
    expect(text).toContain("The base URL of all APIs is http://mock\n");
    expect(text).toContain("  http://mock/mgmt.v1alpha1.UserAccountService/\n");
    expect(text).toContain("  curl http://mock/tenantry.mock.v1.AdminService/SignInVydon -H");
    expect(text).toContain(`  curl http://mock/worlds -d '{"name": "checkout-7"}'\n`);
  });

  it("shows only the APIs that the server has, under their own names", async () => {
    const services = { accounts: "ads.AccountService" };
    await using listener = await listen(createMockServer({ apis: ["fam"], fam: { services } }), {
      admin: true,
    });
    const text = await (await fetch(listener.url)).text();
    expect(text).toContain(`${listener.url}/ads.AccountService/`);
    expect(text).toContain(`${listener.url}/fam.v1.MemberService/`);
    expect(text).not.toMatch(/mgmt|gitpod|fam\.v1\.AccountService|SignInVydon/);
    expect(text).toContain("AdminService/SignInFam");
    await using bare = await listen(createMockServer({ apis: [] }), { admin: true });
    expect(await (await fetch(bare.url)).text()).not.toMatch(/SignIn|undefined/);
  });

  it("describes the world of its path", async () => {
    for (const path of ["/w/checkout-7", "/w/checkout-7/"]) {
      const { text } = await get(path);
      expect(text).toContain('tenantry mock, the world "checkout-7":');
      expect(text).toContain("The base URL of all APIs is http://mock/w/checkout-7\n");
      expect(text).toContain("  curl http://mock/w/checkout-7/tenantry.mock.v1.AdminService/SignInVydon");
    }
    expect(await get("/w/gone/")).toMatchObject({
      status: 404,
      text: expect.stringContaining("POST /worlds"),
    });
  });

  it("shows how to sign in only to those who may control the server", async () => {
    const strangers = [
      await get("/", { admin: false }),
      await get("/", {}, { origin: "https://evil.example" }),
    ];
    for (const { status, text } of strangers) {
      expect(status).toBe(200);
      expect(text).toContain("mgmt.v1alpha1.UserAccountService");
      expect(text).not.toContain("SignIn");
    }
  });
});
