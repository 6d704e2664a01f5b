import { createMockServer } from "tenantry/mock";
import { listen } from "tenantry/mock/node";
import { describe, expect, it } from "vitest";
import type { Peer } from "./peer.js";

const email = "ada@example.com";

/** Tests that a peer can call the organizations of Ona's mock: one call of each service, and an error. */
export function onaOrganizationsFor(peer: Peer): void {
  describe(`Ona's organizations, called by ${peer.name}`, () => {
    it("ListMembers, CreatePersonalAccessToken, GetAuthenticatedIdentity and ListEnterpriseUserCreditUsage succeed", async () => {
      const server = createMockServer();
      await using listener = await listen(server);
      const organizationId = server.ona.addOrganization({
        name: "Acme",
        members: [{ email, role: "admin", creditBudget: 2 ** 40 }, { email: "grace@example.com" }],
        creditUsage: [{ email, credits: 1.25 }],
      }).id;
      const { token, userId } = server.ona.signIn({ email, organization: organizationId });
      const call = (rpc: string, request = {}) =>
        peer.call(listener.url, { rpc: `gitpod.v1.${rpc}`, token, request });

      const search = { organizationId, pagination: { pageSize: 1 }, count: { include: true } };
      expect(await call("OrganizationService/ListMembers", search)).toMatchObject({
        code: "ok",
        response: {
          members: [
            { userId, fullName: "Ada", role: "ORGANIZATION_ROLE_ADMIN", status: "USER_STATUS_ACTIVE" },
          ],
          pagination: { nextToken: expect.any(String) },
          count: { value: 2, relation: "COUNT_RESPONSE_RELATION_EQ" },
        },
      });
      const made = { userId, description: "backup", validFor: "3600s", readOnly: true };
      expect(await call("UserService/CreatePersonalAccessToken", made)).toMatchObject({
        code: "ok",
        response: { token: expect.stringMatching(/^gitpod_pat_/) },
      });
      expect(await call("IdentityService/GetAuthenticatedIdentity")).toEqual({
        code: "ok",
        response: {
          subject: { id: userId, principal: "PRINCIPAL_USER" },
          organizationId,
          organizationTier: "core",
        },
      });
      const usage = await call("BillingService/ListEnterpriseUserCreditUsage", { organizationId });
      expect(usage).toMatchObject({
        code: "ok",
        response: {
          userUsage: [{ userId, monthToDateUsage: { totalCredits: 1.25 }, creditBudget: "1099511627776" }],
          totalCount: 1,
        },
      });
    });

    it("LeaveOrganization fails with failed_precondition for the last admin", async () => {
      const server = createMockServer();
      await using listener = await listen(server);
      const members = [{ email, role: "admin" as const }];
      server.ona.addOrganization({ name: "Acme", members });
      const { token, userId } = server.ona.signIn({ email, organization: "Acme" });
      const rpc = "gitpod.v1.OrganizationService/LeaveOrganization";
      expect(await peer.call(listener.url, { rpc, token, request: { userId } })).toMatchObject({
        code: "failed_precondition",
        message: expect.stringContaining("must keep an admin"),
      });
    });
  });
}
