import { Code, createClient } from "@connectrpc/connect";
import { describe, expect, it } from "vitest";
import { AccountService } from "../../gen/fam/v1/account_pb.js";
import { BillingService } from "../../gen/fam/v1/billing_pb.js";
import { MemberService } from "../../gen/fam/v1/member_pb.js";
import { UserAccountService } from "../../gen/mgmt/v1alpha1/user_account_pb.js";
import { renameService } from "../../src/mock/fam/rename-service.js";
import { compared } from "./compared.js";
import { text } from "./texts.js";
import { connectErrorOf, openWorld, signInAda, type TestedTransport } from "./world.js";

const names = { accounts: "ads.AccountService", members: "ads.v2.Members", billing: "Billing" };

/** FAM's services under other names, as the option `fam.services` configures them. */
export const mounted = {
  accounts: renameService(AccountService, names.accounts),
  members: renameService(MemberService, names.members),
  billing: renameService(BillingService, names.billing),
};

/** Tests what a call transports: tokens, headers, text, large messages, and concurrent calls. */
export function calls(tested: TestedTransport): void {
  describe("a call", () => {
    const world = openWorld(tested);

    function ada() {
      const { session } = signInAda(world);
      return createClient(UserAccountService, compared(world, session.token));
    }

    it("fails with unauthenticated without a token or with an unknown one, and its log entry has no caller", async () => {
      for (const token of [undefined, "unknown-token"]) {
        const rpc = createClient(UserAccountService, compared(world, token));
        expect((await connectErrorOf(rpc.getUser({}))).code).toBe(Code.Unauthenticated);
        expect(world.server.calls.all().at(-1)?.caller).toBeUndefined();
      }
    });

    it("fails with unauthenticated if the token has expired, and a new token works on the same connection", async () => {
      const { vydon, clock } = world.server;
      const { token, userId } = vydon.signIn({ email: "ada@example.com", expiresIn: "1h" });
      expect((await world.client(UserAccountService, token).getUser({})).userId).toBe(userId);
      clock.advance("2h");
      const error = await connectErrorOf(world.client(UserAccountService, token).getUser({}));
      expect(error).toMatchObject({
        code: Code.Unauthenticated,
        rawMessage: expect.stringContaining("token is expired"),
      });
      expect((await ada().getUser({})).userId).toBe(userId);
      expect(world.server.calls.all().at(-1)?.caller).toMatchObject({ kind: "user", userId });
    });

    it("sends request headers, including repeated and binary ones", async () => {
      const rpc = ada();
      const fault = world.server.faults.inject({
        when: ({ header }) => header.get("x-many") === "1, 2" && header.get("x-raw-bin") === "AAEC/w",
        code: "aborted",
      });
      await rpc.getUser({});
      const headers = new Headers({ "x-raw-bin": "AAEC/w" });
      for (const value of ["1", "2"]) headers.append("x-many", value);
      expect((await connectErrorOf(rpc.getUser({}, { headers }))).code).toBe(Code.Aborted);
      expect(fault.hits).toBe(1);
    });

    it("sends and receives any Unicode text unchanged", async () => {
      const rpc = ada();
      const { accountId } = await rpc.createTeamAccount({ name: "acme" });
      const { invite } = await rpc.inviteUserToTeamAccount({ accountId, email: text });
      expect(invite?.email).toBe(text);
      const resource = { id: text };
      expect((await rpc.hasPermission({ accountId, resource })).hasPermission).toBe(false);
    });

    it("sends and receives more than a megabyte", async () => {
      const rpc = ada();
      const { accountId } = await rpc.createTeamAccount({ name: "acme" });
      const email = "🙂é".repeat(200_000);
      await rpc.inviteUserToTeamAccount({ accountId, email });
      const { invites } = await rpc.getTeamAccountInvites({ accountId });
      expect(invites.map((invite) => invite.email === email)).toEqual([true]);
    });

    it("gets its own response when 50 calls run concurrently", async () => {
      const names = Array.from({ length: 50 }, (_, index) => `user-${index}`);
      const people = names.map((name) => world.server.vydon.signIn({ email: `${name}@example.com` }));
      const answers = await Promise.all(
        people.map(({ token }) => world.client(UserAccountService, token).getUser({})),
      );
      expect(answers.map(({ userId }) => userId)).toEqual(people.map(({ userId }) => userId));
    });
  });

  if (tested.apisOnly !== true) {
    describe("FAM's services with other names", () => {
      const world = openWorld(tested, { fam: { services: names } });

      it("respond under the names in `fam.services`", async () => {
        const { token } = world.server.fam.signIn({ email: "ada@example.com" });
        const transport = world.transport(token);
        const accounts = createClient(mounted.accounts, transport);
        const members = createClient(mounted.members, transport);
        const billing = createClient(mounted.billing, transport);
        const { id: accountId } = await accounts.createAccount({ name: "Acme" });
        expect((await members.listMembers({ accountId })).members).toHaveLength(1);
        const { paymentConfigurationId } = await billing.getPaymentConfigByAccountID({ accountId });
        expect((await billing.getCardInfo({ paymentConfigurationId })).cards).toEqual([]);
      });
    });
  }

  if (tested.passesOn !== true) {
    describe('a server with `apis: ["ona"]`', () => {
      const world = openWorld(tested, { apis: ["ona"] });

      it("fails with unimplemented for a method of another API", async () => {
        const error = await connectErrorOf(world.vydon().getUser({}));
        expect(error.code).toBe(Code.Unimplemented);
      });
    });
  }
}
