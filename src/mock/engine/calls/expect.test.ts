import assert from "node:assert/strict";
import { createClient } from "@connectrpc/connect";
import { OnaClient } from "tenantry";
import { describe, expect, it } from "vitest";
import { AccountRole, UserAccountService } from "../../../../gen/mgmt/v1alpha1/user_account_pb.js";
import { createMockServer } from "../../server.js";
import { CallAssertionError } from "./expect.js";

const [accountId, otherId] = [
  "00000000-0000-4000-8000-000000000001",
  "00000000-0000-4000-8000-000000000002",
] as const;
const userId = "00000000-0000-4000-8000-000000000003";

/** Returns the log of four calls: a team is created, two roles are set, and a member is looked up. */
async function called() {
  const server = createMockServer();
  const { token } = server.vydon.signIn({ email: "ada@example.com" });
  const rpc = createClient(UserAccountService, server.transport());
  const options = { headers: { authorization: `Bearer ${token}` } };
  await rpc.createTeamAccount({ name: "acme" }, options);
  for (const role of [AccountRole.JOB_VIEWER, AccountRole.ADMIN]) {
    server.clock.advance("1h");
    await rpc.setUserRole({ accountId, userId, role }, options).catch(() => {});
  }
  await rpc.isUserInAccount({ accountId: otherId }, options);
  return server.calls;
}

/** Returns the error of an expectation that is not met. */
function failure(expectation: () => void): CallAssertionError {
  try {
    expectation();
  } catch (error) {
    if (error instanceof CallAssertionError) return error;
    throw error;
  }
  throw new Error("the expectation was met");
}

