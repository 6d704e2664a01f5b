import type { DescMethodUnary } from "@bufbuild/protobuf";
import { ViolationsSchema } from "@bufbuild/protovalidate/gen/buf/validate/validate_pb.js";
import { Code } from "@connectrpc/connect";
import {
  AccountService,
  BillingService,
  IdentityService,
  OrganizationService,
  UserService,
} from "tenantry/proto/ona";
import { describe, expect, it } from "vitest";
import { validRequest } from "../valid-request.js";
import { connectErrorOf, openWorld } from "../world.js";
import { callAs, person } from "./people.js";

const methods: DescMethodUnary[] = [
  AccountService,
  OrganizationService,
  UserService,
  IdentityService,
  BillingService,
].flatMap(({ method }) => Object.values(method));
/** The methods that need no token. */
const publicMethods = new Set([
  ...["GetSSOLoginURL", "ListSSOLogins", "ListLoginProviders"],
  ...["GetOrganizationInviteSummary", "ExchangeToken"],
]);
const protectedMethods = methods.filter(({ name }) => !publicMethods.has(name));

// What applies to every call of Ona: authentication, blocked and suspended callers, and the rules of the schema.

describe("every call of Ona", () => {
  const world = openWorld();

  it.each(protectedMethods)("$name fails with unauthenticated without a valid Ona token", async (method) => {
    const vydon = world.server.vydon.signIn({ email: "ada@example.com" });
    for (const token of [undefined, "gitpod_pat_unknown", vydon.token]) {
      const call = world
        .transport(token)
        .unary(method, undefined, undefined, undefined, validRequest(method));
      expect((await connectErrorOf(call)).code).toBe(Code.Unauthenticated);
    }
  });

  it.each(protectedMethods)("$name fails with permission_denied for a blocked account", async (method) => {
    const ada = person(world, "ada");
    world.server.ona.setBlocked(ada.accountId, "too many mails");
    const call = world
      .transport(ada.session.token)
      .unary(method, undefined, undefined, undefined, validRequest(method));
    expect(await connectErrorOf(call)).toMatchObject({
      code: Code.PermissionDenied,
      rawMessage: "account is blocked",
    });
  });

  it.each(protectedMethods)("$name fails with permission_denied for a suspended user", async (method) => {
    const { id } = world.server.ona.addOrganization({
      name: "Acme",
      members: [{ email: "ada@example.com", status: "suspended", tokens: [{ token: "ada" }] }],
    });
    const call = world.transport("ada").unary(method, undefined, undefined, undefined, validRequest(method));
    expect(await connectErrorOf(call)).toMatchObject({
      code: Code.PermissionDenied,
      rawMessage: "user is suspended",
    });
    expect(world.server.ona.member(id, "ada@example.com").status).toBe("suspended");
  });

  it("GetSSOLoginURL, ListSSOLogins and ListLoginProviders succeed without a token and for a blocked account", async () => {
    const ada = person(world, "ada");
    world.server.ona.addSso({ domain: "example.com" });
    world.server.ona.setBlocked(ada.accountId, "too many mails");
    for (const rpc of [callAs(world), ada.rpc]) {
      expect((await rpc.getSSOLoginURL({ email: ada.email })).loginUrl).not.toBe("");
      expect((await rpc.listSSOLogins({ email: ada.email })).logins).toHaveLength(1);
      expect((await rpc.listLoginProviders({})).loginProviders).toEqual([]);
    }
  });

  it("a call fails with unauthenticated if the token has expired", async () => {
    const session = world.server.ona.signIn({ email: "ada@example.com", expiresIn: "1h" });
    await callAs(world, session).getAccount({});
    world.server.clock.advance("1h");
    const error = await connectErrorOf(callAs(world, session).getAccount({}));
    expect(error).toMatchObject({ code: Code.Unauthenticated, rawMessage: "token is expired" });
  });

  it("a token of server.ona.signIn() lasts a year, unless `expiresIn` is given", async () => {
    const { rpc } = person(world, "ada");
    world.server.clock.advance("364d");
    await rpc.getAccount({});
    world.server.clock.advance("1d");
    expect((await connectErrorOf(rpc.getAccount({}))).code).toBe(Code.Unauthenticated);
  });

  it("a call fails with unauthenticated if the token was revoked", async () => {
    const { session, rpc } = person(world, "ada");
    world.server.ona.revoke(session.token);
    expect((await connectErrorOf(rpc.getAccount({}))).code).toBe(Code.Unauthenticated);
  });

  it("a request that breaks a rule of the schema fails with invalid_argument, even without a token", async () => {
    const error = await connectErrorOf(callAs(world).deleteAccount({ accountId: "ada" }));
    expect(error.rawMessage).toBe("validation error: account_id: must be a valid UUID");
  });

  it("the error for a broken rule has the violation", async () => {
    const ada = person(world, "ada");
    const block = await connectErrorOf(ada.rpc.blockAccount({ accountId: ada.accountId }));
    const page = await connectErrorOf(ada.rpc.listJoinableOrganizations({ pagination: { pageSize: -1 } }));
    for (const [error, path] of [
      [block, "reason"],
      [page, "pagination.page_size"],
    ] as const) {
      expect(error.code).toBe(Code.InvalidArgument);
      expect(error.rawMessage).toContain(`validation error: ${path}: `);
      const [detail] = error.findDetails(ViolationsSchema);
      const names = detail?.violations[0]?.field?.elements.map(({ fieldName }) => fieldName);
      expect(names?.join(".")).toBe(path);
    }
  });

  it("server.calls logs a call with the API ona", async () => {
    const ada = person(world, "ada");
    await ada.rpc.blockAccount({ accountId: ada.accountId, reason: "too many mails" });
    const [call] = world.server.calls.of("ona.BlockAccount");
    expect(call).toMatchObject({ api: "ona", method: "BlockAccount", accountId: ada.accountId });
    expect(call?.caller).toEqual({ kind: "account", accountId: ada.accountId });
    expect(call?.request.reason).toBe("too many mails");
  });
});
