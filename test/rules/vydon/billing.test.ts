import { timestampMs } from "@bufbuild/protobuf/wkt";
import { Code } from "@connectrpc/connect";
import { AccountRole, AccountStatus, BillingStatus } from "tenantry/proto/vydon";
import { describe, expect, it } from "vitest";
import { connectErrorOf, openWorld } from "../world.js";
import { createTeam, join, person, unknownId } from "./teams.js";

const day = 24 * 3_600_000;

// Trials, subscriptions, checkout, and a self-hosted server without billing.

describe("Vydon's billing in the cloud", () => {
  const world = openWorld();

  async function statusOf(accountId: string) {
    const rpc = world.vydon(world.server.vydon.apiKey(accountId));
    const { subscriptionStatus } = await rpc.getAccountStatus({ accountId });
    const { isValid, accountStatus, reason, trialExpiresAt, shouldPoll } = await rpc.isAccountStatusValid({
      accountId,
    });
    const trialEnds = trialExpiresAt && timestampMs(trialExpiresAt);
    return { subscriptionStatus, isValid, accountStatus, reason, trialEnds, shouldPoll };
  }

  const active = {
    subscriptionStatus: BillingStatus.ACTIVE,
    isValid: true,
    accountStatus: AccountStatus.REASON_UNSPECIFIED,
    reason: "",
    trialEnds: undefined,
    shouldPoll: false,
  };
  const trialExpired = {
    subscriptionStatus: BillingStatus.TRIAL_EXPIRED,
    isValid: false,
    accountStatus: AccountStatus.ACCOUNT_TRIAL_EXPIRED,
    reason: "The trial period has ended, visit the billing page to activate your subscription.",
    trialEnds: undefined,
    shouldPoll: false,
  };
  const expired = {
    ...trialExpired,
    subscriptionStatus: BillingStatus.EXPIRED,
    accountStatus: AccountStatus.ACCOUNT_IN_EXPIRED_STATE,
    reason: "Account is currently in expired state, visit the billing page to activate your subscription.",
  };
  const trialActive = (created: number) => ({
    subscriptionStatus: BillingStatus.TRIAL_ACTIVE,
    isValid: true,
    accountStatus: AccountStatus.ACCOUNT_TRIAL_ACTIVE,
    reason: "",
    trialEnds: created + 14 * day,
    shouldPoll: false,
  });

  it.each(["a personal account", "a team without subscription"])(
    "%s is on trial for 14 days",
    async (kind) => {
      const ada = person(world, "ada");
      const { accountId } = kind.startsWith("a team")
        ? await ada.rpc.createTeamAccount({ name: "acme" })
        : await ada.rpc.setPersonalAccount({});
      const created = world.server.clock.now();
      expect(await statusOf(accountId)).toEqual(trialActive(created));
      world.server.clock.advance(14 * day - 1);
      expect(await statusOf(accountId)).toEqual(trialActive(created));
      world.server.clock.advance(1);
      expect(await statusOf(accountId)).toEqual(trialExpired);
    },
  );

  it("a subscription makes the account active during the trial and after it", async () => {
    const { accountId } = await createTeam(world);
    world.server.vydon.subscribe(accountId);
    expect(await statusOf(accountId)).toEqual(active);
    world.server.clock.advance("15d");
    expect(await statusOf(accountId)).toEqual(active);
  });

  it("an account with an unpaid subscription is on trial, and expires when the trial ends", async () => {
    const { accountId } = await createTeam(world);
    const created = world.server.clock.now();
    world.server.vydon.setSubscription(accountId, "unpaid");
    expect(await statusOf(accountId)).toEqual(trialActive(created));
    world.server.clock.advance("14d");
    expect(await statusOf(accountId)).toEqual(expired);
    world.server.vydon.setSubscription(accountId, "past_due");
    expect(await statusOf(accountId)).toEqual(active);
    world.server.vydon.setSubscription(accountId, "none");
    expect(await statusOf(accountId)).toEqual(trialExpired);
  });

  it("server.vydon.removeBillingCustomer() removes the billing customer, and ageAccount() ends the trial", async () => {
    const { ada, accountId } = await createTeam(world);
    const created = world.server.clock.now();
    world.server.vydon.setSubscription(accountId, "active");
    world.server.vydon.removeBillingCustomer(accountId);
    expect(await statusOf(accountId)).toEqual(trialActive(created));
    world.server.vydon.ageAccount(accountId, 15);
    expect(await statusOf(accountId)).toEqual(trialExpired);
    expect(() => world.server.vydon.setSubscription(accountId, "active")).toThrow("has no billing customer");
    await ada.rpc.getAccountBillingCheckoutSession({ accountId });
    expect(await statusOf(accountId)).toEqual(trialExpired);
  });

  it("an account without a billing customer has only its trial, with any subscription", async () => {
    world.server.seed({ vydon: { accounts: [{ name: "acme", billed: false, subscription: "active" }] } });
    const { id: accountId, createdAt } = world.server.vydon.account("acme");
    expect(await statusOf(accountId)).toEqual(trialActive(createdAt));
    world.server.vydon.subscribe(accountId);
    expect(await statusOf(accountId)).toEqual(active);
  });

  it("a later payment or status replaces a pending payment, and keeps the billing customer", async () => {
    const { accountId } = await createTeam(world);
    world.server.clock.advance("14d");
    const { stripeCustomerId } = world.server.vydon.account(accountId);
    world.server.vydon.subscribe(accountId, { settlesIn: "30s" });
    world.server.vydon.subscribe(accountId);
    expect(await statusOf(accountId)).toEqual(active);
    world.server.vydon.subscribe(accountId, { settlesIn: "30s" });
    world.server.vydon.setSubscription(accountId, "unpaid");
    world.server.clock.advance("30s");
    expect(await statusOf(accountId)).toEqual(expired);
    expect(world.server.vydon.account(accountId).stripeCustomerId).toBe(stripeCustomerId);
    world.server.vydon.subscribe(accountId, { settlesIn: "30s" });
    world.server.vydon.removeBillingCustomer(accountId);
    expect(await statusOf(accountId)).toEqual(trialExpired);
  });

  it("IsAccountStatusValid accepts a worker key for every account, and fails if there is none", async () => {
    const { accountId } = await createTeam(world);
    const worker = world.vydon(world.server.vydon.workerKey());
    expect(await worker.isAccountStatusValid({ accountId })).toMatchObject({ isValid: true });
    expect(await connectErrorOf(worker.isAccountStatusValid({ accountId: unknownId }))).toMatchObject({
      code: Code.Unknown,
      rawMessage: "unable to retrieve account: no rows in result set",
    });
  });

  it("IsAccountStatusValid returns the old status while a payment is pending, without shouldPoll", async () => {
    const { accountId } = await createTeam(world);
    world.server.clock.advance("14d");
    world.server.vydon.subscribe(accountId, { settlesIn: "30s" });
    expect(await statusOf(accountId)).toEqual(trialExpired);
    world.server.clock.advance("30s");
    expect(await statusOf(accountId)).toEqual(active);
  });

  it("GetAccountStatus and IsAccountStatusValid fail if the billing provider does, for billing customers only", async () => {
    const { ada, accountId } = await createTeam(world);
    const personal = await ada.rpc.setPersonalAccount({});
    world.server.vydon.refuseBilling({ times: 2 });
    await ada.rpc.getAccountStatus({ accountId: personal.accountId });
    for (const call of [
      ada.rpc.getAccountStatus({ accountId }),
      ada.rpc.isAccountStatusValid({ accountId }),
    ]) {
      expect(await connectErrorOf(call)).toMatchObject({
        code: Code.Unknown,
        rawMessage: expect.stringMatching(/^encountered error when retrieving stripe subscriptions: /),
      });
    }
    await ada.rpc.getAccountStatus({ accountId });
  });

  it("GetAccountStatus returns neither the used nor the allowed record count, not even after a meter event", async () => {
    const { ada, accountId } = await createTeam(world);
    const worker = world.vydon(world.server.vydon.workerKey());
    await worker.setBillingMeterEvent({ accountId, eventName: "records", value: "500", eventId: "e1" });
    const status = await ada.rpc.getAccountStatus({ accountId });
    expect(status.usedRecordCount).toBe(0n);
    expect(status.allowedRecordCount).toBeUndefined();
  });

  it("GetAccountBillingCheckoutSession returns a new session each time, and creates a billing customer", async () => {
    const ada = person(world, "ada");
    world.server.seed({
      vydon: { accounts: [{ name: "acme", billed: false, members: [{ email: ada.email }] }] },
    });
    const { id: accountId } = world.server.vydon.account("acme");
    const billed = async () =>
      (await ada.rpc.getUserAccounts({})).accounts.map((account) => account.hasStripeCustomerId);
    expect(await billed()).toEqual([false]);
    const first = await ada.rpc.getAccountBillingCheckoutSession({ accountId });
    const second = await ada.rpc.getAccountBillingCheckoutSession({ accountId });
    expect(first.checkoutSessionUrl).toMatch(/^https:\/\//);
    expect(second.checkoutSessionUrl).not.toBe(first.checkoutSessionUrl);
    expect(await billed()).toEqual([true]);
  });

  it("GetAccountBillingCheckoutSession by an API key fails for a team that is not a billing customer, because keys have no email", async () => {
    const { accountId } = await createTeam(world);
    const key = world.vydon(world.server.vydon.apiKey(accountId));
    await key.getAccountBillingCheckoutSession({ accountId });
    world.server.vydon.removeBillingCustomer(accountId);
    expect(await connectErrorOf(key.getAccountBillingCheckoutSession({ accountId }))).toMatchObject({
      code: Code.Unknown,
      rawMessage:
        "was unable to get account and/or upsert stripe customer id: unable to get stripe customer id: unable to retrieve user email from auth token when creating stripe account",
    });
  });

  it("GetAccountBillingCheckoutSession fails for a personal account", async () => {
    const ada = person(world, "ada");
    const { accountId } = await ada.rpc.setPersonalAccount({});
    const error = await connectErrorOf(ada.rpc.getAccountBillingCheckoutSession({ accountId }));
    expect(error).toMatchObject({
      code: Code.Unknown,
      rawMessage:
        "was unable to get account and/or upsert stripe customer id: unsupported account type may not associate a stripe customer id",
    });
  });

  it("GetAccountBillingCheckoutSession and GetAccountBillingPortalSession fail if the billing provider does", async () => {
    const { ada, accountId } = await createTeam(world);
    const refused = (context: string) =>
      `${context}: {"status":402,"message":"The billing provider refused the request","type":"invalid_request_error"}`;
    for (const [call, context] of [
      [
        () => ada.rpc.getAccountBillingCheckoutSession({ accountId }),
        "unable to generate billing checkout session: unable to create new stripe checkout session",
      ],
      [
        () => ada.rpc.getAccountBillingPortalSession({ accountId }),
        "unable to generate billing portal session",
      ],
    ] as const) {
      world.server.vydon.refuseBilling();
      expect((await connectErrorOf(call())).rawMessage).toBe(refused(context));
    }
  });

  it("GetAccountBillingPortalSession fails with permission_denied without a billing customer", async () => {
    const { ada, accountId } = await createTeam(world);
    expect((await ada.rpc.getAccountBillingPortalSession({ accountId })).portalSessionUrl).toMatch(
      /^https:\/\//,
    );
    const personal = await ada.rpc.setPersonalAccount({});
    const error = await connectErrorOf(
      ada.rpc.getAccountBillingPortalSession({ accountId: personal.accountId }),
    );
    expect(error.code).toBe(Code.PermissionDenied);
  });
});

describe("Vydon's billing on a self-hosted server", () => {
  const world = openWorld({ vydon: { cloud: false } });

  it("GetAccountStatus returns zeros, and IsAccountStatusValid returns true without a trial", async () => {
    const { ada, accountId } = await createTeam(world);
    world.server.clock.advance("51w");
    const status = await ada.rpc.getAccountStatus({ accountId });
    expect(status).toMatchObject({ usedRecordCount: 0n, subscriptionStatus: BillingStatus.UNSPECIFIED });
    expect(status.allowedRecordCount).toBeUndefined();
    const { isValid, reason } = await ada.rpc.isAccountStatusValid({ accountId });
    expect([isValid, reason]).toEqual([true, undefined]);
  });

  it("GetAccountBillingCheckoutSession and GetAccountBillingPortalSession fail with unimplemented", async () => {
    const { ada, accountId } = await createTeam(world);
    expect((await connectErrorOf(ada.rpc.getAccountBillingCheckoutSession({ accountId }))).code).toBe(
      Code.Unimplemented,
    );
    expect((await connectErrorOf(ada.rpc.getAccountBillingPortalSession({ accountId }))).code).toBe(
      Code.Unimplemented,
    );
  });

  it("SetBillingMeterEvent fails for every caller, and worker keys are invalid", async () => {
    const { ada, accountId } = await createTeam(world);
    const worker = world.vydon(world.server.vydon.workerKey());
    const event = { accountId, eventName: "records", value: "1", eventId: "e1" };
    expect(await connectErrorOf(ada.rpc.setBillingMeterEvent(event))).toMatchObject({
      code: Code.PermissionDenied,
      rawMessage: "billing is not currently enabled",
    });
    expect((await connectErrorOf(worker.setBillingMeterEvent(event))).code).toBe(Code.Unauthenticated);
  });

  it("GetBillingAccounts returns an empty list", async () => {
    const { ada, accountId } = await createTeam(world);
    await join(world, { admin: ada, accountId, name: "grace", role: AccountRole.ADMIN });
    expect((await ada.rpc.getBillingAccounts({})).accounts).toEqual([]);
  });
});
