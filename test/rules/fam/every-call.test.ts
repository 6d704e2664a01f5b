import type { DescMethodUnary } from "@bufbuild/protobuf";
import { ViolationsSchema } from "@bufbuild/protovalidate/gen/buf/validate/validate_pb.js";
import { Code } from "@connectrpc/connect";
import { FamClient } from "tenantry";
import { createMockServer } from "tenantry/mock";
import { AccountService, BillingService, MemberService } from "tenantry/proto/fam";
import { describe, expect, it } from "vitest";
import { validRequest } from "../valid-request.js";
import { connectErrorOf, openWorld } from "../world.js";
import { callWith, createAccount, type FamRpc, person, unknownId } from "./people.js";

const methods: DescMethodUnary[] = [AccountService, MemberService, BillingService].flatMap(({ methods }) =>
  methods.filter((method): method is DescMethodUnary => method.methodKind === "unary"),
);
/** The methods that need a token. */
const protectedMethods = methods.filter(({ name }) => name !== "AcceptInvitation");

/** The calls that take an account id, each with a valid request. */
const accountCalls: [string, (rpc: FamRpc, id: string) => Promise<unknown>][] = [
  ["GetAccount", (rpc, id) => rpc.accounts.getAccount({ id })],
  ["UpdateAccount", (rpc, id) => rpc.accounts.updateAccount({ id, name: "Other" })],
  ["DeleteAccount", (rpc, id) => rpc.accounts.deleteAccount({ id })],
  ["ListMembers", (rpc, accountId) => rpc.members.listMembers({ accountId })],
  ["ListAccountMembers", (rpc, accountId) => rpc.members.listAccountMembers({ accountId, page: 1 })],
  ["ListInvitations", (rpc, accountId) => rpc.members.listInvitations({ accountId })],
  [
    "InviteMember",
    (rpc, accountId) =>
      rpc.members.inviteMember({ accountId, email: "eve@example.com", relations: ["member"] }),
  ],
  [
    "RevokeInvitation",
    (rpc, accountId) => rpc.members.revokeInvitation({ accountId, invitationId: unknownId }),
  ],
  ["GetPaymentConfigByAccountID", (rpc, accountId) => rpc.billing.getPaymentConfigByAccountID({ accountId })],
];

/** The required fields of each method, with a request that lacks only this field. */
const requiredFields: [string, string, (rpc: FamRpc) => Promise<unknown>][] = [
  ["CreateAccount", "name", (rpc) => rpc.accounts.createAccount({})],
  ["GetAccount", "id", (rpc) => rpc.accounts.getAccount({})],
  ["UpdateAccount", "id", (rpc) => rpc.accounts.updateAccount({ name: "Acme" })],
  ["UpdateAccount", "name", (rpc) => rpc.accounts.updateAccount({ id: unknownId })],
  ["DeleteAccount", "id", (rpc) => rpc.accounts.deleteAccount({})],
  [
    "InviteMember",
    "account_id",
    (rpc) => rpc.members.inviteMember({ email: "x@example.com", relations: ["a"] }),
  ],
  [
    "InviteMember",
    "relations",
    (rpc) => rpc.members.inviteMember({ accountId: unknownId, email: "x@example.com" }),
  ],
  ["AcceptInvitation", "invitation_token", (rpc) => rpc.members.acceptInvitation({})],
  ["RevokeInvitation", "account_id", (rpc) => rpc.members.revokeInvitation({ invitationId: unknownId })],
  ["RevokeInvitation", "invitation_id", (rpc) => rpc.members.revokeInvitation({ accountId: unknownId })],
  ["ListInvitations", "account_id", (rpc) => rpc.members.listInvitations({})],
  ["ListMembers", "account_id", (rpc) => rpc.members.listMembers({})],
  ["ListAccountMembers", "account_id", (rpc) => rpc.members.listAccountMembers({ page: 1 })],
  ["ListAccountMembers", "page", (rpc) => rpc.members.listAccountMembers({ accountId: unknownId })],
  ["SetupPaymentMethod", "payment_configuration_id", (rpc) => rpc.billing.setupPaymentMethod({})],
  ["GetCardInfo", "payment_configuration_id", (rpc) => rpc.billing.getCardInfo({})],
  ["GetPaymentConfigByAccountID", "account_id", (rpc) => rpc.billing.getPaymentConfigByAccountID({})],
  [
    "SetPrimaryCard",
    "payment_configuration_id",
    (rpc) => rpc.billing.setPrimaryCard({ paymentMethodId: "pm_1" }),
  ],
  [
    "SetPrimaryCard",
    "payment_method_id",
    (rpc) => rpc.billing.setPrimaryCard({ paymentConfigurationId: unknownId }),
  ],
];

// What applies to every call of FAM: authentication, access to the account, and the rules of the schema.

