import type { DescMethodUnary } from "@bufbuild/protobuf";
import { ViolationsSchema } from "@bufbuild/protovalidate/gen/buf/validate/validate_pb.js";
import { Code, ConnectError } from "@connectrpc/connect";
import { AccountRole, ApiKeyService, UserAccountService } from "tenantry/proto/vydon";
import { describe, expect, it } from "vitest";
import { validRequest } from "../valid-request.js";
import { connectErrorOf, openWorld, type VydonRpc } from "../world.js";
import { createTeam, join, nonAdminRoles, person, unknownId } from "./teams.js";

const methods: DescMethodUnary[] = Object.values(UserAccountService.method);
/** The calls with an `account_id` that do not check the access to the account like {@link accountCalls}. */
const otherAccountCalls = [
  // Without an id, it converts the caller's own account.
  "ConvertPersonalToTeamAccount",
  // It returns false for a user outside the account.
  "IsUserInAccount",
  // Only a self-hosted server has them.
  "GetAccountTemporalConfig",
  "SetAccountTemporalConfig",
  // It accepts only the key of a worker, which belongs to no account.
  "SetBillingMeterEvent",
];

/** The calls that take an account id, each with a valid request. */
const accountCalls: [string, (rpc: VydonRpc, accountId: string) => Promise<unknown>][] = [
  ["GetTeamAccountMembers", (rpc, accountId) => rpc.getTeamAccountMembers({ accountId })],
  [
    "RemoveTeamAccountMember",
    (rpc, accountId) => rpc.removeTeamAccountMember({ accountId, userId: unknownId }),
  ],
  [
    "SetUserRole",
    (rpc, accountId) => rpc.setUserRole({ accountId, userId: unknownId, role: AccountRole.ADMIN }),
  ],
  [
    "InviteUserToTeamAccount",
    (rpc, accountId) => rpc.inviteUserToTeamAccount({ accountId, email: "grace@example.com" }),
  ],
  ["GetTeamAccountInvites", (rpc, accountId) => rpc.getTeamAccountInvites({ accountId })],
  ["GetAccountOnboardingConfig", (rpc, accountId) => rpc.getAccountOnboardingConfig({ accountId })],
  ["SetAccountOnboardingConfig", (rpc, accountId) => rpc.setAccountOnboardingConfig({ accountId })],
  ["GetAccountStatus", (rpc, accountId) => rpc.getAccountStatus({ accountId })],
  ["IsAccountStatusValid", (rpc, accountId) => rpc.isAccountStatusValid({ accountId })],
  [
    "GetAccountBillingCheckoutSession",
    (rpc, accountId) => rpc.getAccountBillingCheckoutSession({ accountId }),
  ],
  ["GetAccountBillingPortalSession", (rpc, accountId) => rpc.getAccountBillingPortalSession({ accountId })],
  ["HasPermission", (rpc, accountId) => rpc.hasPermission({ accountId, resource: { id: accountId } })],
  ["HasPermissions", (rpc, accountId) => rpc.hasPermissions({ accountId, resources: [{ id: accountId }] })],
];

/** The calls of these that need the right to edit the account. */
const editingCalls = new Set([
  "RemoveTeamAccountMember",
  "SetUserRole",
  "InviteUserToTeamAccount",
  "SetAccountOnboardingConfig",
  "GetAccountBillingCheckoutSession",
  "GetAccountBillingPortalSession",
]);

// What applies to every call of Vydon: authentication, access to the account, and the rules of the schema.

