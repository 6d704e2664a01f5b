import { Code } from "@connectrpc/connect";
import { AccountRole, UserAccountType } from "tenantry/proto/vydon";
import { describe, expect, it } from "vitest";
import { connectErrorOf, openWorld } from "../world.js";
import { createTeam, join, person, unknownId } from "./teams.js";

// Accounts and their settings.

describe("Vydon's accounts in the cloud", () => {
  const world = openWorld();

  it("GetUserAccounts returns the caller's accounts", async () => {
    const { ada, accountId } = await createTeam(world);
    const { accountId: personalId } = await ada.rpc.setPersonalAccount({});
    await person(world, "grace").rpc.createTeamAccount({ name: "other" });
    expect((await ada.rpc.getUserAccounts({})).accounts).toMatchObject([
      { id: accountId, name: "acme", type: UserAccountType.TEAM, hasStripeCustomerId: true },
      { id: personalId, name: "personal", type: UserAccountType.PERSONAL, hasStripeCustomerId: false },
    ]);
    const key = world.vydon(world.server.vydon.apiKey(accountId));
    expect((await key.getUserAccounts({})).accounts.map(({ id }) => id)).toEqual([accountId]);
  });

  it("SetPersonalAccount creates a personal account, and returns the same account when called again", async () => {
    const ada = person(world, "ada");
    const { accountId } = await ada.rpc.setPersonalAccount({});
    expect((await ada.rpc.setPersonalAccount({})).accountId).toBe(accountId);
    expect((await ada.rpc.getUserAccounts({})).accounts).toMatchObject([{ id: accountId, name: "personal" }]);
    await ada.rpc.setAccountOnboardingConfig({ accountId, config: { hasCompletedOnboarding: true } });
  });

  it("CreateTeamAccount makes the caller its admin, and returns the URL of a checkout session", async () => {
    const { ada, accountId } = await createTeam(world);
    const { users } = await ada.rpc.getTeamAccountMembers({ accountId });
    expect(users).toMatchObject([{ id: ada.userId, role: AccountRole.ADMIN }]);
    const { checkoutSessionUrl } = await ada.rpc.createTeamAccount({ name: "second" });
    expect(checkoutSessionUrl).toMatch(/^https:\/\//);
  });

  it.each(["ab", "Acme", "my team", "a".repeat(101), ""])(
    "CreateTeamAccount fails with invalid_argument for the name %j",
    async (name) => {
      const error = await connectErrorOf(person(world, "ada").rpc.createTeamAccount({ name }));
      expect(error.code).toBe(Code.InvalidArgument);
    },
  );

  it("CreateTeamAccount fails with already_exists for the name of another account of the caller, ignoring case", async () => {
    const { ada } = await createTeam(world);
    expect((await connectErrorOf(ada.rpc.createTeamAccount({ name: "acme" }))).code).toBe(Code.AlreadyExists);
    await person(world, "grace").rpc.createTeamAccount({ name: "acme" });
    world.server.seed({ vydon: { accounts: [{ name: "LOUD", members: [{ email: ada.email }] }] } });
    expect((await connectErrorOf(ada.rpc.createTeamAccount({ name: "loud" }))).code).toBe(Code.AlreadyExists);
  });

  it("an API key can create accounts but has no access to them, and CreateTeamAccount fails because keys have no email", async () => {
    const { accountId } = await createTeam(world);
    const rpc = world.vydon(world.server.vydon.apiKey(accountId));
    const personal = await rpc.setPersonalAccount({});
    const error = await connectErrorOf(rpc.createTeamAccount({ name: "second" }));
    expect(error).toMatchObject({
      code: Code.Unknown,
      rawMessage: expect.stringContaining("unable to retrieve user email from auth token"),
    });
    expect((await rpc.getUserAccounts({})).accounts).toMatchObject([
      { id: accountId, name: "acme" },
      { id: personal.accountId, name: "personal" },
      { name: "second", hasStripeCustomerId: false },
    ]);
    expect((await connectErrorOf(rpc.getAccountStatus({ accountId: personal.accountId }))).rawMessage).toBe(
      "api key is not valid for account",
    );
  });

  it("CreateTeamAccount fails if the billing provider does, but keeps the team, in which the caller has no role", async () => {
    const ada = person(world, "ada");
    world.server.vydon.refuseBilling();
    const error = await connectErrorOf(ada.rpc.createTeamAccount({ name: "acme" }));
    expect(error).toMatchObject({
      code: Code.Unknown,
      rawMessage: expect.stringMatching(/^unable to upsert stripe customer id after account creation: /),
    });
    const { accounts } = await ada.rpc.getUserAccounts({});
    expect(accounts).toMatchObject([{ name: "acme", hasStripeCustomerId: false }]);
    const accountId = accounts[0]?.id ?? "";
    expect((await connectErrorOf(ada.rpc.getTeamAccountMembers({ accountId }))).rawMessage).toBe(
      "user does not have permission to view account",
    );
    await ada.rpc.createTeamAccount({ name: "second" });
  });

  it("a converted account keeps its admin if the billing provider refuses it", async () => {
    const ada = person(world, "ada");
    const { accountId } = await ada.rpc.setPersonalAccount({});
    world.server.vydon.refuseBilling();
    expect(await connectErrorOf(ada.rpc.convertPersonalToTeamAccount({ name: "acme" }))).toMatchObject({
      code: Code.Unknown,
      rawMessage: expect.stringMatching(/^unable to upsert stripe customer id after account creation: /),
    });
    const { accounts } = await ada.rpc.getUserAccounts({});
    expect(accounts).toMatchObject([
      { id: accountId, name: "acme", type: UserAccountType.TEAM, hasStripeCustomerId: false },
      { name: "personal", type: UserAccountType.PERSONAL },
    ]);
    for (const { id } of accounts) await ada.rpc.setAccountOnboardingConfig({ accountId: id });
  });

  it("SetPersonalAccount makes the caller the account's admin again", async () => {
    const ada = person(world, "ada");
    const { accountId } = await ada.rpc.setPersonalAccount({});
    await ada.rpc.setUserRole({ accountId, userId: ada.userId, role: AccountRole.JOB_VIEWER });
    expect((await connectErrorOf(ada.rpc.setAccountOnboardingConfig({ accountId }))).code).toBe(
      Code.PermissionDenied,
    );
    await ada.rpc.setPersonalAccount({});
    await ada.rpc.setAccountOnboardingConfig({ accountId });
  });

  it("ConvertPersonalToTeamAccount keeps the account's id, and creates a new personal account", async () => {
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

  it("ConvertPersonalToTeamAccount with an account id converts that account", async () => {
    const ada = person(world, "ada");
    const { accountId } = await ada.rpc.setPersonalAccount({});
    expect((await ada.rpc.convertPersonalToTeamAccount({ name: "acme", accountId })).accountId).toBe(
      accountId,
    );
  });

  it("ConvertPersonalToTeamAccount fails for an account that is not the caller's personal account", async () => {
    const { ada, accountId } = await createTeam(world);
    const { rpc } = person(world, "grace");
    const graces = await rpc.setPersonalAccount({});
    const convert = (id: string) =>
      connectErrorOf(ada.rpc.convertPersonalToTeamAccount({ name: "new-team", accountId: id }));
    for (const id of [graces.accountId, unknownId]) {
      const text = "user is not in the provided account";
      expect(await convert(id)).toMatchObject({ code: Code.NotFound, rawMessage: text });
    }
    const text = "account is not a personal account";
    expect(await convert(accountId)).toMatchObject({ code: Code.NotFound, rawMessage: text });
    const none = await connectErrorOf(ada.rpc.convertPersonalToTeamAccount({ name: "new-team" }));
    expect(none.code).toBe(Code.Unknown);
  });

  it("ConvertPersonalToTeamAccount fails for a name that is taken or invalid, and changes nothing", async () => {
    const { ada } = await createTeam(world);
    await ada.rpc.setPersonalAccount({});
    const before = await ada.rpc.getUserAccounts({});
    expect((await connectErrorOf(ada.rpc.convertPersonalToTeamAccount({ name: "acme" }))).code).toBe(
      Code.AlreadyExists,
    );
    expect((await connectErrorOf(ada.rpc.convertPersonalToTeamAccount({ name: "A" }))).code).toBe(
      Code.InvalidArgument,
    );
    expect(await ada.rpc.getUserAccounts({})).toEqual(before);
  });

  it("IsUserInAccount returns whether the caller is in the account, and false for an unknown account", async () => {
    const { ada, accountId } = await createTeam(world);
    const isUserInAccount = async (session = ada.session, id = accountId) =>
      (await world.vydon(session).isUserInAccount({ accountId: id })).ok;
    expect(await isUserInAccount()).toBe(true);
    expect(await isUserInAccount(ada.session, unknownId)).toBe(false);
    expect(await isUserInAccount(person(world, "grace").session)).toBe(false);
    expect(await isUserInAccount(world.server.vydon.apiKey(accountId))).toBe(true);
    expect(await isUserInAccount(world.server.vydon.apiKey(accountId), unknownId)).toBe(false);
    expect(await isUserInAccount(ada.session, accountId.toUpperCase())).toBe(true);
    expect(await isUserInAccount(world.server.vydon.apiKey(accountId), accountId.toUpperCase())).toBe(true);
  });

  it("GetAccountOnboardingConfig returns an empty config until SetAccountOnboardingConfig sets it", async () => {
    const { ada, accountId } = await createTeam(world);
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

  it("GetAccountTemporalConfig and SetAccountTemporalConfig fail with unimplemented", async () => {
    const { ada, accountId } = await createTeam(world);
    const config = { url: "temporal:7233", namespace: "acme", syncJobQueueName: "jobs" };
    expect(await connectErrorOf(ada.rpc.getAccountTemporalConfig({ accountId }))).toMatchObject({
      code: Code.Unimplemented,
      rawMessage: "not enabled in Vydon Cloud",
    });
    expect((await connectErrorOf(ada.rpc.setAccountTemporalConfig({ accountId, config }))).code).toBe(
      Code.Unimplemented,
    );
  });
});

describe("Vydon's accounts on a self-hosted server", () => {
  const world = openWorld({ strict: true, vydon: { cloud: false } });
  const config = { url: "temporal:7233", namespace: "acme", syncJobQueueName: "jobs" };

  it("CreateTeamAccount and ConvertPersonalToTeamAccount return no checkout session", async () => {
    const ada = person(world, "ada");
    expect((await ada.rpc.createTeamAccount({ name: "acme" })).checkoutSessionUrl).toBeUndefined();
    await ada.rpc.setPersonalAccount({});
    const converted = await ada.rpc.convertPersonalToTeamAccount({ name: "second" });
    expect(converted.checkoutSessionUrl).toBeUndefined();
    const { accounts } = await ada.rpc.getUserAccounts({});
    expect(accounts.map(({ hasStripeCustomerId }) => hasStripeCustomerId)).toEqual([false, false, false]);
  });

  it("GetAccountTemporalConfig returns defaults until SetAccountTemporalConfig sets the config", async () => {
    const { ada, accountId } = await createTeam(world);
    const { config: preset } = await ada.rpc.getAccountTemporalConfig({ accountId });
    expect(preset).toMatchObject({ url: "localhost:7233", namespace: "default" });
    expect((await ada.rpc.setAccountTemporalConfig({ accountId, config })).config).toMatchObject(config);
    expect((await ada.rpc.getAccountTemporalConfig({ accountId })).config).toMatchObject(config);
  });

  it.each(["url", "namespace", "syncJobQueueName"])(
    "SetAccountTemporalConfig fails with invalid_argument if %s is empty",
    async (field) => {
      const { ada, accountId } = await createTeam(world);
      const error = await connectErrorOf(
        ada.rpc.setAccountTemporalConfig({ accountId, config: { ...config, [field]: "" } }),
      );
      expect(error.code).toBe(Code.InvalidArgument);
    },
  );

  it("an API key has access to the teams that it creates", async () => {
    const { accountId } = await createTeam(world);
    const rpc = world.vydon(world.server.vydon.apiKey(accountId));
    const own = await rpc.createTeamAccount({ name: "second" });
    expect((await rpc.isUserInAccount({ accountId: own.accountId })).ok).toBe(true);
    const other = world.vydon(world.server.vydon.apiKey(own.accountId));
    expect((await other.getTeamAccountMembers({ accountId: own.accountId })).users).toEqual([]);
  });

  it("ConvertPersonalToTeamAccount by an API key of a personal account returns the personal account that the key has already", async () => {
    const { accountId } = await person(world, "ada").rpc.setPersonalAccount({});
    const rpc = world.vydon(world.server.vydon.apiKey(accountId));
    const own = await rpc.setPersonalAccount({});
    expect(await rpc.convertPersonalToTeamAccount({ name: "acme" })).toMatchObject({
      accountId,
      newPersonalAccountId: own.accountId,
    });
    expect((await rpc.getUserAccounts({})).accounts.map(({ id, name }) => [id, name])).toEqual([
      [accountId, "acme"],
      [own.accountId, "personal"],
    ]);
  });

  it("SetAccountTemporalConfig without a config restores the defaults", async () => {
    const { ada, accountId } = await createTeam(world);
    const { config: preset } = await ada.rpc.getAccountTemporalConfig({ accountId });
    await ada.rpc.setAccountTemporalConfig({ accountId, config });
    expect((await ada.rpc.setAccountTemporalConfig({ accountId })).config).toEqual(preset);
    expect((await ada.rpc.getAccountTemporalConfig({ accountId })).config).toEqual(preset);
  });

  it("GetAccountTemporalConfig succeeds for every member, and SetAccountTemporalConfig only for those who may edit", async () => {
    const { ada, accountId } = await createTeam(world);
    const grace = await join(world, {
      admin: ada,
      accountId,
      name: "grace",
      role: AccountRole.JOB_DEVELOPER,
    });
    await grace.rpc.getAccountTemporalConfig({ accountId });
    const error = await connectErrorOf(grace.rpc.setAccountTemporalConfig({ accountId, config }));
    expect(error.rawMessage).toBe("user does not have permission to edit account");
    const stranger = await connectErrorOf(person(world, "eve").rpc.getAccountTemporalConfig({ accountId }));
    expect(stranger.rawMessage).toBe("user is not in account");
  });
});
