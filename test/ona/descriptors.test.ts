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
import { expectMapped } from "../support/descriptors.js";
import { expectReachable, unwrappedFields } from "../support/reachable.js";

describe("Ona's models have every field of their messages", () => {
  it("Account, but for what the vendor has given up", () => {
    expectMapped(AccountSchema, toAccount, { omitted: ["joinables"] });
  });
  it("AccountMembership", () => expectMapped(AccountMembershipSchema, toAccountMembership));
  it("JoinableOrganization", () => expectMapped(JoinableOrganizationSchema, toJoinableOrganization));
  it("LoginProvider", () => expectMapped(LoginProviderSchema, toLoginProvider));
  it("SsoLogin", () => expectMapped(ListSSOLoginsResponse_LoginSchema, toSsoLogin));
  it("BlockedAccount", () => expectMapped(BlockAccountResponseSchema, toBlockedAccount));

  it("and there is nothing else in the answers but what the methods answer themselves", () => {
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
    client: (transport) => new OnaClient({ transport }),
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