describe("an expectation of calls", () => {
  it("needs the name of an RPC", () => {
    const { calls } = createMockServer();
    const nothing = JSON.parse("{}");
    expect(() => calls.expect(nothing.name)).toThrow('method is missing: give the name of an RPC, such as "');
    expect(() => calls.of(nothing.name)).toThrow("method is missing");
  });

  it("passes if the calls are as expected", async () => {
    const calls = await called();
    for (const expectation of [
      () => calls.expect("CreateTeamAccount").toHaveBeenCalledOnce(),
      () => calls.expect("CreateTeamAccount", { name: "acme" }).toHaveBeenCalled(),
      () => calls.expect("vydon.SetUserRole", { accountId }).toHaveBeenCalledTimes(2),
      () => calls.expect("SetUserRole", { role: AccountRole.ADMIN }).toHaveBeenCalledOnce(),
      () => calls.expect("SetUserRole", { accountId: otherId }).not.toHaveBeenCalled(),
      () => calls.expect("GetUser").not.toHaveBeenCalled(),
      () => calls.expect("GetUser").toHaveBeenCalledTimes(0),
      () => calls.expect("SetUserRole").not.toHaveBeenCalledOnce(),
      () => calls.expect("SetUserRole").toHaveBeenCalledWith({ role: AccountRole.JOB_VIEWER }),
      () => calls.expect("SetUserRole").toHaveBeenLastCalledWith({ accountId, role: AccountRole.ADMIN }),
      () => calls.expect("SetUserRole").not.toHaveBeenLastCalledWith({ role: AccountRole.JOB_VIEWER }),
      () =>
        calls.expect("SetUserRole", { userId }).toHaveBeenNthCalledWith(1, { role: AccountRole.JOB_VIEWER }),
    ]) {
      expect(expectation).not.toThrow();
    }
  });

  it.each([0, -1, 1.5, Number.NaN])("refuses the number %s of a call, also after `not`", async (nth) => {
    const expected = (await called()).expect("SetUserRole");
    expect(() => expected.toHaveBeenNthCalledWith(nth, {})).toThrow(/^nth is .*: give/);
    expect(() => expected.not.toHaveBeenNthCalledWith(nth, {})).toThrow(/^nth is .*: give/);
  });

  it.each([-1, 1.5, Number.NaN])("refuses the count %s, also after `not`", async (count) => {
    const expected = (await called()).expect("SetUserRole");
    expect(() => expected.toHaveBeenCalledTimes(count)).toThrow(/^count is .*: give/);
    expect(() => expected.not.toHaveBeenCalledTimes(count)).toThrow(/^count is .*: give/);
  });

  it("accepts matchers of the test runner for fields", async () => {
    const calls = await called();
    calls.expect("CreateTeamAccount", { name: expect.any(String) }).toHaveBeenCalledOnce();
    calls.expect("CreateTeamAccount", { name: expect.stringMatching(/^ac/) }).toHaveBeenCalled();
    const name = expect.any(Number);
    const { message, expected, actual } = failure(() =>
      calls.expect("CreateTeamAccount", { name }).toHaveBeenCalled(),
    );
    expect(message).toContain('name: expected Any<Number>, was "acme"');
    expect([expected, actual]).toEqual([{ name }, { name: "acme" }]);
  });

  it("shows a matcher with its sample, in any test runner", async () => {
    const calls = await called();
    const name = expect.stringMatching(/^glo/);
    const field = failure(() => calls.expect("CreateTeamAccount", { name }).toHaveBeenCalled());
    expect(field.message).toContain("called 0 times with { name: StringMatching /^glo/ }");
    expect(field.message).toContain('  name: expected StringMatching /^glo/, was "acme"');
    const text = expect.not.stringContaining("acme");
    expect(
      failure(() => calls.expect("CreateTeamAccount", { name: text }).toHaveBeenCalled()).message,
    ).toContain('name: expected StringNotContaining "acme", was "acme"');
    // A matcher of a runner that has only the one method.
    const short = { asymmetricMatch: (value: unknown) => value === "globex", toString: () => "Globex" };
    expect(
      failure(() => calls.expect("CreateTeamAccount", { name: short }).toHaveBeenCalled()).message,
    ).toContain('name: expected Globex, was "acme"');
  });

  it("shows a matcher for the whole request", async () => {
    const calls = await called();
    const globex = expect.objectContaining({ name: "globex" });
    const expected = 'the request: expected ObjectContaining { name: "globex" }, was { name: "acme" }';
    for (const expectation of [
      () => calls.expect("CreateTeamAccount").toHaveBeenCalledWith(globex),
      () => calls.expect("CreateTeamAccount", globex).toHaveBeenCalled(),
    ]) {
      const error = failure(expectation);
      expect(error.message.split("\n").slice(1)).toEqual([
        "The most similar call is call 1 of 1, at 2026-01-01T00:00:00.000Z:",
        `  ${expected}`,
      ]);
      expect([error.expected, error.actual]).toEqual([globex, { name: "acme" }]);
    }
    const both = failure(() =>
      calls
        .expect("SetUserRole", expect.objectContaining({ accountId }))
        .toHaveBeenCalledWith({ userId: otherId }),
    );
    expect(both.message).toContain(`userId: expected "${otherId}", was "${userId}"`);
    expect(both.expected).toEqual({ userId: otherId });
  });

  it("shows the most similar call, and the fields that differ", async () => {
    const calls = await called();
    const error = failure(() =>
      calls
        .expect("SetUserRole", { accountId: otherId, userId, role: AccountRole.ADMIN })
        .toHaveBeenCalledOnce(),
    );
    expect(error.message).toBe(
      `SetUserRole was called 0 times with { accountId: "${otherId}", userId: "${userId}", role: 1 }, but should have been called once.
The most similar call is call 2 of 2, at 2026-01-01T02:00:00.000Z:
  accountId: expected "${otherId}", was "${accountId}"`,
    );
    expect(error.expected).toEqual({ accountId: otherId, userId, role: AccountRole.ADMIN });
    expect(error.actual).toEqual({ accountId, userId, role: AccountRole.ADMIN });
  });

  it("shows the later of two calls that are equally similar", async () => {
    const calls = await called();
    const { message } = failure(() => calls.expect("SetUserRole", { accountId: otherId }).toHaveBeenCalled());
    expect(message).toContain("The most similar call is call 2 of 2");
  });

  it("shows what was called if the method was not called", async () => {
    const calls = await called();
    const { message } = failure(() => calls.expect("GetUser").toHaveBeenCalled());
    expect(message).toBe(
      "GetUser was called 0 times, but should have been called.\n" +
        "What was called: CreateTeamAccount (1), SetUserRole (2), IsUserInAccount (1).",
    );
    calls.clear();
    expect(failure(() => calls.expect("GetUser", {}).toHaveBeenCalled()).message).toContain(
      "The server was not called at all.",
    );
  });

  it("shows the API of what was called if several APIs have the method", async () => {
    const server = createMockServer();
    const { ona } = server;
    await new OnaClient(ona.signIn({ email: "ada@example.com" }).connect()).accounts.get();
    const { message } = failure(() => server.calls.expect("fam.GetAccount").toHaveBeenCalled());
    expect(message).toContain("What was called: ona.GetAccount (1).");
  });

  it("shows the calls that should not have been made", async () => {
    const calls = await called();
    const error = failure(() => calls.expect("SetUserRole", { accountId }).not.toHaveBeenCalled());
    expect(error.message).toContain("SetUserRole was called 2 times with");
    expect(error.message).toContain("but should not have been called.\nSuch calls of SetUserRole:");
    expect(error.message).toContain('at 2026-01-01T01:00:00.000Z { accountId: "');
    expect(error).toMatchObject({ expected: 0, actual: 2 });
    const last = failure(() =>
      calls.expect("SetUserRole").not.toHaveBeenLastCalledWith({ role: AccountRole.ADMIN }),
    );
    expect(last.message).toBe("the last call of SetUserRole should not have had { role: 1 }.");
  });

  it("shows how the last or the nth call differs", async () => {
    const calls = await called();
    const last = failure(() => calls.expect("SetUserRole").toHaveBeenLastCalledWith({ userId: accountId }));
    expect(last.message).toContain(`userId: expected "${accountId}", was "${userId}"`);
    const none = failure(() => calls.expect("GetUser").toHaveBeenLastCalledWith({}));
    expect(none.message).toContain("the last call of GetUser should have had {}");
    const third = failure(() => calls.expect("SetUserRole").toHaveBeenNthCalledWith(3, { userId }));
    expect(third.message).toContain("call 3 of SetUserRole should have had");
    expect(third.message).toContain("What was called: CreateTeamAccount (1)");
  });

  it("compares lists and messages by their contents", async () => {
    const server = createMockServer();
    const rpc = createClient(UserAccountService, server.transport());
    await rpc.getBillingAccounts({ accountIds: [accountId, otherId] }).catch(() => {});
    await rpc.setAccountOnboardingConfig({ accountId, config: { hasCreatedJob: true } }).catch(() => {});
    server.calls.expect("GetBillingAccounts", { accountIds: [accountId, otherId] }).toHaveBeenCalled();
    server.calls.expect("GetBillingAccounts", { accountIds: [accountId] }).not.toHaveBeenCalled();
    server.calls
      .expect("SetAccountOnboardingConfig", { config: { hasCreatedJob: true } })
      .toHaveBeenCalledOnce();
    const { message } = failure(() =>
      server.calls
        .expect("SetAccountOnboardingConfig", { config: { hasInvitedMembers: true } })
        .toHaveBeenCalledOnce(),
    );
    expect(message).toContain("config.hasInvitedMembers: expected true, was false");
    const lists = failure(() =>
      server.calls.expect("GetBillingAccounts").toHaveBeenCalledWith({ accountIds: [accountId] }),
    );
    expect(lists.actual).toEqual({ accountIds: [accountId, otherId] });
  });

  it("distinguishes a message that is not set from an empty one", async () => {
    const server = createMockServer();
    const rpc = createClient(UserAccountService, server.transport());
    await rpc.setAccountOnboardingConfig({ accountId }).catch(() => {});
    const set = server.calls.expect("SetAccountOnboardingConfig");
    expect(failure(() => set.toHaveBeenCalledWith({ config: { hasCreatedJob: true } })).message).toContain(
      "config: expected { hasCreatedJob: true }, was undefined",
    );
    await rpc.setAccountOnboardingConfig({ accountId, config: {} }).catch(() => {});
    set.toHaveBeenCalledWith({ config: undefined });
    const again = server.calls.expect("SetAccountOnboardingConfig");
    again.not.toHaveBeenLastCalledWith({ config: undefined });
  });

  it("fails as an assertion of any runner does", async () => {
    const calls = await called();
    const error = failure(() => calls.expect("GetUser").toHaveBeenCalled());
    expect(error).toBeInstanceOf(Error);
    assert.throws(() => calls.expect("GetUser").toHaveBeenCalled(), {
      name: "AssertionError",
      code: "ERR_ASSERTION",
    });
  });
});
