import { Code } from "@connectrpc/connect";
import { describe, expect, it } from "vitest";
import { openWorld, refusal } from "../world.js";
import { owned, person, plantAgency, ulid, unknownId } from "./people.js";

// How FAM's accounts pay.

describe("billing of FAM", () => {
  const world = openWorld();

  async function paying() {
    const { ada, accountId } = await owned(world);
    const { paymentConfigurationId } = await ada.rpc.billing.getPaymentConfigByAccountID({ accountId });
    const cards = async () => (await ada.rpc.billing.getCardInfo({ paymentConfigurationId })).cards;
    return { ada, accountId, paymentConfigurationId, cards };
  }

  it("an account has one payment configuration, at first without cards", async () => {
    const { ada, accountId, paymentConfigurationId, cards } = await paying();
    expect(paymentConfigurationId).toMatch(ulid);
    expect(await ada.rpc.billing.getPaymentConfigByAccountID({ accountId })).toMatchObject({
      paymentConfigurationId,
    });
    expect(await cards()).toEqual([]);
    const other = await ada.rpc.accounts.createAccount({ name: "Other" });
    const another = await ada.rpc.billing.getPaymentConfigByAccountID({ accountId: other.id });
    expect(another.paymentConfigurationId).not.toBe(paymentConfigurationId);
  });

  it("SetupPaymentMethod returns a client secret, and adds a test card", async () => {
    const { ada, paymentConfigurationId, cards } = await paying();
    const first = await ada.rpc.billing.setupPaymentMethod({ paymentConfigurationId });
    const second = await ada.rpc.billing.setupPaymentMethod({ paymentConfigurationId });
    expect(first.clientSecret).toMatch(/^seti_.+_secret_.+$/);
    expect(second.clientSecret).not.toBe(first.clientSecret);
    expect(await cards()).toMatchObject([
      { brand: "visa", last4: "4242", expMonth: 12n, expYear: 2029n, name: "Ada", primary: true },
      { primary: false },
    ]);
  });

  it("SetPrimaryCard moves the flag", async () => {
    const { ada, accountId, paymentConfigurationId, cards } = await paying();
    const card = world.server.fam.addCard(accountId);
    const mastercard = world.server.fam.addCard(accountId, { brand: "mastercard", last4: "4444" });
    const request = { paymentConfigurationId, paymentMethodId: mastercard.id };
    await ada.rpc.billing.setPrimaryCard(request);
    await ada.rpc.billing.setPrimaryCard(request);
    expect(await cards()).toMatchObject([
      { paymentMethodId: card.id, primary: false },
      { paymentMethodId: mastercard.id, brand: "mastercard", last4: "4444", primary: true },
    ]);
  });

  it("SetPrimaryCard finds no card of another account", async () => {
    const { ada, paymentConfigurationId } = await paying();
    const other = await ada.rpc.accounts.createAccount({ name: "Other" });
    const { id } = world.server.fam.addCard(other.id);
    for (const paymentMethodId of [id, "pm_unknown"]) {
      const error = await refusal(
        ada.rpc.billing.setPrimaryCard({ paymentConfigurationId, paymentMethodId }),
      );
      expect(error.code).toBe(Code.NotFound);
    }
  });

  it("an unknown payment configuration is not found, and another's not shown", async () => {
    const { paymentConfigurationId: another } = await paying();
    const { billing } = person(world, "grace").rpc;
    for (const [paymentConfigurationId, code] of [
      [unknownId, Code.NotFound],
      [another, Code.PermissionDenied],
    ] as const) {
      for (const refused of [
        billing.setupPaymentMethod({ paymentConfigurationId }),
        billing.getCardInfo({ paymentConfigurationId }),
        billing.setPrimaryCard({ paymentConfigurationId, paymentMethodId: "pm_1" }),
      ].map(refusal)) {
        expect((await refused).code).toBe(code);
      }
    }
  });

  it("who owns an account above may pay for those below", async () => {
    const { ada, accountId } = plantAgency(world);
    const { paymentConfigurationId } = await ada.rpc.billing.getPaymentConfigByAccountID({ accountId });
    await ada.rpc.billing.setupPaymentMethod({ paymentConfigurationId });
    expect((await ada.rpc.billing.getCardInfo({ paymentConfigurationId })).cards).toHaveLength(1);
  });
});
