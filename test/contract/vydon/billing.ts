import { timestampMs } from "@bufbuild/protobuf/wkt";
import { Code } from "@connectrpc/connect";
import { describe, expect, it } from "vitest";
import { AccountRole, AccountStatus, BillingStatus } from "../../../gen/mgmt/v1alpha1/user_account_pb.js";
import { openWorld, refusal, type TestedTransport } from "../world.js";
import { join, person, team, unknownId } from "./teams.js";

const day = 24 * 3_600_000;

/** Trials, subscriptions, metering. */
export function billing(tested: TestedTransport): void {
  describe("billing in the cloud", () => {
    const world = openWorld(tested);

    async function standing(accountId: string) {
      const worker = world.vydon(world.server.vydon.workerKey());
      const { subscriptionStatus } = await worker.getAccountStatus({ accountId });
      const { isValid, accountStatus, reason, trialExpiresAt, shouldPoll } =
        await worker.isAccountStatusValid({
          accountId,
        });
      const trialEnds = trialExpiresAt && timestampMs(trialExpiresAt);
      return { subscriptionStatus, isValid, accountStatus, reason, trialEnds, shouldPoll };
    }

    const active = {
      subscriptionStatus: BillingStatus.ACTIVE,
      isValid: true,
      accountStatus: AccountStatus.REASON_UNSPECIFIED,
      reason: undefined,
      trialEnds: undefined,
      shouldPoll: false,
    };
    const trialExpired = {
      subscriptionStatus: BillingStatus.TRIAL_EXPIRED,
      isValid: false,
      accountStatus: AccountStatus.ACCOUNT_TRIAL_EXPIRED,
      reason: expect.stringMatching(/^[A-Z].*\.$/),
      trialEnds: undefined,
      shouldPoll: false,
    };
    const expired = {
      ...trialExpired,
      subscriptionStatus: BillingStatus.EXPIRED,
      accountStatus: AccountStatus.ACCOUNT_IN_EXPIRED_STATE,
    };
    const trialActive = (created: number) => ({
      subscriptionStatus: BillingStatus.TRIAL_ACTIVE,
      isValid: true,
      accountStatus: AccountStatus.ACCOUNT_TRIAL_ACTIVE,
      reason: undefined,
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
        expect(await standing(accountId)).toEqual(trialActive(created));
        world.server.clock.advance(14 * day - 1);
        expect(await standing(accountId)).toEqual(trialActive(created));
        world.server.clock.advance(1);
        expect(await standing(accountId)).toEqual(trialExpired);
      },
    );

    it("a subscription makes the account active, within the trial and after", async () => {
      const { accountId } = await team(world);
      world.server.vydon.subscribe(accountId);
      expect(await standing(accountId)).toEqual(active);
      world.server.clock.advance("15d");
      expect(await standing(accountId)).toEqual(active);
    });

    it("a lapsed subscription falls back to the trial, then expires", async () => {
      const { accountId } = await team(world);
      const created = world.server.clock.now();
      world.server.vydon.subscribe(accountId);
      world.server.vydon.lapse(accountId);
      expect(await standing(accountId)).toEqual(trialActive(created));
      world.server.clock.advance("14d");
      expect(await standing(accountId)).toEqual(expired);
    });

    it("a payment under way should be polled, until it settles", async () => {
      const { accountId } = await team(world);
      world.server.clock.advance("14d");
      world.server.vydon.subscribe(accountId, { settlesIn: "30s" });
      expect(await standing(accountId)).toEqual({ ...trialExpired, shouldPoll: true });
      world.server.clock.advance("30s");
      expect(await standing(accountId)).toEqual(active);
    });

    it("GetAccountStatus counts records, and tells the limit where there is one", async () => {
      const { ada, accountId } = await team(world);
      expect(await ada.rpc.getAccountStatus({ accountId })).toMatchObject({ usedRecordCount: 0n });
      expect((await ada.rpc.getAccountStatus({ accountId })).allowedRecordCount).toBeUndefined();
      world.server.vydon.recordUsage(accountId, 500);
      world.server.vydon.limitUsage(accountId, 20_000);
      expect(await ada.rpc.getAccountStatus({ accountId })).toMatchObject({
        usedRecordCount: 500n,
        allowedRecordCount: 20_000n,
      });
    });

    it("GetAccountBillingCheckoutSession answers a new session each time, and makes a billing customer", async () => {
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

    it("a personal account can't be checked out", async () => {
      const ada = person(world, "ada");
      const { accountId } = await ada.rpc.setPersonalAccount({});
      const error = await refusal(ada.rpc.getAccountBillingCheckoutSession({ accountId }));
      expect(error.code).toBe(Code.PermissionDenied);
    });

    it("GetAccountBillingPortalSession needs a billing customer", async () => {
      const { ada, accountId } = await team(world);
      expect((await ada.rpc.getAccountBillingPortalSession({ accountId })).portalSessionUrl).toMatch(
        /^https:\/\//,
      );
      const personal = await ada.rpc.setPersonalAccount({});
      const error = await refusal(ada.rpc.getAccountBillingPortalSession({ accountId: personal.accountId }));
      expect(error.code).toBe(Code.PermissionDenied);
    });

    it("GetBillingAccounts is for workers, and answers the accounts with a billing customer", async () => {
      const { ada, accountId } = await team(world);
      await ada.rpc.setPersonalAccount({});
      const other = await ada.rpc.createTeamAccount({ name: "other" });
      const worker = world.vydon(world.server.vydon.workerKey());
      const ids = async (accountIds: string[]) =>
        (await worker.getBillingAccounts({ accountIds })).accounts.map(({ id }) => id);
      expect(await ids([])).toEqual([accountId, other.accountId]);
      expect(await ids([other.accountId, unknownId])).toEqual([other.accountId]);
      expect(await ids([unknownId])).toEqual([]);
      for (const rpc of [ada.rpc, world.vydon(world.server.vydon.apiKey(accountId))]) {
        expect((await refusal(rpc.getBillingAccounts({}))).code).toBe(Code.PermissionDenied);
      }
    });

    it("SetBillingMeterEvent counts an event once", async () => {
      const { accountId } = await team(world);
      const worker = world.vydon(world.server.vydon.workerKey());
      const event = {
        accountId,
        eventName: "records",
        value: "100",
        eventId: "e1",
        timestamp: 1_767_225_600n,
      };
      await worker.setBillingMeterEvent(event);
      await worker.setBillingMeterEvent(event);
      await worker.setBillingMeterEvent({ accountId, eventName: "records", value: "20", eventId: "e2" });
      expect(world.server.vydon.meterEvents(accountId)).toEqual([
        { id: "e1", accountId, eventName: "records", value: "100", at: 1_767_225_600_000 },
        { id: "e2", accountId, eventName: "records", value: "20", at: world.server.clock.now() },
      ]);
      expect((await worker.getAccountStatus({ accountId })).usedRecordCount).toBe(120n);
    });

    it("SetBillingMeterEvent is for workers, and for billed accounts", async () => {
      const { ada, accountId } = await team(world);
      const personal = await ada.rpc.setPersonalAccount({});
      const event = { eventName: "records", value: "1", eventId: "e1" };
      const worker = world.vydon(world.server.vydon.workerKey());
      for (const rpc of [ada.rpc, world.vydon(world.server.vydon.apiKey(accountId))]) {
        expect((await refusal(rpc.setBillingMeterEvent({ ...event, accountId }))).code).toBe(
          Code.PermissionDenied,
        );
      }
      const unknown = await refusal(worker.setBillingMeterEvent({ ...event, accountId: unknownId }));
      expect(unknown.code).toBe(Code.NotFound);
      const unbilled = await refusal(
        worker.setBillingMeterEvent({ ...event, accountId: personal.accountId }),
      );
      expect(unbilled.code).toBe(Code.InvalidArgument);
      const nonsense = await refusal(worker.setBillingMeterEvent({ ...event, accountId, value: "many" }));
      expect(nonsense.code).toBe(Code.InvalidArgument);
    });
  });

  describe("billing on a self-hosted server", () => {
    const world = openWorld(tested, { vydon: { cloud: false } });

    it("GetAccountStatus answers zeros, and every account is valid for ever", async () => {
      const { ada, accountId } = await team(world);
      world.server.vydon.recordUsage(accountId, 500);
      world.server.clock.advance("52w");
      const rpc = world.vydon(world.server.vydon.workerKey());
      const status = await rpc.getAccountStatus({ accountId });
      expect(status).toMatchObject({ usedRecordCount: 0n, subscriptionStatus: BillingStatus.UNSPECIFIED });
      expect(status.allowedRecordCount).toBeUndefined();
      expect((await rpc.isAccountStatusValid({ accountId })).isValid).toBe(true);
      expect(ada.userId).not.toBe("");
    });

    it("checkout and portal are not implemented", async () => {
      const { ada, accountId } = await team(world);
      expect((await refusal(ada.rpc.getAccountBillingCheckoutSession({ accountId }))).code).toBe(
        Code.Unimplemented,
      );
      expect((await refusal(ada.rpc.getAccountBillingPortalSession({ accountId }))).code).toBe(
        Code.Unimplemented,
      );
    });

    it("SetBillingMeterEvent is refused to everybody", async () => {
      const { accountId } = await team(world);
      const worker = world.vydon(world.server.vydon.workerKey());
      const event = { accountId, eventName: "records", value: "1", eventId: "e1" };
      expect((await refusal(worker.setBillingMeterEvent(event))).code).toBe(Code.PermissionDenied);
    });

    it("GetBillingAccounts answers none", async () => {
      const { ada, accountId } = await team(world);
      await join(world, { admin: ada, accountId, name: "grace", role: AccountRole.ADMIN });
      expect((await ada.rpc.getBillingAccounts({})).accounts).toEqual([]);
    });
  });
}