describe("every call of FAM", () => {
  const world = openWorld();

  it.each(protectedMethods)("$name fails with unauthenticated without a valid FAM token", async (method) => {
    const vydon = world.server.vydon.signIn({ email: "ada@example.com" });
    for (const token of [undefined, "eyJhbGciOiJub25lIn0.e30.", vydon.token]) {
      const call = world
        .transport(token)
        .unary(method, undefined, undefined, undefined, validRequest(method));
      expect((await connectErrorOf(call)).code).toBe(Code.Unauthenticated);
    }
  });

  it.each(protectedMethods)("$name fails with unauthenticated if the token has expired", async (method) => {
    const { token } = world.server.fam.signIn({ email: "ada@example.com", expiresIn: "15m" });
    world.server.clock.advance("15m");
    const call = world.transport(token).unary(method, undefined, undefined, undefined, validRequest(method));
    expect(await connectErrorOf(call)).toMatchObject({
      code: Code.Unauthenticated,
      rawMessage: "token is expired",
    });
  });

  it("fam.refresh() exchanges a refresh token for new tokens once, and only within 30 days", async () => {
    const { fam, clock } = world.server;
    const session = fam.signIn({ email: "ada@example.com", expiresIn: "15m" });
    clock.advance("15m");
    const tokens = fam.refresh(session.refreshToken);
    expect(tokens.expiresAt).toBe(clock.now() + 3_600_000);
    const { userId } = await callWith(world, tokens.accessToken).accounts.listMyPermissions({});
    expect(userId).toBe(session.userId);
    expect(() => fam.refresh(session.refreshToken)).toThrow("was used");
    clock.advance(30 * 86_400_000 - 1);
    const { refreshToken } = fam.refresh(tokens.refreshToken);
    clock.advance("30d");
    expect(() => fam.refresh(refreshToken)).toThrow("has expired");
  });

  it("fam.revoke() ends an access token and a refresh token", async () => {
    const { session, rpc } = person(world, "ada");
    world.server.fam.revoke(session.token);
    expect((await connectErrorOf(rpc.accounts.listMyPermissions({}))).code).toBe(Code.Unauthenticated);
    world.server.fam.revoke(session.refreshToken);
    expect(() => world.server.fam.refresh(session.refreshToken)).toThrow("not known");
  });

  it.each(accountCalls)("%s fails with not_found for an unknown account", async (_name, call) => {
    const error = await connectErrorOf(call(person(world, "ada").rpc, unknownId));
    expect(error).toMatchObject({ code: Code.NotFound });
  });

  it.each(accountCalls)(
    "%s fails with permission_denied for a caller without a relation to the account",
    async (_name, call) => {
      const { accountId } = await createAccount(world);
      const error = await connectErrorOf(call(person(world, "grace").rpc, accountId));
      expect(error).toMatchObject({ code: Code.PermissionDenied });
    },
  );

  it.each(requiredFields)(
    "%s without %s fails with invalid_argument, even without a token",
    async (_name, _path, call) => {
      expect((await connectErrorOf(call(callWith(world)))).code).toBe(Code.InvalidArgument);
    },
  );

  it.each(requiredFields)(
    "%s without %s fails with invalid_argument and a violation for this field",
    async (_name, path, call) => {
      const error = await connectErrorOf(call(person(world, "ada").rpc));
      expect(error.code).toBe(Code.InvalidArgument);
      expect(error.rawMessage).toContain(`validation error: ${path}: `);
      const [detail] = error.findDetails(ViolationsSchema);
      expect(detail?.violations[0]?.field?.elements[0]?.fieldName).toBe(path);
    },
  );

  it("server.calls logs a call with the API fam", async () => {
    const { ada } = await createAccount(world);
    const [call] = world.server.calls.of("fam.CreateAccount");
    expect(call).toMatchObject({ api: "fam", method: "CreateAccount", request: { name: "Acme" } });
    expect(call?.caller).toMatchObject({ kind: "user", userId: ada.userId });
  });

  it("the option `services` can give all services the same name", async () => {
    const name = "ads.v1.Ads";
    const services = { accounts: name, members: name, billing: name };
    const server = createMockServer({ apis: ["fam"], fam: { services } });
    const ada = new FamClient(server.fam.signIn({ email: "ada@example.com" }).connect());
    const { id } = await ada.accounts.create({ name: "Acme" });
    expect(await ada.members.list(id).toArray()).toHaveLength(1);
    const { paymentConfigurationId } = await ada.billing.getPaymentConfiguration(id);
    expect(await ada.billing.listCards(paymentConfigurationId).toArray()).toEqual([]);
  });

  it("a fault for fam.GetAccount applies to FAM's method and to no other method", async () => {
    const { ada, accountId } = await createAccount(world);
    world.server.faults.inject({ method: "fam.GetAccount", code: "unavailable" });
    expect((await connectErrorOf(ada.rpc.accounts.getAccount({ id: accountId }))).code).toBe(
      Code.Unavailable,
    );
    await ada.rpc.accounts.updateAccount({ id: accountId, name: "Other" });
  });
});
