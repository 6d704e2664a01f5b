import { createMockServer } from "tenantry/mock";
import { listen } from "tenantry/mock/node";
import { describe, expect, it } from "vitest";
import type { Peer } from "./peer.js";

const service = "fam.v1.AccountService";

/** Tests that a peer can call the mock of Fetch Ads Manager. */
export function famFor(peer: Peer): void {
  describe(`Fetch Ads Manager, called by ${peer.name}`, () => {
    it("CreateAccount and GetAccount return the account", async () => {
      const server = createMockServer();
      await using listener = await listen(server);
      const { token } = server.fam.signIn({ email: "ada@example.com" });
      const call = (method: string, request = {}) =>
        peer.call(listener.url, { rpc: `${service}/${method}`, token, request });

      const made = await call("CreateAccount", { name: "Acme", type: "ACCOUNT_TYPE_AD_ACCOUNT" });
      const { id } = server.fam.account("Acme");
      expect(made).toMatchObject({ code: "ok", response: { id, name: "Acme" } });
      expect(await call("GetAccount", { id })).toMatchObject({
        code: "ok",
        response: { account: { id, name: "Acme", createdAt: "2026-01-01T00:00:00Z" } },
      });
    });

    it("CreateAccount without a name fails with the violation", async () => {
      const server = createMockServer();
      await using listener = await listen(server);
      const { token } = server.fam.signIn({ email: "ada@example.com" });
      const answer = await peer.call(listener.url, { rpc: `${service}/CreateAccount`, token });
      expect(answer).toMatchObject({
        code: "invalid_argument",
        details: [{ violations: [{ ruleId: "string.min_len" }] }],
      });
    });
  });
}
