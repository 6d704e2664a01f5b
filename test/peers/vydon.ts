import { createMockServer } from "tenantry/mock";
import { listen } from "tenantry/mock/node";
import { describe, expect, it } from "vitest";
import type { Peer } from "./peer.js";

const service = "mgmt.v1alpha1.UserAccountService";

/** Tests that a peer can call Vydon's mock. */
export function vydonFor(peer: Peer): void {
  describe(`Vydon, called by ${peer.name}`, () => {
    it("CreateTeamAccount, InviteUserToTeamAccount and GetTeamAccountMembers succeed", async () => {
      const server = createMockServer();
      await using listener = await listen(server);
      const { token, userId } = server.vydon.signIn({ email: "ada@example.com" });
      const call = (method: string, request = {}) =>
        peer.call(listener.url, { rpc: `${service}/${method}`, token, request });

      expect(await call("GetUser")).toEqual({ code: "ok", response: { userId } });
      const made = await call("CreateTeamAccount", { name: "acme" });
      expect(made).toMatchObject({ code: "ok", response: { accountId: expect.any(String) } });
      const accountId = server.vydon.account("acme").id;

      const email = "grace@example.com";
      const invited = await call("InviteUserToTeamAccount", {
        accountId,
        email,
        role: "ACCOUNT_ROLE_JOB_VIEWER",
      });
      expect(invited).toMatchObject({
        code: "ok",
        response: {
          invite: {
            accountId,
            email,
            role: "ACCOUNT_ROLE_JOB_VIEWER",
            // With the microseconds of the server's database.
            expiresAt: expect.stringMatching(/^2026-01-02T00:00:00\.\d{6}Z$/),
          },
        },
      });
      expect(await call("GetTeamAccountMembers", { accountId })).toMatchObject({
        code: "ok",
        response: { users: [{ id: userId, email: "ada@example.com", role: "ACCOUNT_ROLE_ADMIN" }] },
      });
    });

    it("CreateTeamAccount fails with the violated rule and its field", async () => {
      const server = createMockServer();
      await using listener = await listen(server);
      const { token } = server.vydon.signIn({ email: "ada@example.com" });
      const answer = await peer.call(listener.url, {
        rpc: `${service}/CreateTeamAccount`,
        token,
        request: { name: "No Spaces" },
      });
      expect(answer).toMatchObject({
        code: "invalid_argument",
        message: expect.stringContaining("name: does not match regex pattern"),
        details: [
          { violations: [{ field: { elements: [{ fieldName: "name" }] }, ruleId: "string.pattern" }] },
        ],
      });
    });

    it("GetUser fails with unauthenticated without a token", async () => {
      await using listener = await listen(createMockServer());
      expect(await peer.call(listener.url, { rpc: `${service}/GetUser` })).toMatchObject({
        code: "unauthenticated",
        message: "must provide valid bearer token",
      });
    });

    it("GetUser fails with deadline_exceeded at the peer's deadline", async () => {
      const server = createMockServer();
      await using listener = await listen(server);
      const { token } = server.vydon.signIn({ email: "ada@example.com" });
      server.faults.inject({ method: "GetUser", latencyMs: 3_600_000 });
      const answer = await peer.call(listener.url, { rpc: `${service}/GetUser`, token, timeoutMs: 5_000 });
      expect(answer.code).toBe("deadline_exceeded");
    });
  });
}
