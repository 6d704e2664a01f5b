import { Code } from "@connectrpc/connect";
import { describe, expect, it } from "vitest";
import { AccountRole, UserAccountType } from "../../../gen/mgmt/v1alpha1/user_account_pb.js";
import { openWorld, refusal, type TestedTransport } from "../world.js";
import { join, person, team, unknownId } from "./teams.js";

/** Accounts and their settings. */
export function accounts(tested: TestedTransport): void {
  describe("accounts in the cloud", () => {
    const world = openWorld(tested);

    it("GetUserAccounts answers the caller's accounts", async () => {
      const { ada, accountId } = await team(world);
      const { accountId: personalId } = await ada.rpc.setPersonalAccount({});
      await person(world, "grace").rpc.createTeamAccount({ name: "other" });
      expect((await ada.rpc.getUserAccounts({})).accounts).toMatchObject([
        { id: accountId, name: "acme", type: UserAccountType.TEAM, hasStripeCustomerId: true },
        { id: personalId, name: "personal", type: UserAccountType.PERSONAL, hasStripeCustomerId: false },
      ]);
      const key = world.vydon(world.server.vydon.apiKey(accountId));
      expect((await key.getUserAccounts({})).accounts.map(({ id }) => id)).toEqual([accountId]);
      const worker = world.vydon(world.server.vydon.workerKey());
      expect((await worker.getUserAccounts({})).accounts).toEqual([]);
    });

    it("SetPersonalAccount makes one at first, and answers it after", async () => {
      const ada = person(world, "ada");
      const { accountId } = await ada.rpc.setPersonalAccount({});
      expect((await ada.rpc.setPersonalAccount({})).accountId).toBe(accountId);
      expect((await ada.rpc.getUserAccounts({})).accounts).toMatchObject([
        { id: accountId, name: "personal" },
      ]);
      await ada.rpc.setAccountOnboardingConfig({ accountId, config: { hasCompletedOnboarding: true } });
    });

    it("CreateTeamAccount makes the caller its admin, and answers where to pay", async () => {
      const { ada, accountId } = await team(world);
      const { users } = await ada.rpc.getTeamAccountMembers({ accountId });
      expect(users).toMatchObject([{ id: ada.userId, role: AccountRole.ADMIN }]);
      const { checkoutSessionUrl } = await ada.rpc.createTeamAccount({ name: "second" });
      expect(checkoutSessionUrl).toMatch(/^https:\/\//);
    });

    it.each(["ab", "Acme", "my team", "a".repeat(101), ""])(
      "CreateTeamAccount refuses the name %j",
      async (name) => {
        const error = await refusal(person(world, "ada").rpc.createTeamAccount({ name }));
        expect(error.code).toBe(Code.InvalidArgument);
      },
    );

    it("CreateTeamAccount refuses a name that an account of the caller has, in whatever case", async () => {
      const { ada } = await team(world);
      expect((await refusal(ada.rpc.createTeamAccount({ name: "acme" }))).code).toBe(Code.AlreadyExists);
      await person(world, "grace").rpc.createTeamAccount({ name: "acme" });
      world.server.seed({ vydon: { accounts: [{ name: "LOUD", members: [{ email: ada.email }] }] } });
      expect((await refusal(ada.rpc.createTeamAccount({ name: "loud" }))).code).toBe(Code.AlreadyExists);
    });

    it("keys own no accounts", async () => {
      const { accountId } = await team(world);
      for (const session of [world.server.vydon.apiKey(accountId), world.server.vydon.workerKey()]) {
        const rpc = world.vydon(session);
        expect((await refusal(rpc.createTeamAccount({ name: "second" }))).code).toBe(Code.PermissionDenied);
        expect((await refusal(rpc.setPersonalAccount({}))).code).toBe(Code.PermissionDenied);
      }
    });

    it("ConvertPersonalToTeamAccount keeps the id, and makes a new personal account", async () => {
      const ada = person(world, "ada");
      const { accountId } = await ada.rpc.setPersonalAccount({});
      const converted = await ada.rpc.convertPersonalToTeamAccount({ name: "acme" });
      expect(converted.accountId).toBe(accountId);
      expect(converted.checkoutSessionUrl).toMatch(/^https:\/\//);
      expect((await ada.rpc.getUserAccounts({})).accounts).toMatchObject([
        { id: accountId, name: "acme", type: UserAccountType.TEAM, hasStripeCustomerId: true },
        { id: converted.newPersonalAccountId, name: "personal", type: UserAccountType.PERSONAL },
      ]);
      expect((await ada.rpc.setPersonalAccount({})).accountId).toBe(converted.newPersonalAccountId);
    });

    it("ConvertPersonalToTeamAccount takes the account that it is told to", async () => {
      const ada = person(world, "ada");
      const { accountId } = await ada.rpc.setPersonalAccount({});
      expect((await ada.rpc.convertPersonalToTeamAccount({ name: "acme", accountId })).accountId).toBe(
        accountId,
      );
    });

    it("ConvertPersonalToTeamAccount does not find what isn't the caller's personal account", async () => {
      const { ada, accountId } = await team(world);
      const { rpc } = person(world, "grace");
      const graces = await rpc.setPersonalAccount({});
      for (const id of [undefined, accountId, graces.accountId, unknownId]) {
        const request = id === undefined ? { name: "new-team" } : { name: "new-team", accountId: id };
        expect((await refusal(ada.rpc.convertPersonalToTeamAccount(request))).code).toBe(Code.NotFound);
      }
    });

    it("ConvertPersonalToTeamAccount refuses a name that is taken, and changes nothing", async () => {
      const { ada } = await team(world);
      await ada.rpc.setPersonalAccount({});
      const before = await ada.rpc.getUserAccounts({});
      expect((await refusal(ada.rpc.convertPersonalToTeamAccount({ name: "acme" }))).code).toBe(
        Code.AlreadyExists,
      );
      expect((await refusal(ada.rpc.convertPersonalToTeamAccount({ name: "A" }))).code).toBe(
        Code.InvalidArgument,
      );
      expect(await ada.rpc.getUserAccounts({})).toEqual(before);
    });

    it("IsUserInAccount says whether, and takes an unknown account for no error", async () => {
      const { ada, accountId } = await team(world);
      const answers = async (session = ada.session, id = accountId) =>
        (await world.vydon(session).isUserInAccount({ accountId: id })).ok;
      expect(await answers()).toBe(true);
      expect(await answers(ada.session, unknownId)).toBe(false);
      expect(await answers(person(world, "grace").session)).toBe(false);
      expect(await answers(world.server.vydon.apiKey(accountId))).toBe(true);
      expect(await answers(world.server.vydon.apiKey(accountId), unknownId)).toBe(false);
      expect(await answers(world.server.vydon.workerKey())).toBe(true);
    });

    it("the onboarding config is empty until it is set", async () => {
      const { ada, accountId } = await team(world);
      const empty = await ada.rpc.getAccountOnboardingConfig({ accountId });
      expect(empty.config).toMatchObject({ hasCompletedOnboarding: false, hasCreatedJob: false });
      const config = { hasCompletedOnboarding: true, hasInvitedMembers: true };
      const set = await ada.rpc.setAccountOnboardingConfig({ accountId, config });
      expect(set.config).toMatchObject(config);
      expect((await ada.rpc.getAccountOnboardingConfig({ accountId })).config).toMatchObject(config);
      const cleared = await ada.rpc.setAccountOnboardingConfig({ accountId });
      expect(cleared.config).toMatchObject({ hasCompletedOnboarding: false, hasInvitedMembers: false });
    });

    it("the temporal config is not implemented", async () => {
      const { ada, accountId } = await team(world);
      const config = { url: "temporal:7233", namespace: "acme", syncJobQueueName: "jobs" };
      expect((await refusal(ada.rpc.getAccountTemporalConfig({ accountId }))).code).toBe(Code.Unimplemented);
      expect((await refusal(ada.rpc.setAccountTemporalConfig({ accountId, config }))).code).toBe(
        Code.Unimplemented,
      );
    });
  });

  describe("accounts on a self-hosted server", () => {
    const world = openWorld(tested, { vydon: { cloud: false } });
    const config = { url: "temporal:7233", namespace: "acme", syncJobQueueName: "jobs" };

    it("CreateTeamAccount and ConvertPersonalToTeamAccount ask for no payment", async () => {
      const ada = person(world, "ada");
      expect((await ada.rpc.createTeamAccount({ name: "acme" })).checkoutSessionUrl).toBeUndefined();
      await ada.rpc.setPersonalAccount({});
      const converted = await ada.rpc.convertPersonalToTeamAccount({ name: "second" });
      expect(converted.checkoutSessionUrl).toBeUndefined();
      const { accounts } = await ada.rpc.getUserAccounts({});
      expect(accounts.map(({ hasStripeCustomerId }) => hasStripeCustomerId)).toEqual([false, false, false]);
    });

    it("the temporal config has defaults, and can be set", async () => {
      const { ada, accountId } = await team(world);
      const { config: preset } = await ada.rpc.getAccountTemporalConfig({ accountId });
      expect(preset?.url).not.toBe("");
      expect((await ada.rpc.setAccountTemporalConfig({ accountId, config })).config).toMatchObject(config);
      expect((await ada.rpc.getAccountTemporalConfig({ accountId })).config).toMatchObject(config);
    });

    it.each(["url", "namespace", "syncJobQueueName"])(
      "the temporal config's %s must not be empty",
      async (field) => {
        const { ada, accountId } = await team(world);
        const error = await refusal(
          ada.rpc.setAccountTemporalConfig({ accountId, config: { ...config, [field]: "" } }),
        );
        expect(error.code).toBe(Code.InvalidArgument);
      },
    );

    it("the temporal config must be there to be set, by somebody who may edit", async () => {
      const { ada, accountId } = await team(world);
      expect((await refusal(ada.rpc.setAccountTemporalConfig({ accountId }))).code).toBe(
        Code.InvalidArgument,
      );
      const grace = await join(world, {
        admin: ada,
        accountId,
        name: "grace",
        role: AccountRole.JOB_DEVELOPER,
      });
      await grace.rpc.getAccountTemporalConfig({ accountId });
      const error = await refusal(grace.rpc.setAccountTemporalConfig({ accountId, config }));
      expect(error.rawMessage).toBe("user does not have permission to edit account");
      const stranger = await refusal(person(world, "eve").rpc.getAccountTemporalConfig({ accountId }));
      expect(stranger.rawMessage).toBe("user is not in account");
    });
  });
}
