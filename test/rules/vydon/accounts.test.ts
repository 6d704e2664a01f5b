import { Code } from "@connectrpc/connect";
import { describe, expect, it } from "vitest";
import { AccountRole, UserAccountType } from "../../../gen/mgmt/v1alpha1/user_account_pb.js";
import { openWorld, refusal } from "../world.js";
import { join, person, team, unknownId } from "./teams.js";

// Accounts and their settings.

describe("accounts in the cloud", () => {
  const world = openWorld();

  it("GetUserAccounts returns the caller's accounts", async () => {
    const { ada, accountId } = await team(world);
    const { accountId: personalId } = await ada.rpc.setPersonalAccount({});
    await person(world, "grace").rpc.createTeamAccount({ name: "other" });
    expect((await ada.rpc.getUserAccounts({})).accounts).toMatchObject([
      { id: accountId, name: "acme", type: UserAccountType.TEAM, hasStripeCustomerId: true },
      { id: personalId, name: "personal", type: UserAccountType.PERSONAL, hasStripeCustomerId: false },
    ]);
    const key = world.vydon(world.server.vydon.apiKey(accountId));
    expect((await key.getUserAccounts({})).accounts.map(({ id }) => id)).toEqual([accountId]);
  });

  it("SetPersonalAccount makes one at first, and returns it after", async () => {
    const ada = person(world, "ada");
    const { accountId } = await ada.rpc.setPersonalAccount({});
    expect((await ada.rpc.setPersonalAccount({})).accountId).toBe(accountId);
    expect((await ada.rpc.getUserAccounts({})).accounts).toMatchObject([{ id: accountId, name: "personal" }]);
    await ada.rpc.setAccountOnboardingConfig({ accountId, config: { hasCompletedOnboarding: true } });
  });

  it("CreateTeamAccount makes the caller its admin, and returns where to pay", async () => {
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

  it("a key owns accounts that it can't enter; a team's billing fails, because keys have no email", async () => {
    const { accountId } = await team(world);
    const rpc = world.vydon(world.server.vydon.apiKey(accountId));
    const personal = await rpc.setPersonalAccount({});
    const error = await refusal(rpc.createTeamAccount({ name: "second" }));
    expect(error).toMatchObject({
      code: Code.Unknown,
      rawMessage: expect.stringContaining("unable to retrieve user email from auth token"),
    });
    expect((await rpc.getUserAccounts({})).accounts).toMatchObject([
      { id: accountId, name: "acme" },
      { id: personal.accountId, name: "personal" },
      { name: "second", hasStripeCustomerId: false },
    ]);
    expect((await refusal(rpc.getAccountStatus({ accountId: personal.accountId }))).rawMessage).toBe(
      "api key is not valid for account",
    );
  });

  it("a team stays if the billing provider refuses it, without a role for its maker", async () => {
    const ada = person(world, "ada");
    world.server.vydon.refuseBilling();
    const error = await refusal(ada.rpc.createTeamAccount({ name: "acme" }));
    expect(error).toMatchObject({
      code: Code.Unknown,
      rawMessage: expect.stringMatching(/^unable to upsert stripe customer id after account creation: /),
    });
    const { accounts } = await ada.rpc.getUserAccounts({});
    expect(accounts).toMatchObject([{ name: "acme", hasStripeCustomerId: false }]);
    const accountId = accounts[0]?.id ?? "";
    expect((await refusal(ada.rpc.getTeamAccountMembers({ accountId }))).rawMessage).toBe(
      "user does not have permission to view account",
    );
    await ada.rpc.createTeamAccount({ name: "second" });
  });

  it("SetPersonalAccount makes the caller its admin again", async () => {
    const ada = person(world, "ada");
    const { accountId } = await ada.rpc.setPersonalAccount({});
    await ada.rpc.setUserRole({ accountId, userId: ada.userId, role: AccountRole.JOB_VIEWER });
    expect((await refusal(ada.rpc.setAccountOnboardingConfig({ accountId }))).code).toBe(
      Code.PermissionDenied,
    );
    await ada.rpc.setPersonalAccount({});
    await ada.rpc.setAccountOnboardingConfig({ accountId });
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
    const convert = (id: string) =>
      refusal(ada.rpc.convertPersonalToTeamAccount({ name: "new-team", accountId: id }));
    for (const id of [graces.accountId, unknownId]) {
      const text = "user is not in the provided account";
      expect(await convert(id)).toMatchObject({ code: Code.NotFound, rawMessage: text });
    }
    const text = "account is not a personal account";
    expect(await convert(accountId)).toMatchObject({ code: Code.NotFound, rawMessage: text });
    const none = await refusal(ada.rpc.convertPersonalToTeamAccount({ name: "new-team" }));
    expect(none.code).toBe(Code.Unknown);
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
    expect(await answers(ada.session, accountId.toUpperCase())).toBe(true);
  });

  it("the onboarding config is empty until it is set", async () => {
    const { ada, accountId } = await team(world);
    const empty = await ada.rpc.getAccountOnboardingConfig({ accountId });
    expect(empty.config).toMatchObject({ hasCompletedOnboarding: false, hasCreatedJob: false });
    const config = { hasCompletedOnboarding: true, hasInvitedMembers: true };
    // The server keeps none of the older fields.
    const kept = { hasCompletedOnboarding: true, hasInvitedMembers: false };
    const set = await ada.rpc.setAccountOnboardingConfig({ accountId, config });
    expect(set.config).toMatchObject(kept);
    expect((await ada.rpc.getAccountOnboardingConfig({ accountId })).config).toMatchObject(kept);
    const cleared = await ada.rpc.setAccountOnboardingConfig({ accountId });
    expect(cleared.config).toMatchObject({ hasCompletedOnboarding: false, hasInvitedMembers: false });
  });

  it("the temporal config is not implemented", async () => {
    const { ada, accountId } = await team(world);
    const config = { url: "temporal:7233", namespace: "acme", syncJobQueueName: "jobs" };
    expect(await refusal(ada.rpc.getAccountTemporalConfig({ accountId }))).toMatchObject({
      code: Code.Unimplemented,
      rawMessage: "not enabled in Vydon Cloud",
    });
    expect((await refusal(ada.rpc.setAccountTemporalConfig({ accountId, config }))).code).toBe(
      Code.Unimplemented,
    );
  });
});

describe("accounts on a self-hosted server", () => {
  const world = openWorld({ vydon: { cloud: false } });
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
    expect(preset).toMatchObject({ url: "localhost:7233", namespace: "default" });
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

  it("a key owns the teams that it makes", async () => {
    const { accountId } = await team(world);
    const rpc = world.vydon(world.server.vydon.apiKey(accountId));
    const own = await rpc.createTeamAccount({ name: "second" });
    expect((await rpc.isUserInAccount({ accountId: own.accountId })).ok).toBe(true);
    const other = world.vydon(world.server.vydon.apiKey(own.accountId));
    expect((await other.getTeamAccountMembers({ accountId: own.accountId })).users).toEqual([]);
  });

  it("without a temporal config, it goes back to the defaults; it takes somebody who may edit", async () => {
    const { ada, accountId } = await team(world);
    const { config: preset } = await ada.rpc.getAccountTemporalConfig({ accountId });
    await ada.rpc.setAccountTemporalConfig({ accountId, config });
    expect((await ada.rpc.setAccountTemporalConfig({ accountId })).config).toEqual(preset);
    expect((await ada.rpc.getAccountTemporalConfig({ accountId })).config).toEqual(preset);
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
