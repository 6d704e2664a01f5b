import { Code } from "@connectrpc/connect";
import { describe, expect, it } from "vitest";
import { connectErrorOf, openWorld } from "../world.js";
import { createAccount, person, seedAgency, ulid, unknownId } from "./people.js";

// The payment configurations and cards of FAM's accounts.

describe("FAM's billing", () => {
  const world = openWorld({ strict: true });

  async function paying() {
    const { ada, accountId } = await createAccount(world);
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
    world.server.fam.signIn({ email: "ada@example.com", firstName: "Ada", lastName: "Lovelace" });
    const { ada, paymentConfigurationId, cards } = await paying();
    const first = await ada.rpc.billing.setupPaymentMethod({ paymentConfigurationId });
    const second = await ada.rpc.billing.setupPaymentMethod({ paymentConfigurationId });
    expect(first.clientSecret).toMatch(/^seti_.+_secret_.+$/);
    expect(second.clientSecret).not.toBe(first.clientSecret);
    expect(await cards()).toMatchObject([
      { brand: "visa", last4: "4242", expMonth: 12n, expYear: 2029n, name: "Ada Lovelace", primary: true },
      { primary: false },
    ]);
  });

  it("SetPrimaryCard makes one card primary and the others not primary", async () => {
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

  it("SetPrimaryCard moves the mark between several cards, and keeps it after a call that fails", async () => {
    const { ada, accountId, paymentConfigurationId, cards } = await paying();
    const ids = ["1111", "2222", "3333", "4444"].map(
      (last4) => world.server.fam.addCard(accountId, { last4 }).id,
    );
    const primary = async () =>
      (await cards()).flatMap(({ primary, paymentMethodId }) => (primary ? [paymentMethodId] : []));
    expect(await primary()).toEqual(ids.slice(0, 1));
    for (const paymentMethodId of [...ids.toReversed(), ...ids]) {
      await ada.rpc.billing.setPrimaryCard({ paymentConfigurationId, paymentMethodId });
      expect(await primary()).toEqual([paymentMethodId]);
    }
    const request = { paymentConfigurationId, paymentMethodId: "pm_unknown" };
    expect((await connectErrorOf(ada.rpc.billing.setPrimaryCard(request))).code).toBe(Code.NotFound);
    expect(await primary()).toEqual(ids.slice(3));
    expect((await cards()).map(({ last4 }) => last4)).toEqual(["1111", "2222", "3333", "4444"]);
  });

  it("SetPrimaryCard does not change the cards of another account", async () => {
    const { ada, accountId, paymentConfigurationId } = await paying();
    const other = await ada.rpc.accounts.createAccount({ name: "Other" });
    world.server.fam.addCard(other.id);
    world.server.fam.addCard(accountId);
    const { id } = world.server.fam.addCard(accountId);
    await ada.rpc.billing.setPrimaryCard({ paymentConfigurationId, paymentMethodId: id });
    const config = await ada.rpc.billing.getPaymentConfigByAccountID({ accountId: other.id });
    const request = { paymentConfigurationId: config.paymentConfigurationId };
    const { cards } = await ada.rpc.billing.getCardInfo(request);
    expect(cards.map(({ primary }) => primary)).toEqual([true]);
  });

  it("SetPrimaryCard fails with not_found for an unknown card or another account's card", async () => {
    const { ada, paymentConfigurationId } = await paying();
    const other = await ada.rpc.accounts.createAccount({ name: "Other" });
    const { id } = world.server.fam.addCard(other.id);
    for (const paymentMethodId of [id, "pm_unknown"]) {
      const error = await connectErrorOf(
        ada.rpc.billing.setPrimaryCard({ paymentConfigurationId, paymentMethodId }),
      );
      expect(error.code).toBe(Code.NotFound);
    }
  });

  it("calls fail with not_found for an unknown payment configuration, and with permission_denied for another person's", async () => {
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
      ].map(connectErrorOf)) {
        expect((await refused).code).toBe(code);
      }
    }
  });

  it("the owner of an agency may set up payment for the accounts below it", async () => {
    const { ada, accountId } = seedAgency(world);
    const { paymentConfigurationId } = await ada.rpc.billing.getPaymentConfigByAccountID({ accountId });
    await ada.rpc.billing.setupPaymentMethod({ paymentConfigurationId });
    const { cards } = await ada.rpc.billing.getCardInfo({ paymentConfigurationId });
    expect(cards.map(({ name }) => name)).toEqual(["Ada"]);
  });
});
