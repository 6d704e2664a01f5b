import { OnaClient } from "tenantry";
import { describe, expect, it } from "vitest";
import {
  AccountMembershipSchema,
  AccountSchema,
  AccountService,
  BlockAccountResponseSchema,
  JoinableOrganizationSchema,
  ListSSOLoginsResponse_LoginSchema,
  LoginProviderSchema,
} from "../../gen/gitpod/v1/account_pb.js";
import {
  toAccount,
  toAccountMembership,
  toBlockedAccount,
  toJoinableOrganization,
  toLoginProvider,
  toSsoLogin,
} from "../../src/ona/models.js";
import { expectMapped, fieldsOf } from "../support/descriptors.js";
import { expectReachable, unwrappedFields } from "../support/reachable.js";

describe("Ona's models have every field of their messages", () => {
  const membership = ["userId", "organizationId"];
  it("Account, without the field that the vendor has deprecated", () => {
    const required = ["id", "createdAt", "updatedAt", ...membership.map((name) => `memberships.${name}`)];
    expectMapped(AccountSchema, toAccount, {
      required,
      omitted: [...fieldsOf(AccountSchema).keys()].filter((path) => path.startsWith("joinables")),
    });
  });
  it("AccountMembership", () =>
    expectMapped(AccountMembershipSchema, toAccountMembership, { required: membership }));
  it("JoinableOrganization", () =>
    expectMapped(JoinableOrganizationSchema, toJoinableOrganization, { required: ["organizationId"] }));
  it("LoginProvider", () => expectMapped(LoginProviderSchema, toLoginProvider, { required: ["provider"] }));
  it("SsoLogin", () =>
    expectMapped(ListSSOLoginsResponse_LoginSchema, toSsoLogin, { required: ["loginUrl"] }));
  it("BlockedAccount", () => expectMapped(BlockAccountResponseSchema, toBlockedAccount));

  it("and the responses have nothing else but what the methods unwrap", () => {
    const mapped = [
      AccountSchema,
      AccountMembershipSchema,
      JoinableOrganizationSchema,
      LoginProviderSchema,
      ListSSOLoginsResponse_LoginSchema,
      BlockAccountResponseSchema,
    ];
    expect(unwrappedFields(AccountService, mapped)).toEqual([
      "GetAccountResponse.account",
      "GetSSOLoginURLResponse.loginUrl",
      "ListJoinableOrganizationsResponse.joinableOrganizations",
      "ListJoinableOrganizationsResponse.pagination",
      "ListLoginProvidersResponse.allowCustom",
      "ListLoginProvidersResponse.loginProviders",
      "ListLoginProvidersResponse.pagination",
      "ListSSOLoginsResponse.logins",
      "ListSSOLoginsResponse.pagination",
      "PaginationResponse.nextToken",
    ]);
  });
});

it("OnaClient's resources reach every RPC, and every field of its request", async () => {
  const pages = { pageSize: 2, limit: 3 };
  const sso = { email: "ada@example.com", returnTo: "/home" };
  const filter = { inviteId: "welcome", email: "ada@example.com" };
  await expectReachable(AccountService, {
    client: ({ transport }) => new OnaClient({ transport }),
    calls: {
      "accounts.get": ({ accounts }) => accounts.get(),
      "accounts.delete": ({ accounts }) => accounts.delete("1", { reason: "moving on" }),
      "accounts.block": ({ accounts }) => accounts.block("1", { reason: "too many mails" }),
      "accounts.unblock": ({ accounts }) => accounts.unblock("1"),
      "accounts.listJoinableOrganizations": ({ accounts }) =>
        accounts.listJoinableOrganizations(pages).toArray(),
      "accounts.listLoginProviders": ({ accounts }) => accounts.listLoginProviders(filter, pages).toArray(),
      "accounts.allowsCustomLogin": ({ accounts }) => accounts.allowsCustomLogin(filter),
      "accounts.listSsoLogins": ({ accounts }) => accounts.listSsoLogins(sso, pages).toArray(),
      "accounts.getSsoLoginUrl": ({ accounts }) => accounts.getSsoLoginUrl(sso),
    },
  });
});
