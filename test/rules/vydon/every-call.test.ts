import type { DescMethodUnary } from "@bufbuild/protobuf";
import { ViolationsSchema } from "@bufbuild/protovalidate/gen/buf/validate/validate_pb.js";
import { Code, ConnectError } from "@connectrpc/connect";
import { describe, expect, it } from "vitest";
import { AccountRole, UserAccountService } from "../../../gen/mgmt/v1alpha1/user_account_pb.js";
import { openWorld, refusal, type VydonRpc } from "../world.js";
import { join, person, team, unknownId } from "./teams.js";

const methods: DescMethodUnary[] = Object.values(UserAccountService.method);

/** Everything that a request may need so that it breaks no rule. */
const sound = {
  accountId: unknownId,
  userId: unknownId,
  id: unknownId,
  name: "acme",
  email: "grace@example.com",
  token: unknownId,
  eventName: "records",
  eventId: "e1",
  value: "1",
};

/** The calls that name an account, with what else they need. */
const named: [string, (rpc: VydonRpc, accountId: string) => Promise<unknown>][] = [
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

/** Those of them that change something. */
const editing = new Set([
  "RemoveTeamAccountMember",
  "SetUserRole",
  "InviteUserToTeamAccount",
  "SetAccountOnboardingConfig",
  "GetAccountBillingCheckoutSession",
  "GetAccountBillingPortalSession",
]);

// What holds for every call: who may call at all, and the rules of the schema.

describe("every call", () => {
  const world = openWorld();

  it.each(methods)("$name needs a token that the server knows", async (method) => {
    const request = Object.fromEntries(
      method.input.fields.flatMap(({ localName }) =>
        localName in sound ? [[localName, Reflect.get(sound, localName)]] : [],
      ),
    );
    for (const token of [undefined, "eyJhbGciOiJub25lIn0.e30."]) {
      const call = world.transport(token).unary(method, undefined, undefined, undefined, request);
      expect((await refusal(call)).code).toBe(Code.Unauthenticated);
    }
  });

  it("an API key expires", async () => {
    const { accountId } = await team(world);
    const rpc = world.vydon(world.server.vydon.apiKey(accountId, { expiresIn: "30d" }));
    await rpc.getTeamAccountMembers({ accountId });
    world.server.clock.advance("30d");
    const error = await refusal(rpc.getTeamAccountMembers({ accountId }));
    expect(error).toMatchObject({ code: Code.Unauthenticated, rawMessage: "token is expired" });
  });

  it("a user's token is accepted for a minute after it has expired", async () => {
    const session = world.server.vydon.signIn({ email: "ada@example.com", expiresIn: "1h" });
    world.server.clock.advance("61m");
    await world.vydon(session).getUser({});
    world.server.clock.advance(1);
    expect((await refusal(world.vydon(session).getUser({}))).rawMessage).toBe(
      "expected claims not validated: go-jose/go-jose/jwt: validation failed, token is expired (exp)",
    );
  });

  it("a revoked token is unknown", async () => {
    const { session, rpc } = person(world, "ada");
    world.server.vydon.revoke(session.token);
    expect((await refusal(rpc.getUser({}))).code).toBe(Code.Unauthenticated);
  });

  it.each(named)("%s is not for those outside the account", async (_name, call) => {
    const { accountId } = await team(world);
    const grace = person(world, "grace");
    for (const id of [accountId, unknownId]) {
      const error = await refusal(call(grace.rpc, id));
      expect(error).toMatchObject({ code: Code.PermissionDenied, rawMessage: "user is not in account" });
    }
  });

  it.each(named)("%s is not for another account's API key", async (_name, call) => {
    const { ada, accountId } = await team(world);
    const other = await ada.rpc.createTeamAccount({ name: "other" });
    const key = world.vydon(world.server.vydon.apiKey(other.accountId));
    const error = await refusal(call(key, accountId));
    expect(error).toMatchObject({
      code: Code.PermissionDenied,
      rawMessage: "api key is not valid for account",
    });
  });

  it.each(named.filter(([name]) => editing.has(name)))("%s needs the right to edit", async (_name, call) => {
    const { ada, accountId } = await team(world);
    const grace = await join(world, {
      admin: ada,
      accountId,
      name: "grace",
      role: AccountRole.JOB_DEVELOPER,
    });
    const error = await refusal(call(grace.rpc, accountId));
    expect(error).toMatchObject({
      code: Code.PermissionDenied,
      rawMessage: "user does not have permission to edit account",
    });
  });

  it.each(named.filter(([name]) => !editing.has(name)))("%s is for every role", async (_name, call) => {
    const { ada, accountId } = await team(world);
    const grace = await join(world, { admin: ada, accountId, name: "grace", role: AccountRole.JOB_VIEWER });
    await call(grace.rpc, accountId);
  });

  it.each(named)("%s wants a UUID, and says so with the violation", async (_name, call) => {
    const { ada } = await team(world);
    const error = await refusal(call(ada.rpc, "acme"));
    expect(error.code).toBe(Code.InvalidArgument);
    expect(error.rawMessage).toContain("validation error: account_id: ");
    const [detail] = error.findDetails(ViolationsSchema);
    expect(detail?.violations[0]?.ruleId).toBe("string.uuid");
    expect(detail?.violations[0]?.field?.elements[0]?.fieldName).toBe("account_id");
  });

  it("a request that breaks a rule is refused before anybody looks at the token", async () => {
    expect((await refusal(world.vydon().createTeamAccount({ name: "!" }))).code).toBe(Code.InvalidArgument);
  });

  it.each(methods)("$name is for worker keys only if the server lists it", async (method) => {
    const request = Object.fromEntries(
      method.input.fields.flatMap(({ localName }) =>
        localName in sound ? [[localName, Reflect.get(sound, localName)]] : [],
      ),
    );
    const { token } = world.server.vydon.workerKey();
    const call = world.transport(token).unary(method, undefined, undefined, undefined, request);
    const allowed = ["IsAccountStatusValid", "GetBillingAccounts", "SetBillingMeterEvent"];
    const code = await call.then(
      () => undefined,
      (reason: unknown) => ConnectError.from(reason).code,
    );
    expect(code === Code.Unauthenticated).toBe(!allowed.includes(method.name));
  });

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
  ])("%s refuses a request that breaks its rules", async (_name, call, path) => {
    const { ada, accountId } = await team(world);
    const error = await refusal(call(ada.rpc, accountId));
    expect(error).toMatchObject({ code: Code.InvalidArgument });
    expect(error.rawMessage).toContain(`validation error: ${path}: `);
  });
});

describe("every call of a Neosync server", () => {
  const world = openWorld({ vydon: { flavor: "neosync" } });

  it("tells broken rules in the words of an older protovalidate", async () => {
    const { rpc } = person(world, "ada");
    const error = await refusal(rpc.inviteUserToTeamAccount({ accountId: "acme" }));
    expect(error).toMatchObject({
      code: Code.InvalidArgument,
      rawMessage:
        "validation error:\n - account_id: value must be a valid UUID [string.uuid]\n - email: value length must be at least 1 characters [string.min_len]",
    });
    const [detail] = error.findDetails(ViolationsSchema);
    expect(detail?.violations.map(({ ruleId }) => ruleId)).toEqual(["string.uuid", "string.min_len"]);
  });
});

describe("a server that doesn't validate", () => {
  const world = openWorld({ validate: false });

  it("takes a name that breaks a rule", async () => {
    const { ada, accountId } = await team(world, "ACME!");
    expect((await ada.rpc.getUserAccounts({})).accounts).toMatchObject([{ id: accountId, name: "ACME!" }]);
  });
});