describe("every call of Vydon", () => {
  const world = openWorld();

  it("each call with an `account_id` is in accountCalls or otherAccountCalls of this file", () => {
    const withAccount = methods.filter(({ input }) => input.fields.some(({ name }) => name === "account_id"));
    const listed = [...accountCalls.map(([name]) => name), ...otherAccountCalls];
    expect(listed.sort()).toEqual(withAccount.map(({ name }) => name).sort());
  });

  it.each(methods)("$name fails with unauthenticated without a valid token", async (method) => {
    const request = validRequest(method);
    for (const token of [undefined, "eyJhbGciOiJub25lIn0.e30."]) {
      const call = world.transport(token).unary(method, undefined, undefined, undefined, request);
      expect((await connectErrorOf(call)).code).toBe(Code.Unauthenticated);
    }
  });

  it("a call fails with unauthenticated if the API key has expired", async () => {
    const { accountId } = await createTeam(world);
    const rpc = world.vydon(world.server.vydon.apiKey(accountId, { expiresIn: "30d" }));
    await rpc.getTeamAccountMembers({ accountId });
    world.server.clock.advance("30d");
    const error = await connectErrorOf(rpc.getTeamAccountMembers({ accountId }));
    expect(error).toMatchObject({ code: Code.Unauthenticated, rawMessage: "token is expired" });
  });

  it("a user's token is accepted for a minute after it has expired", async () => {
    const session = world.server.vydon.signIn({ email: "ada@example.com", expiresIn: "1h" });
    world.server.clock.advance("61m");
    await world.vydon(session).getUser({});
    world.server.clock.advance(1);
    expect((await connectErrorOf(world.vydon(session).getUser({}))).rawMessage).toBe(
      "expected claims not validated: go-jose/go-jose/jwt: validation failed, token is expired (exp)",
    );
  });

  it("a call fails with unauthenticated if the token was revoked", async () => {
    const { session, rpc } = person(world, "ada");
    world.server.vydon.revoke(session.token);
    expect((await connectErrorOf(rpc.getUser({}))).code).toBe(Code.Unauthenticated);
  });

  it.each(accountCalls)(
    "%s fails with permission_denied for a user outside the account",
    async (_name, call) => {
      const { accountId } = await createTeam(world);
      const grace = person(world, "grace");
      for (const id of [accountId, unknownId]) {
        const error = await connectErrorOf(call(grace.rpc, id));
        expect(error).toMatchObject({ code: Code.PermissionDenied, rawMessage: "user is not in account" });
      }
    },
  );

  it.each(accountCalls)(
    "%s fails with permission_denied for another account's API key",
    async (_name, call) => {
      const { ada, accountId } = await createTeam(world);
      const other = await ada.rpc.createTeamAccount({ name: "other" });
      const key = world.vydon(world.server.vydon.apiKey(other.accountId));
      const error = await connectErrorOf(call(key, accountId));
      expect(error).toMatchObject({
        code: Code.PermissionDenied,
        rawMessage: "api key is not valid for account",
      });
    },
  );

  it.each(accountCalls.filter(([name]) => editingCalls.has(name)))(
    "%s fails with permission_denied for a member who may not edit",
    async (_name, call) => {
      const { ada, accountId } = await createTeam(world);
      const grace = await join(world, {
        admin: ada,
        accountId,
        name: "grace",
        role: AccountRole.JOB_DEVELOPER,
      });
      const error = await connectErrorOf(call(grace.rpc, accountId));
      expect(error).toMatchObject({
        code: Code.PermissionDenied,
        rawMessage: "user does not have permission to edit account",
      });
    },
  );

  it.each(accountCalls.filter(([name]) => !editingCalls.has(name)))(
    "%s succeeds with every role",
    async (name, call) => {
      const { ada, accountId } = await createTeam(world);
      const response = { $typeName: `mgmt.v1alpha1.${name}Response` };
      for (const role of nonAdminRoles) {
        const member = await join(world, { admin: ada, accountId, name: `member-${role}`, role });
        expect(await call(member.rpc, accountId)).toMatchObject(response);
      }
    },
  );

  it.each(accountCalls)(
    "%s fails with invalid_argument and a violation if the account id is not a UUID",
    async (_name, call) => {
      const { ada } = await createTeam(world);
      const error = await connectErrorOf(call(ada.rpc, "acme"));
      expect(error.code).toBe(Code.InvalidArgument);
      expect(error.rawMessage).toContain("validation error: account_id: ");
      const [detail] = error.findDetails(ViolationsSchema);
      expect(detail?.violations[0]?.ruleId).toBe("string.uuid");
      expect(detail?.violations[0]?.field?.elements[0]?.fieldName).toBe("account_id");
    },
  );

  it("the letter case of an id does not count, except for the account's id in a call that needs a role", async () => {
    const { ada, accountId } = await createTeam(world);
    const grace = await join(world, { admin: ada, accountId, name: "grace", role: AccountRole.JOB_VIEWER });
    const upper = (id = "") => id.toUpperCase();
    const roles = async () =>
      (await ada.rpc.getTeamAccountMembers({ accountId })).users.map(({ role }) => role);

    await ada.rpc.setUserRole({ accountId, userId: upper(grace.userId), role: AccountRole.ADMIN });
    expect(await roles()).toEqual([AccountRole.ADMIN, AccountRole.ADMIN]);
    await ada.rpc.removeTeamAccountMember({ accountId, userId: upper(grace.userId) });
    expect(await roles()).toEqual([AccountRole.ADMIN]);

    const { invite } = await ada.rpc.inviteUserToTeamAccount({ accountId, email: grace.email });
    await ada.rpc.removeTeamAccountInvite({ id: upper(invite?.id) });
    expect((await ada.rpc.getTeamAccountInvites({ accountId })).invites).toEqual([]);

    const personal = await ada.rpc.setPersonalAccount({});
    const request = { accountId: upper(personal.accountId), name: "second" };
    expect((await ada.rpc.convertPersonalToTeamAccount(request)).accountId).toBe(personal.accountId);

    const event = { accountId: upper(accountId), eventName: "records", value: "1", eventId: "e1" };
    await world.vydon(world.server.vydon.workerKey()).setBillingMeterEvent(event);
    expect(world.server.vydon.meterEvents(accountId)).toHaveLength(1);

    // Roles are stored by the exact id.
    const error = await connectErrorOf(ada.rpc.getTeamAccountMembers({ accountId: upper(accountId) }));
    expect(error).toMatchObject({
      code: Code.PermissionDenied,
      rawMessage: "user does not have permission to view account",
    });
  });

  it("the request is validated before the token", async () => {
    expect((await connectErrorOf(world.vydon().createTeamAccount({ name: "!" }))).code).toBe(
      Code.InvalidArgument,
    );
  });

  it.each(methods)(
    "$name accepts a worker key only if the server allows workers to call it",
    async (method) => {
      const request = validRequest(method);
      const { token } = world.server.vydon.workerKey();
      const call = world.transport(token).unary(method, undefined, undefined, undefined, request);
      const allowed = ["IsAccountStatusValid", "GetBillingAccounts", "SetBillingMeterEvent"];
      const code = await call.then(
        () => undefined,
        (reason: unknown) => ConnectError.from(reason).code,
      );
      expect(code === Code.Unauthenticated).toBe(!allowed.includes(method.name));
    },
  );

  it.each([
    [
      "InviteUserToTeamAccount",
      (rpc: VydonRpc, accountId: string) => rpc.inviteUserToTeamAccount({ accountId }),
      "email",
    ],
    ["AcceptTeamAccountInvite", (rpc: VydonRpc) => rpc.acceptTeamAccountInvite({}), "token"],
    ["RemoveTeamAccountInvite", (rpc: VydonRpc) => rpc.removeTeamAccountInvite({ id: "1" }), "id"],
    [
      "HasPermission",
      (rpc: VydonRpc, accountId: string) => rpc.hasPermission({ accountId, resource: {} }),
      "resource.id",
    ],
    [
      "SetBillingMeterEvent",
      (rpc: VydonRpc, accountId: string) =>
        rpc.setBillingMeterEvent({ accountId, eventName: "records", value: "1" }),
      "event_id",
    ],
    ["IsUserInAccount", (rpc: VydonRpc) => rpc.isUserInAccount({ accountId: "acme" }), "account_id"],
  ])(
    "%s fails with invalid_argument for a request that breaks a rule of the schema",
    async (_name, call, path) => {
      const { ada, accountId } = await createTeam(world);
      const error = await connectErrorOf(call(ada.rpc, accountId));
      expect(error).toMatchObject({ code: Code.InvalidArgument });
      expect(error.rawMessage).toContain(`validation error: ${path}: `);
    },
  );
});

