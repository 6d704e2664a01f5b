import { createMockServer } from "tenantry/mock";
import { listen } from "tenantry/mock/node";
import { describe, expect, it } from "vitest";
import type { Peer } from "./peer.js";

/** Tests that a peer can sign in to Vydon's mock and create API keys. */
export function vydonKeysFor(peer: Peer): void {
  describe(`Vydon's sign-in and keys, called by ${peer.name}`, () => {
    it("LoginCli returns tokens, and CreateAccountApiKey a key", async () => {
      const server = createMockServer();
      await using listener = await listen(server);
      const email = "ada@example.com";
      const call = (rpc: string, request = {}, token?: string) =>
        peer.call(listener.url, {
          rpc: `mgmt.v1alpha1.${rpc}`,
          request,
          ...(token !== undefined && { token }),
        });

      expect(await call("AuthService/GetAuthStatus")).toEqual({ code: "ok", response: { isEnabled: true } });
      const code = server.vydon.issuer.code({ email });
      const redirectUri = "http://127.0.0.1:4242/callback";
      const login = await call("AuthService/LoginCli", { code, redirectUri });
      expect(login).toMatchObject({
        code: "ok",
        // A 64-bit number is a string in JSON.
        response: {
          accessToken: { accessToken: expect.any(String), expiresIn: "3600", tokenType: "Bearer" },
        },
      });

      server.seed({ vydon: { accounts: [{ name: "acme", members: [{ email }] }] } });
      const { token } = server.vydon.signIn({ email });
      expect(await call("AuthService/CheckToken", {}, token)).toEqual({ code: "ok", response: {} });
      const accountId = server.vydon.account("acme").id;
      const expiresAt = "2026-06-01T00:00:00Z";
      const made = await call(
        "ApiKeyService/CreateAccountApiKey",
        { accountId, name: "ci-key", expiresAt },
        token,
      );
      expect(made).toMatchObject({
        code: "ok",
        response: { apiKey: { accountId, name: "ci-key", keyValue: expect.stringMatching(/^neo_at_v1_/) } },
      });
    });

    it("CreateAccountApiKey fails for an expiry in the past of the server's clock", async () => {
      const server = createMockServer({ now: "2030-01-01" });
      await using listener = await listen(server);
      const email = "ada@example.com";
      server.seed({ vydon: { accounts: [{ name: "acme", members: [{ email }] }] } });
      const answer = await peer.call(listener.url, {
        rpc: "mgmt.v1alpha1.ApiKeyService/CreateAccountApiKey",
        token: server.vydon.signIn({ email }).token,
        request: {
          accountId: server.vydon.account("acme").id,
          name: "ci-key",
          expiresAt: "2029-12-31T00:00:00Z",
        },
      });
      expect(answer).toMatchObject({ code: "invalid_argument", details: [{ violations: [{}] }] });
    });

    it("LoginCli fails with unauthenticated for an unknown code", async () => {
      await using listener = await listen(createMockServer());
      const answer = await peer.call(listener.url, {
        rpc: "mgmt.v1alpha1.AuthService/LoginCli",
        request: { code: "made-up", redirectUri: "http://127.0.0.1:4242/callback" },
      });
      expect(answer).toMatchObject({ code: "unauthenticated", message: "Request unauthenticated" });
    });
  });
}
