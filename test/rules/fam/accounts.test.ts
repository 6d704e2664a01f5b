import { timestampMs } from "@bufbuild/protobuf/wkt";
import { Code } from "@connectrpc/connect";
import { AccountStatus, AccountType } from "tenantry/proto/fam";
import { describe, expect, it } from "vitest";
import { connectErrorOf, openWorld } from "../world.js";
import { createAccount, join, person, seedAgency, ulid } from "./people.js";

// FAM's accounts, and who may read, rename and delete them.

describe("FAM's accounts", () => {
  const world = openWorld({ strict: true });

  it("CreateAccount returns a new, unverified account that the caller owns", async () => {
    const ada = person(world, "ada");
    const account = await ada.rpc.accounts.createAccount({ name: "Acme", type: AccountType.ENTERPRISE });
    expect(account).toMatchObject({
      name: "Acme",
      type: AccountType.ENTERPRISE,
      status: AccountStatus.UNVERIFIED,
    });
    expect(account.id).toMatch(ulid);
    expect(account.hierarchy).toEqual([account.id]);
    expect(account.createdAt && timestampMs(account.createdAt)).toBe(world.server.clock.now());
    const { members } = await ada.rpc.members.listMembers({ accountId: account.id });
    expect(members).toMatchObject([{ userId: ada.userId, relations: ["owner"] }]);
  });

  it("CreateAccount makes every kind of account, and an ad account if the kind is unspecified", async () => {
    const { rpc } = person(world, "ada");
    const { UNSPECIFIED, AD_ACCOUNT, BUSINESS_MANAGER, ENTERPRISE, AGENCY } = AccountType;
    for (const type of [AD_ACCOUNT, BUSINESS_MANAGER, ENTERPRISE, AGENCY]) {
      const { id } = await rpc.accounts.createAccount({ name: "Acme", type });
      expect((await rpc.accounts.getAccount({ id })).account?.type).toBe(type);
    }
    const { type } = await rpc.accounts.createAccount({ name: "Acme", type: UNSPECIFIED });
    expect(type).toBe(AD_ACCOUNT);
  });

  it("GetAccount returns the account, with the status that server.fam.verify() has set", async () => {
    const { ada, account } = await createAccount(world);
    world.server.clock.advance("1h");
    world.server.fam.verify(account.id);
    const response = await ada.rpc.accounts.getAccount({ id: account.id });
    const { updatedAt } = response.account ?? {};
    expect(updatedAt && timestampMs(updatedAt)).toBe(world.server.clock.now());
    expect(response.account).toMatchObject({
      id: account.id,
      hierarchy: [account.id],
      name: "Acme",
      status: AccountStatus.VERIFIED,
    });
  });

  it("UpdateAccount changes the name and sets updated_at", async () => {
    const { ada, account } = await createAccount(world);
    world.server.clock.advance("1h");
    const response = await ada.rpc.accounts.updateAccount({ id: account.id, name: "Acme Labs" });
    expect(response.account).toMatchObject({ name: "Acme Labs", createdAt: account.createdAt });
    const { updatedAt } = response.account ?? {};
    expect(updatedAt && timestampMs(updatedAt)).toBe(world.server.clock.now());
    expect((await ada.rpc.accounts.getAccount({ id: account.id })).account).toEqual(response.account);
  });

  it("reads, UpdateAccount and billing succeed with every relation, and DeleteAccount only for an owner", async () => {
    const { ada, accountId } = await createAccount(world);
    for (const relation of ["member", "admin", "accountant"]) {
      const { rpc } = await join(world, ada, accountId, { name: relation, relations: [relation] });
      await rpc.accounts.getAccount({ id: accountId });
      await rpc.accounts.updateAccount({ id: accountId, name: `Acme of ${relation}` });
      await rpc.members.listMembers({ accountId });
      await rpc.members.listAccountMembers({ accountId, page: 1 });
      await rpc.members.listInvitations({ accountId });
      const { paymentConfigurationId } = await rpc.billing.getPaymentConfigByAccountID({ accountId });
      await rpc.billing.setupPaymentMethod({ paymentConfigurationId });
      const { cards } = await rpc.billing.getCardInfo({ paymentConfigurationId });
      const { paymentMethodId = "" } = cards.at(-1) ?? {};
      await rpc.billing.setPrimaryCard({ paymentConfigurationId, paymentMethodId });
      const error = await connectErrorOf(rpc.accounts.deleteAccount({ id: accountId }));
      expect(error.code).toBe(Code.PermissionDenied);
      const { permissions = [] } = (await rpc.accounts.listMyPermissions({})).accounts[0] ?? {};
      expect(permissions).toContain("account.read");
      expect(permissions.includes("members.invite")).toBe(relation === "admin");
    }
    await ada.rpc.accounts.deleteAccount({ id: accountId });
  });

  it("DeleteAccount also deletes what belongs to the account, and a second call fails with not_found", async () => {
    const { ada, accountId } = await createAccount(world);
    const { paymentConfigurationId } = await ada.rpc.billing.getPaymentConfigByAccountID({ accountId });
    await ada.rpc.members.inviteMember({ accountId, email: "eve@example.com", relations: ["member"] });
    world.server.fam.addCard(accountId);
    const other = await ada.rpc.accounts.createAccount({ name: "Other" });
    await ada.rpc.accounts.deleteAccount({ id: accountId });
    expect((await connectErrorOf(ada.rpc.accounts.deleteAccount({ id: accountId }))).code).toBe(
      Code.NotFound,
    );
    expect((await connectErrorOf(ada.rpc.billing.getCardInfo({ paymentConfigurationId }))).code).toBe(
      Code.NotFound,
    );
    expect((await ada.rpc.accounts.listMyPermissions({})).accounts).toMatchObject([{ accountId: other.id }]);
  });

  it("an account's relations apply to the accounts below it, but not to the account above it", async () => {
    const { ada, agencyId, accountId } = seedAgency(world);
    const { account } = await ada.rpc.accounts.getAccount({ id: accountId });
    expect(account?.hierarchy).toEqual([agencyId, accountId]);
    await ada.rpc.members.inviteMember({ accountId, email: "eve@example.com", relations: ["member"] });
    const grace = person(world, "grace");
    expect((await connectErrorOf(grace.rpc.accounts.getAccount({ id: agencyId }))).code).toBe(
      Code.PermissionDenied,
    );
    const barbara = person(world, "barbara");
    expect((await connectErrorOf(barbara.rpc.accounts.deleteAccount({ id: accountId }))).code).toBe(
      Code.PermissionDenied,
    );
    await ada.rpc.accounts.deleteAccount({ id: agencyId });
    expect((await connectErrorOf(grace.rpc.accounts.getAccount({ id: accountId }))).code).toBe(Code.NotFound);
  });

  it("ListMyPermissions returns the permissions for each of the caller's accounts, and the root permissions", async () => {
    const { agencyId, accountId } = seedAgency(world);
    world.server.seed({
      fam: { users: [{ email: "root@example.com", rootPermissions: ["accounts.list"] }] },
    });
    const permissionsOf = async (name: string) => {
      const response = await person(world, name).rpc.accounts.listMyPermissions({});
      expect(response.userId).toBe(person(world, name).userId);
      return response;
    };
    const ada = await permissionsOf("ada");
    expect(ada.accounts).toMatchObject([
      { accountId: agencyId, name: "Agency", type: AccountType.AGENCY },
      { accountId, name: "Client", type: AccountType.AD_ACCOUNT },
    ]);
    expect(ada.accounts[1]?.permissions).toContain("account.delete");
    const barbara = await permissionsOf("barbara");
    expect(barbara.accounts).toMatchObject([{ accountId }]);
    expect(barbara.accounts[0]?.permissions).toEqual([
      "account.read",
      "account.update",
      "billing.read",
      "billing.update",
      "members.read",
    ]);
    expect(await permissionsOf("root")).toMatchObject({ accounts: [], rootPermissions: ["accounts.list"] });
  });
});
