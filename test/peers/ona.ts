import { createMockServer } from "tenantry/mock";
import { listen } from "tenantry/mock/node";
import { describe, expect, it } from "vitest";
import type { Peer } from "./peer.js";

const service = "gitpod.v1.AccountService";

/** Tests that a peer can call Ona's mock. */
export function onaFor(peer: Peer): void {
  describe(`Ona, called by ${peer.name}`, () => {
    it("GetAccount returns the account, and ListJoinableOrganizations a page", async () => {
      const server = createMockServer();
      await using listener = await listen(server);
      const { token, accountId } = server.ona.signIn({ email: "ada@example.com" });
      for (const name of ["Acme", "Bolts"]) server.ona.addOrganization({ name, domain: "example.com" });
      const call = (method: string, request = {}) =>
        peer.call(listener.url, { rpc: `${service}/${method}`, token, request });

      expect(await call("GetAccount")).toMatchObject({
        code: "ok",
        response: { account: { id: accountId, email: "ada@example.com" } },
      });
      expect(await call("ListJoinableOrganizations", { pagination: { pageSize: 1 } })).toMatchObject({
        code: "ok",
        response: {
          joinableOrganizations: [{ organizationName: "Acme" }],
          pagination: { nextToken: expect.any(String) },
        },
      });
    });

    it("ListJoinableOrganizations fails with a violation for a negative page size", async () => {
      const server = createMockServer();
      await using listener = await listen(server);
      const { token } = server.ona.signIn({ email: "ada@example.com" });
      const answer = await peer.call(listener.url, {
        rpc: `${service}/ListJoinableOrganizations`,
        token,
        request: { pagination: { pageSize: -1 } },
      });
      expect(answer).toMatchObject({
        code: "invalid_argument",
        details: [{ violations: [{ ruleId: "int32.gte_lte" }] }],
      });
    });
  });
}