describe('every call of Vydon with `flavor: "neosync"`', () => {
  const world = openWorld({ vydon: { flavor: "neosync" } });

  it("returns violations in the message format of an older protovalidate", async () => {
    const { rpc } = person(world, "ada");
    const error = await connectErrorOf(rpc.inviteUserToTeamAccount({ accountId: "acme" }));
    expect(error).toMatchObject({
      code: Code.InvalidArgument,
      rawMessage:
        "validation error:\n - account_id: value must be a valid UUID [string.uuid]\n - email: value length must be at least 1 characters [string.min_len]",
    });
    const [detail] = error.findDetails(ViolationsSchema);
    expect(detail?.violations.map(({ ruleId }) => ruleId)).toEqual(["string.uuid", "string.min_len"]);
  });
});

describe("every call of Vydon with `validate: false`", () => {
  const world = openWorld({ validate: false });

  it("CreateAccountApiKey without an expiry creates a key that has expired", async () => {
    const { ada, accountId } = await createTeam(world);
    const keys = world.client(ApiKeyService, ada.session.token);
    const { apiKey } = await keys.createAccountApiKey({ accountId, name: "ci-key" });
    const call = world.client(UserAccountService, apiKey?.keyValue).getUserAccounts({});
    expect(await connectErrorOf(call)).toMatchObject({
      code: Code.Unauthenticated,
      rawMessage: "token is expired",
    });
  });

  it("CreateTeamAccount accepts a name that breaks a rule of the schema", async () => {
    const { ada, accountId } = await createTeam(world, "ACME!");
    expect((await ada.rpc.getUserAccounts({})).accounts).toMatchObject([{ id: accountId, name: "ACME!" }]);
    expect((await connectErrorOf(ada.rpc.createTeamAccount({ name: "Acme!" }))).code).toBe(
      Code.AlreadyExists,
    );
  });
});
