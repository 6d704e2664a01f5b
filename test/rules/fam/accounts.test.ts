import { timestampMs } from "@bufbuild/protobuf/wkt";
import { Code } from "@connectrpc/connect";
import { describe, expect, it } from "vitest";
import { AccountStatus, AccountType } from "../../../gen/fam/v1/account_pb.js";
import { openWorld, refusal } from "../world.js";
import { join, owned, person, plantAgency, ulid } from "./people.js";

// FAM's accounts, and what people may do in them.

describe("accounts of FAM", () => {
  const world = openWorld();

  it("CreateAccount returns a new, unverified account of the caller's", async () => {
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

  it("GetAccount returns the account, whose verification goes on outside the API", async () => {
    const { ada, account } = await owned(world);
    world.server.fam.verify(account.id);
    const answer = await ada.rpc.accounts.getAccount({ id: account.id });
    expect(answer.account).toMatchObject({
      id: account.id,
      hierarchy: [account.id],
      name: "Acme",
      status: AccountStatus.VERIFIED,
    });
  });

  it("UpdateAccount renames, and says when", async () => {
    const { ada, account } = await owned(world);
    world.server.clock.advance("1h");
    const answer = await ada.rpc.accounts.updateAccount({ id: account.id, name: "Acme Labs" });
    expect(answer.account).toMatchObject({ name: "Acme Labs", createdAt: account.createdAt });
    const { updatedAt } = answer.account ?? {};
    expect(updatedAt && timestampMs(updatedAt)).toBe(world.server.clock.now());
    expect((await ada.rpc.accounts.getAccount({ id: account.id })).account).toEqual(answer.account);
  });

  it("every relation lets read and rename, and only an owner delete", async () => {
    const { ada, accountId } = await owned(world);
    for (const relation of ["member", "admin", "accountant"]) {
      const { rpc } = await join(world, ada, accountId, { name: relation, relations: [relation] });
      await rpc.accounts.getAccount({ id: accountId });
      await rpc.accounts.updateAccount({ id: accountId, name: `Acme of ${relation}` });
      const error = await refusal(rpc.accounts.deleteAccount({ id: accountId }));
      expect(error.code).toBe(Code.PermissionDenied);
    }
    await ada.rpc.accounts.deleteAccount({ id: accountId });
  });

  it("DeleteAccount takes all that belongs to the account, and is answered not_found the second time", async () => {
    const { ada, accountId } = await owned(world);
    const { paymentConfigurationId } = await ada.rpc.billing.getPaymentConfigByAccountID({ accountId });
    await ada.rpc.accounts.deleteAccount({ id: accountId });
    expect((await refusal(ada.rpc.accounts.deleteAccount({ id: accountId }))).code).toBe(Code.NotFound);
    expect((await refusal(ada.rpc.billing.getCardInfo({ paymentConfigurationId }))).code).toBe(Code.NotFound);
    expect((await ada.rpc.accounts.listMyPermissions({})).accounts).toEqual([]);
  });

  it("what somebody is to an account, they are to those below it, and not the other way round", async () => {
    const { ada, agencyId, accountId } = plantAgency(world);
    const { account } = await ada.rpc.accounts.getAccount({ id: accountId });
    expect(account?.hierarchy).toEqual([agencyId, accountId]);
    await ada.rpc.members.inviteMember({ accountId, email: "eve@example.com", relations: ["member"] });
    const grace = person(world, "grace");
    expect((await refusal(grace.rpc.accounts.getAccount({ id: agencyId }))).code).toBe(Code.PermissionDenied);
    const barbara = person(world, "barbara");
    expect((await refusal(barbara.rpc.accounts.deleteAccount({ id: accountId }))).code).toBe(
      Code.PermissionDenied,
    );
    await ada.rpc.accounts.deleteAccount({ id: agencyId });
    expect((await refusal(grace.rpc.accounts.getAccount({ id: accountId }))).code).toBe(Code.NotFound);
  });

  it("ListMyPermissions has a line for each account of the caller, and the root permissions", async () => {
    const { agencyId, accountId } = plantAgency(world);
    world.server.seed({
      fam: { users: [{ email: "root@example.com", rootPermissions: ["accounts.list"] }] },
    });
    const lines = async (name: string) => {
      const answer = await person(world, name).rpc.accounts.listMyPermissions({});
      expect(answer.userId).toBe(person(world, name).userId);
      return answer;
    };
    const ada = await lines("ada");
    expect(ada.accounts).toMatchObject([
      { accountId: agencyId, name: "Agency", type: AccountType.AGENCY },
      { accountId, name: "Client", type: AccountType.AD_ACCOUNT },
    ]);
    expect(ada.accounts[1]?.permissions).toContain("account.delete");
    const barbara = await lines("barbara");
    expect(barbara.accounts).toMatchObject([{ accountId }]);
    expect(barbara.accounts[0]?.permissions).toEqual([
      "account.read",
      "account.update",
      "billing.read",
      "billing.update",
      "members.read",
    ]);
    expect(await lines("root")).toMatchObject({ accounts: [], rootPermissions: ["accounts.list"] });
  });
});
