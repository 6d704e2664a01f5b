import { createMockServer, type MockServer } from "tenantry/mock";
import { listen } from "tenantry/mock/node";
import { describe, expect, it } from "vitest";

const email = "ada@example.com";

function openIssuer() {
  const server = createMockServer();
  const first = server.vydon.issuer.signIn({ email });
  return { server, first };
}

describe("the issuer's token endpoint", () => {
  const ways = {
    "server.fetch": async (server: MockServer, use: (base: string, send: typeof fetch) => Promise<void>) =>
      use("https://vydon.example.com", server.fetch),
    "a listener": async (server: MockServer, use: (base: string, send: typeof fetch) => Promise<void>) => {
      await using listener = await listen(server);
      await use(`${listener.url}/behind/a/proxy`, fetch);
    },
  };

  describe.each(Object.entries(ways))("through %s", (_name, through) => {
    it("exchanges a refresh token for new tokens, once", async () => {
      const { server, first } = openIssuer();
      await through(server, async (base, send) => {
        const refresh = (refreshToken: string) =>
          send(base + server.vydon.issuer.tokenPath, {
            method: "POST",
            headers: { "content-type": "Application/X-WWW-Form-URLencoded; charset=UTF-8" },
            body: new URLSearchParams({ grant_type: "refresh_token", refresh_token: refreshToken }),
          });
        const answer = await refresh(first.refreshToken);
        expect(answer.status).toBe(200);
        expect(answer.headers.get("content-type")).toContain("application/json");
        expect(answer.headers.get("cache-control")).toBe("no-store");
        expect(answer.headers.get("pragma")).toBe("no-cache");
        const tokens = await answer.json();
        expect(tokens).toEqual({
          access_token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
          token_type: "Bearer",
          expires_in: 3_600,
          refresh_token: server.vydon.issuer.refreshTokens().at(-1)?.id,
        });
        const again = await refresh(first.refreshToken);
        expect([again.status, again.headers.get("cache-control")]).toEqual([400, "no-store"]);
        expect(await again.json()).toEqual({
          error: "invalid_grant",
          error_description: "the refresh token was used before",
        });
        server.vydon.issuer.loseResponses();
        await expect(refresh(tokens.refresh_token)).rejects.toThrow("fetch failed");
        expect((await refresh(tokens.refresh_token)).status).toBe(400);
      });
    });

    it.each([
      [
        "no form",
        "invalid_request",
        { body: "grant_type=refresh_token&refresh_token=x", headers: { "content-type": "application/json" } },
      ],
      ["no grant type", "invalid_request", { body: new URLSearchParams({ refresh_token: "x" }) }],
      ["no refresh token", "invalid_request", { body: new URLSearchParams({ grant_type: "refresh_token" }) }],
      ["another grant", "unsupported_grant_type", { body: new URLSearchParams({ grant_type: "password" }) }],
    ])("refuses %s", async (_what, error, init) => {
      const { server } = openIssuer();
      await through(server, async (base, send) => {
        const answer = await send(base + server.vydon.issuer.tokenPath, { method: "POST", ...init });
        expect([answer.status, await answer.json()]).toEqual([
          400,
          { error, error_description: expect.any(String) },
        ]);
      });
    });

    it("accepts POST only, and does not exist without Vydon", async () => {
      const { server } = openIssuer();
      await through(server, async (base, send) => {
        const answer = await send(base + server.vydon.issuer.tokenPath);
        expect([answer.status, answer.headers.get("allow")]).toEqual([405, "POST"]);
      });
      await through(createMockServer({ apis: ["ona"] }), async (base, send) => {
        expect((await send(base + server.vydon.issuer.tokenPath, { method: "POST" })).status).toBe(404);
      });
    });
  });

  it("issues nothing to a request that it was still reading at a reset", async () => {
    const server = createMockServer();
    const { refreshToken } = server.vydon.issuer.signIn({ email });
    server.seed({});
    const call = server.fetch(`https://vydon.example.com${server.vydon.issuer.tokenPath}`, {
      method: "POST",
      body: new URLSearchParams({ grant_type: "refresh_token", refresh_token: refreshToken }),
    });
    server.reset();
    await expect(call).rejects.toThrow("server.reset() has ended this call");
    expect(server.vydon.issuer.refreshToken(refreshToken).uses).toBe(0);
  });
});
