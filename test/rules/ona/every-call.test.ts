import type { DescMethodUnary } from "@bufbuild/protobuf";
import { ViolationsSchema } from "@bufbuild/protovalidate/gen/buf/validate/validate_pb.js";
import { Code } from "@connectrpc/connect";
import { describe, expect, it } from "vitest";
import { AccountService } from "../../../gen/gitpod/v1/account_pb.js";
import { BillingService } from "../../../gen/gitpod/v1/billing_pb.js";
import { IdentityService } from "../../../gen/gitpod/v1/identity_pb.js";
import { OrganizationService } from "../../../gen/gitpod/v1/organization_service_pb.js";
import { UserService } from "../../../gen/gitpod/v1/user_pb.js";
import { openWorld, refusal } from "../world.js";
import { callAs, person } from "./people.js";

const methods: DescMethodUnary[] = [
  AccountService,
  OrganizationService,
  UserService,
  IdentityService,
  BillingService,
].flatMap(({ method }) => Object.values(method));
const open = new Set([
  ...["GetSSOLoginURL", "ListSSOLogins", "ListLoginProviders"],
  ...["GetOrganizationInviteSummary", "ExchangeToken"],
]);
const closed = methods.filter(({ name }) => !open.has(name));

// What holds for every call of Ona: who may call at all, and the rules of the schema.

describe("every call of Ona", () => {
  const world = openWorld();

  it.each(closed)("$name needs a token that the server knows", async (method) => {
    const vydon = world.server.vydon.signIn({ email: "ada@example.com" });
    for (const token of [undefined, "gitpod_pat_unknown", vydon.token]) {
      const call = world.transport(token).unary(method, undefined, undefined, undefined, {});
      expect((await refusal(call)).code).toBe(Code.Unauthenticated);
    }
  });

  it.each(closed)("$name is not for a blocked account", async (method) => {
    const ada = person(world, "ada");
    world.server.ona.setBlocked(ada.accountId, "too many mails");
    const call = world.transport(ada.session.token).unary(method, undefined, undefined, undefined, {});
    expect(await refusal(call)).toMatchObject({
      code: Code.PermissionDenied,
      rawMessage: "account is blocked",
    });
  });

  it.each(closed)("$name is not for a suspended user", async (method) => {
    const { id } = world.server.ona.addOrganization({
      name: "Acme",
      members: [{ email: "ada@example.com", status: "suspended", tokens: [{ token: "ada" }] }],
    });
    const call = world.transport("ada").unary(method, undefined, undefined, undefined, {});
    expect(await refusal(call)).toMatchObject({
      code: Code.PermissionDenied,
      rawMessage: "user is suspended",
    });
    expect(world.server.ona.member(id, "ada@example.com").status).toBe("suspended");
  });

  it("the ways to log in are told without a token, and to a blocked account, too", async () => {
    const ada = person(world, "ada");
    world.server.ona.addSso({ domain: "example.com" });
    world.server.ona.setBlocked(ada.accountId, "too many mails");
    for (const rpc of [callAs(world), ada.rpc]) {
      await rpc.getSSOLoginURL({ email: ada.email });
      await rpc.listSSOLogins({ email: ada.email });
      await rpc.listLoginProviders({});
    }
  });

  it("a token expires", async () => {
    const session = world.server.ona.signIn({ email: "ada@example.com", expiresIn: "1h" });
    await callAs(world, session).getAccount({});
    world.server.clock.advance("1h");
    const error = await refusal(callAs(world, session).getAccount({}));
    expect(error).toMatchObject({ code: Code.Unauthenticated, rawMessage: "token is expired" });
  });

  it("a revoked token is unknown", async () => {
    const { session, rpc } = person(world, "ada");
    world.server.ona.revoke(session.token);
    expect((await refusal(rpc.getAccount({}))).code).toBe(Code.Unauthenticated);
  });

  it("a request that breaks a rule is refused, with the violation", async () => {
    const ada = person(world, "ada");
    const block = await refusal(ada.rpc.blockAccount({ accountId: ada.accountId }));
    const page = await refusal(ada.rpc.listJoinableOrganizations({ pagination: { pageSize: -1 } }));
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

  it("calls are logged under Ona's name", async () => {
    const ada = person(world, "ada");
    await ada.rpc.blockAccount({ accountId: ada.accountId, reason: "too many mails" });
    const [call] = world.server.calls.of("ona.BlockAccount");
    expect(call).toMatchObject({ api: "ona", method: "BlockAccount", accountId: ada.accountId });
    expect(call?.caller).toEqual({ kind: "account", accountId: ada.accountId });
    expect(call?.request.reason).toBe("too many mails");
  });
});
