import { createMockServer } from "tenantry/mock";
import { listen } from "tenantry/mock/node";
import { describe, expect, it } from "vitest";
import type { Peer } from "./peer.js";

const service = "fam.v1.AccountService";

/** What every peer must get from Fetch Ads Manager's mock. */
export function famFor(peer: Peer): void {
  describe(`Fetch Ads Manager, called by ${peer.name}`, () => {
    it("opens an account", async () => {
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

    it("refuses an account without a name", async () => {
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
