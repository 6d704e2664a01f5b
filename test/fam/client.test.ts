import {
  AlreadyExistsError,
  FailedPreconditionError,
  FamClient,
  InvalidArgumentError,
  NotFoundError,
  PermissionDeniedError,
  UnauthenticatedError,
} from "tenantry";
import { getCardInfo } from "tenantry/fam/methods";
import { createMockServer } from "tenantry/mock";
import { describe, expect, it } from "vitest";

/** Creates a server with an account that Ada owns. */
async function createAccount() {
  const server = createMockServer();
  const session = server.fam.signIn({ email: "ada@example.com" });
  const ada = new FamClient(session.connect());
  const account = await ada.accounts.create({ name: "Acme" });
  return { server, ada, session, account, accountId: account.id };
}

describe("FamClient.accounts", () => {
  it("create(), get(), update() and delete() an account", async () => {
    const { server, ada } = await createAccount();
    const created = await ada.accounts.create({ name: "Agency", type: "agency" });
    expect(created).toEqual({
      id: expect.any(String),
      hierarchy: [created.id],
      name: "Agency",
      type: "agency",
      status: "unverified",
      createdAt: new Date(server.clock.now()),
    });
    server.clock.advance("1d");
    const renamed = await ada.accounts.update(created.id, { name: "The Agency" });
    expect(renamed).toEqual({ ...created, name: "The Agency", updatedAt: new Date(server.clock.now()) });
    server.fam.verify(created.id, "pending");
    expect(await ada.accounts.get(created.id)).toEqual({ ...renamed, status: "pending" });
    await ada.accounts.delete(created.id);
    await expect(ada.accounts.get(created.id)).rejects.toBeInstanceOf(NotFoundError);
    await expect(ada.accounts.delete(created.id)).rejects.toBeInstanceOf(NotFoundError);
  });

  it("list() returns accounts with the caller's permissions in each", async () => {
    const { ada, session, accountId } = await createAccount();
    const [access] = await ada.accounts.list().toArray();
    expect(access).toEqual({
      id: accountId,
      name: "Acme",
      type: "ad_account",
      permissions: expect.arrayContaining(["account.delete", "members.invite"]),
    });
    expect(await ada.accounts.permissions()).toEqual({
      userId: session.userId,
      accounts: [access],
      rootPermissions: [],
    });
  });

  it("get() rejects with PermissionDeniedError without a relation to the account", async () => {
    const { server, accountId } = await createAccount();
    const grace = new FamClient(server.fam.signIn({ email: "grace@example.com" }).connect());
    await expect(grace.accounts.get(accountId)).rejects.toBeInstanceOf(PermissionDeniedError);
    expect(await grace.accounts.list().toArray()).toEqual([]);
  });
});

describe("FamClient.members and FamClient.invites", () => {
  it("invites.create() and accept() add a member to an account", async () => {
    const { server, ada, session, accountId } = await createAccount();
    const invite = await ada.invites.create(accountId, { email: "grace@example.com", relations: ["admin"] });
    expect(invite).toEqual({
      id: expect.any(String),
      accountId,
      email: "grace@example.com",
      relations: ["admin"],
      status: "pending",
      inviterUserId: session.userId,
      expiresAt: new Date(server.clock.now() + 7 * 86_400_000),
      createdAt: new Date(server.clock.now()),
    });
    expect(await ada.invites.list(accountId).toArray()).toEqual([invite]);

    const visitor = new FamClient({ ...session.connect(), auth: undefined });
    const token = server.fam.inviteToken(invite.id);
    const tokens = await visitor.invites.accept({ token, password: "correct horse" });
    const grace = new FamClient({ ...session.connect(), auth: tokens.accessToken });
    const { userId } = await grace.accounts.permissions();
    expect(await ada.members.list(accountId).toArray()).toEqual([
      { userId: session.userId, relations: ["owner"] },
      { userId, relations: ["admin"] },
    ]);
    await expect(
      ada.invites.create(accountId, { email: "grace@example.com", relations: ["admin"] }),
    ).rejects.toBeInstanceOf(AlreadyExistsError);
    await expect(ada.invites.revoke(accountId, invite.id)).rejects.toBeInstanceOf(FailedPreconditionError);
  });

  it("invites.create() rejects a list of relations without an item", async () => {
    const { ada, accountId } = await createAccount();
    const invite = { email: "grace@example.com", relations: [] };
    await expect(ada.invites.create(accountId, invite)).rejects.toThrow("relations must not be empty");
  });

  it("invites.revoke() revokes an invite", async () => {
    const { ada, accountId } = await createAccount();
    const { id } = await ada.invites.create(accountId, { email: "grace@example.com", relations: ["admin"] });
    await ada.invites.revoke(accountId, id);
    await ada.invites.revoke(accountId, id);
    expect(await ada.invites.list(accountId).first()).toMatchObject({ id, status: "revoked" });
  });
});

