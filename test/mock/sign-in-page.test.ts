import { VydonClient } from "tenantry";
import { createMockServer } from "tenantry/mock";
import { listen } from "tenantry/mock/node";
import { describe, expect, it } from "vitest";
import { approve } from "../support/approve.js";

const request = { state: "s&t", redirectUri: "http://127.0.0.1:4242/callback?from=app", scope: "openid" };

/** Creates a server with Ada as a user. Returns it with a client and the address of its sign-in page. */
async function start() {
  const server = createMockServer();
  server.seed({ vydon: { accounts: [{ name: "acme", members: [{ email: "ada@example.com" }] }] } });
  const client = new VydonClient({ baseUrl: "https://vydon.mock", fetch: server.fetch, clock: server.clock });
  return { server, client, page: await client.auth.authorizeUrl(request) };
}

describe("the mock's sign-in page", () => {
  it("lists the people on the server, and shows everything as text", async () => {
    const { server, page } = await start();
    server.vydon.signIn({ email: '"><script>@example.com' });
    const response = await server.fetch(`${page}&more=%22+onfocus=%22alert()`);
    expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(response.headers.get("cache-control")).toBe("no-store");
    const html = await response.text();
    expect(html).toContain(">ada@example.com</a>");
    expect(html).toContain('<input type="hidden" name="redirect_uri" value="http://127.0.0.1:4242/');
    expect(html).toMatch(/<a href="[^"]*error=access_denied">Refuse/);
    expect(html).not.toContain("<script>");
    expect(html).not.toContain('" onfocus="');
    expect(html).toContain('<input type="hidden" name="state" value="s&#38;t">');
  });

  it("loads nothing, and cannot be embedded in another page", async () => {
    const { server, page } = await start();
    const { origin, pathname } = new URL(page);
    for (const address of [page, origin + pathname]) {
      const { headers } = await server.fetch(address);
      const policy = headers.get("content-security-policy");
      expect(policy).toBe("default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'");
      expect(headers.get("x-content-type-options")).toBe("nosniff");
    }
  });

  it("lists the first 50 people", async () => {
    const { server, page } = await start();
    for (let index = 0; index < 50; index++) server.vydon.signIn({ email: `person-${index}@example.com` });
    const html = await (await server.fetch(page)).text();
    expect(html.match(/@example\.com<\/a>/g)).toHaveLength(50);
  });

  it("redirects back with the state and a code, which works once", async () => {
    const { server, client, page } = await start();
    const [, link = ""] = /href="([^"]*)">ada@/.exec(await (await server.fetch(page)).text()) ?? [];
    const chosen = new URL(link.replaceAll("&#38;", "&"), page);
    const { status, headers } = await server.fetch(chosen, { redirect: "manual" });
    expect(status).toBe(302);
    expect(headers.get("cache-control")).toBe("no-store");
    const back = new URL(headers.get("location") ?? "");
    expect(`${back.origin}${back.pathname}`).toBe("http://127.0.0.1:4242/callback");
    expect(back.searchParams.get("from")).toBe("app");
    expect(back.searchParams.get("state")).toBe("s&t");
    const code = back.searchParams.get("code") ?? "";
    const { redirectUri } = request;
    const { scope } = await client.auth.login({ code, redirectUri });
    expect(scope).toBe("openid");
    await expect(client.auth.login({ code, redirectUri })).rejects.toMatchObject({ code: "unauthenticated" });
  });

  it("issues a code for one redirect URI only", async () => {
    const { server, client, page } = await start();
    const back = await approve(server, page);
    const code = back.searchParams.get("code") ?? "";
    await expect(
      client.auth.login({ code, redirectUri: "http://127.0.0.1:4242/other" }),
    ).rejects.toMatchObject({ code: "unauthenticated" });
    const { accessToken } = await client.auth.login({ code, redirectUri: request.redirectUri });
    expect(accessToken).not.toBe("");
  });

  it("issues a code that is valid for ten minutes", async () => {
    const { server, client, page } = await start();
    const { redirectUri } = request;
    const [first, second] = [await approve(server, page), await approve(server, page)].map(
      ({ searchParams }) => searchParams.get("code") ?? "",
    );
    server.clock.advance(10 * 60_000 - 1);
    await client.auth.login({ code: first ?? "", redirectUri });
    server.clock.advance(1);
    await expect(client.auth.login({ code: second ?? "", redirectUri })).rejects.toMatchObject({
      code: "unauthenticated",
      rawMessage: "Request unauthenticated",
    });
  });

  it("signs in a new person", async () => {
    const { server, client, page } = await start();
    const back = await approve(server, page, "grace@example.com");
    const code = back.searchParams.get("code") ?? "";
    const { accessToken } = await client.auth.login({ code, redirectUri: request.redirectUri });
    const grace = client.withOptions({ headers: { authorization: `Bearer ${accessToken}` } });
    const { userId } = server.vydon.signIn({ email: "grace@example.com" });
    expect(await grace.users.register()).toEqual({ id: userId });
  });

  it("returns no state, and tokens without a scope, if the app requests none", async () => {
    const { server, client, page } = await start();
    const bare = new URL(page);
    bare.searchParams.delete("state");
    bare.searchParams.delete("scope");
    const back = await approve(server, bare.href);
    expect(back.searchParams.has("state")).toBe(false);
    const code = back.searchParams.get("code") ?? "";
    const { redirectUri } = request;
    expect((await client.auth.login({ code, redirectUri })).scope).toBe("");
  });

  it("redirects back with access_denied and no code if the person refuses", async () => {
    const { server, page } = await start();
    const [, link = ""] = /href="([^"]*)">Refuse/.exec(await (await server.fetch(page)).text()) ?? [];
    const chosen = new URL(link.replaceAll("&#38;", "&"), page);
    const response = await server.fetch(chosen, { redirect: "manual" });
    expect(response.headers.get("cache-control")).toBe("no-store");
    const back = new URL(response.headers.get("location") ?? "");
    expect([back.searchParams.get("error"), back.searchParams.get("state")]).toEqual([
      "access_denied",
      "s&t",
    ]);
    expect(back.searchParams.has("code")).toBe(false);
  });

  it("names a parameter that its address lacks or that is not a URL, and accepts only GET", async () => {
    const { server, page } = await start();
    const { origin, pathname } = new URL(page);
    for (const query of ["", "?redirect_uri=%2Fcallback&login_hint=ada%40example.com"]) {
      const response = await server.fetch(origin + pathname + query);
      expect(response.status).toBe(400);
      expect(await response.text()).toContain("needs a <code>redirect_uri</code> with a scheme and a host");
    }
    const posted = await server.fetch(page, { method: "POST", body: "x" });
    expect([posted.status, posted.headers.get("allow")]).toEqual([405, "GET"]);
  });

  it("is at the URL that `authorizeUrl` returns, over a real port", async () => {
    const { server } = await start();
    await using listener = await listen(server);
    const client = new VydonClient({ baseUrl: listener.url });
    const page = await client.auth.authorizeUrl(request);
    expect(page.startsWith(`${listener.url}/vydon/issuer/authorize?`)).toBe(true);
    expect(await (await fetch(page)).text()).toContain("ada@example.com");
    const back = await approve({ fetch }, page);
    const code = back.searchParams.get("code") ?? "";
    const tokens = await client.auth.login({ code, redirectUri: request.redirectUri });
    expect(tokens.accessToken).not.toBe("");
  });
});
