import { Code } from "@connectrpc/connect";
import { createMockServer } from "tenantry/mock";
import { describe, expect, it } from "vitest";
import { AccountRole } from "../../gen/mgmt/v1alpha1/user_account_pb.js";
import { connectErrorOf } from "../contract/world.js";
import { ada, as, at, seeded, teamsOf, withRows } from "./seeded.js";

describe("a strict server", () => {
  it("undoes a call that leaves a team without an admin, and names it", async () => {
    const server = seeded({ strict: true });
    const { id: accountId } = server.vydon.account("acme");
    const { userId } = await as(server, ada).getUser({});
    const before = server.snapshot();
    const calls = [
      as(server, ada).setUserRole({ accountId, userId, role: AccountRole.JOB_VIEWER }),
      as(server, ada).removeTeamAccountMember({ accountId, userId }),
    ];
    for (const [index, call] of calls.entries()) {
      expect(await connectErrorOf(call)).toMatchObject({
        code: Code.Internal,
        rawMessage:
          `strict: vydon.${index === 0 ? "SetUserRole" : "RemoveTeamAccountMember"} was undone, ` +
          `because it broke vydon.accounts ${accountId}: the team "acme" has no admin`,
      });
    }
    expect(server.snapshot()).toEqual(before);
  });

  it("allows calls that break nothing", async () => {
    const server = seeded({ strict: true });
    const { id: accountId } = server.vydon.account("acme");
    const barbara = server.vydon.signIn({ email: "barbara@example.com" });
    await as(server, barbara).acceptTeamAccountInvite({ token: "welcome" });
    await as(server, ada).removeTeamAccountMember({ accountId, userId: barbara.userId });
    await as(server, ada).createTeamAccount({ name: "second" });
    expect(await teamsOf(server, ada)).toEqual(["acme", "second"]);
  });

  it("accepts the snapshot of a team that a refused call left without a role", async () => {
    const server = seeded({ strict: true });
    server.vydon.refuseBilling();
    await connectErrorOf(as(server, ada).createTeamAccount({ name: "second" }));
    const other = createMockServer({ strict: true });
    other.restore(server.snapshot());
    expect(await teamsOf(other, ada)).toEqual(["acme", "second"]);
  });

  it("refuses a seed that breaks something, and a snapshot", () => {
    const server = createMockServer({ strict: true });
    const teamWithoutAdmin = { vydon: { accounts: [{ name: "acme" }] } };
    expect(() => server.seed(teamWithoutAdmin)).toThrow(
      /^strict: vydon\.accounts .*: the team "acme" has no admin/,
    );
    expect(() => server.vydon.account("acme")).toThrow("there is no account");
    const loose = createMockServer();
    loose.seed(teamWithoutAdmin);
    expect(() => server.restore(loose.snapshot())).toThrow('the team "acme" has no admin');
    expect(() => server.vydon.account("acme")).toThrow("there is no account");
  });

  it.each([
    ["accounts", 0, { type: "personal" }, "the personal account has 2 members"],
    ["members", 1, { accountId: "gone" }, "its account no longer exists"],
    ["members", 1, { userId: "gone" }, "its user no longer exists"],
    ["invites", 0, { accountId: "gone" }, "its account no longer exists"],
    ["invites", 0, { accepted: true }, "barbara@example.com accepted it, but is not a member"],
    ["apiKeys", 0, { accountId: "gone" }, "its account no longer exists"],
    ["meterEvents", 0, { accountId: "gone" }, "its account no longer exists"],
  ])("refuses a snapshot with a row of %s[%i] with %j", async (table, index, changes, message) => {
    const server = seeded({ strict: true });
    server.vydon.signIn({ email: "barbara@example.com" });
    await as(server, { token: "worker" }).setBillingMeterEvent({
      accountId: server.vydon.account("acme").id,
      eventId: "run-1",
      eventName: "records",
      value: "5",
    });
    const before = server.snapshot();
    const id = before.apis["vydon"]?.[table]?.[index]?.id;
    const wrong = withRows(before, "vydon", table, at(index, changes));
    expect(() => server.restore(wrong)).toThrow(`vydon.${table} ${id}: ${message}`);
    expect(server.snapshot()).toEqual(before);
  });

  it("needs a member, and no admin, if roles do not count", async () => {
    const server = seeded({ strict: true, vydon: { rbac: false } });
    const { id: accountId } = server.vydon.account("acme");
    const { users } = await as(server, ada).getTeamAccountMembers({ accountId });
    const barbara = server.vydon.signIn({ email: "barbara@example.com" });
    await as(server, barbara).acceptTeamAccountInvite({ token: "welcome" });
    for (const { id } of users) {
      await as(server, barbara).removeTeamAccountMember({ accountId, userId: id });
    }
    const last = as(server, barbara).removeTeamAccountMember({ accountId, userId: barbara.userId });
    await expect(last).rejects.toThrow('the team "acme" has no member');
    expect(await teamsOf(server, barbara)).toEqual(["acme"]);
  });

  it("checks nothing if it is not strict", async () => {
    const server = seeded();
    const { id: accountId } = server.vydon.account("acme");
    const { userId } = await as(server, ada).getUser({});
    await as(server, ada).removeTeamAccountMember({ accountId, userId });
    expect(await teamsOf(server, ada)).toEqual([]);
  });
});