describe("FamClient.billing", () => {
  it("setupPaymentMethod() adds cards, and setPrimaryCard() selects one", async () => {
    const { ada, accountId } = await createAccount();
    const { paymentConfigurationId } = await ada.billing.getPaymentConfiguration(accountId);
    for (const _ of ["first", "second"]) {
      const { clientSecret } = await ada.billing.setupPaymentMethod(paymentConfigurationId);
      expect(clientSecret).toMatch(/^seti_/);
    }
    const [first, second] = await ada.billing.listCards(paymentConfigurationId).toArray();
    expect(first).toEqual({
      paymentMethodId: expect.stringMatching(/^pm_/),
      brand: "visa",
      last4: "4242",
      expMonth: 12,
      expYear: 2029,
      name: "Ada",
      primary: true,
    });
    await ada.billing.setPrimaryCard(paymentConfigurationId, second?.paymentMethodId ?? "");
    const cards = await ada.billing.listCards(paymentConfigurationId).toArray();
    expect(cards.map(({ primary }) => primary)).toEqual([false, true]);
  });
});

describe("FamClient", () => {
  it("withOptions() keeps the token and the services", async () => {
    const names = { accounts: "ads.Accounts", members: "ads.Members", billing: "ads.Billing" };
    const server = createMockServer({ fam: { services: names } });
    const ada = new FamClient(server.fam.signIn({ email: "ada@example.com" }).connect());
    const other = ada.withOptions({ timeoutMs: 300_000 }).withOptions({ retry: false });
    const { id } = await other.accounts.create({ name: "Acme" });
    expect(await other.members.list(id).toArray()).toHaveLength(1);
    await other.billing.getPaymentConfiguration(id);
  });

  it("call() calls any RPC, with the same errors", async () => {
    const { ada, accountId } = await createAccount();
    const { paymentConfigurationId } = await ada.billing.getPaymentConfiguration(accountId);
    expect(await ada.call(getCardInfo, { paymentConfigurationId })).toEqual({});
    await expect(ada.call(getCardInfo, {})).rejects.toBeInstanceOf(InvalidArgumentError);
  });

  it("throws without a `baseUrl`", () => {
    // @ts-expect-error an address is needed
    expect(() => new FamClient({ auth: "token" })).toThrow("baseUrl is missing");
  });

  it("rejects with UnauthenticatedError if the token has expired", async () => {
    const server = createMockServer();
    const session = server.fam.signIn({ email: "ada@example.com", expiresIn: "15m" });
    server.clock.advance("15m");
    const client = new FamClient(session.connect());
    await expect(client.accounts.list()).rejects.toBeInstanceOf(UnauthenticatedError);
  });

  it("retries only calls that are safe to retry", async () => {
    const { server, ada, accountId } = await createAccount();
    const attempts = async (
      method: Parameters<typeof server.calls.of>[0],
      call: () => PromiseLike<unknown>,
    ) => {
      const fault = server.faults.inject({ method, code: "unavailable" });
      await call().then(undefined, () => {});
      fault.remove();
      return fault.hits;
    };
    const email = "grace@example.com";
    const { id } = await ada.invites.create(accountId, { email, relations: ["admin"] });
    expect(await attempts("fam.GetAccount", () => ada.accounts.get(accountId))).toBe(4);
    expect(await attempts("UpdateAccount", () => ada.accounts.update(accountId, { name: "Acme" }))).toBe(4);
    expect(await attempts("ListMyPermissions", () => ada.accounts.list())).toBe(4);
    expect(await attempts("ListAccountMembers", () => ada.members.search(accountId))).toBe(4);
    expect(await attempts("RevokeInvitation", () => ada.invites.revoke(accountId, id))).toBe(4);
    expect(await attempts("CreateAccount", () => ada.accounts.create({ name: "Other" }))).toBe(1);
    expect(await attempts("fam.DeleteAccount", () => ada.accounts.delete(accountId))).toBe(1);
    expect(await attempts("AcceptInvitation", () => ada.invites.accept({ token: "t" }))).toBe(1);
    expect(await attempts("SetupPaymentMethod", () => ada.billing.setupPaymentMethod("1"))).toBe(1);
  });
});
