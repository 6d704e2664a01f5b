import { FamClient } from "tenantry";
import { describe, expect, it } from "vitest";
import {
  AccountPermissionsSchema,
  AccountSchema,
  AccountService,
  CreateAccountResponseSchema,
  ListMyPermissionsResponseSchema,
} from "../../gen/fam/v1/account_pb.js";
import { BillingService, CardInfoSchema } from "../../gen/fam/v1/billing_pb.js";
import {
  AcceptInvitationResponseSchema,
  AccountMemberSchema,
  InvitationSchema,
  MemberSchema,
  MemberService,
} from "../../gen/fam/v1/member_pb.js";
import {
  toAccount,
  toAccountAccess,
  toAccountMember,
  toCard,
  toCreatedAccount,
  toInvite,
  toMember,
  toPermissions,
  toTokenPair,
} from "../../src/fam/models.js";
import { expectMapped } from "../support/descriptors.js";
import { expectReachable, unwrappedFields } from "../support/reachable.js";

describe("FAM's models have every field of their messages", () => {
  it("Account", () => expectMapped(AccountSchema, toAccount));
  it("CreatedAccount", () => expectMapped(CreateAccountResponseSchema, toCreatedAccount));
  it("AccountAccess, whose id is called so, as every account's", () => {
    expectMapped(AccountPermissionsSchema, toAccountAccess, { renamed: { accountId: "id" } });
  });
  it("Permissions", () => {
    const renamed = { "accounts.accountId": "id" };
    expectMapped(ListMyPermissionsResponseSchema, toPermissions, { renamed });
  });
  it("Member", () => expectMapped(MemberSchema, toMember));
  it("AccountMember", () => expectMapped(AccountMemberSchema, toAccountMember));
  it("Invite", () => expectMapped(InvitationSchema, toInvite));
  it("TokenPair", () => expectMapped(AcceptInvitationResponseSchema, toTokenPair));
  it("Card", () => expectMapped(CardInfoSchema, toCard));

  it("and there is nothing else in the answers but what the methods answer themselves", () => {
    const accounts = [AccountSchema, CreateAccountResponseSchema, ListMyPermissionsResponseSchema];
    const members = [MemberSchema, AccountMemberSchema, InvitationSchema, AcceptInvitationResponseSchema];
    expect(unwrappedFields(AccountService, accounts)).toEqual([
      "GetAccountResponse.account",
      "UpdateAccountResponse.account",
    ]);
    expect(unwrappedFields(MemberService, members)).toEqual([
      "InviteMemberResponse.invitation",
      "ListAccountMembersResponse.members",
      "ListAccountMembersResponse.page",
      "ListAccountMembersResponse.perPage",
      "ListAccountMembersResponse.totalResults",
      "ListInvitationsResponse.invitations",
      "ListMembersResponse.members",
    ]);
    expect(unwrappedFields(BillingService, [CardInfoSchema])).toEqual([
      "GetCardInfoResponse.cards",
      "GetPaymentConfigByAccountIDResponse.paymentConfigurationId",
      "SetupPaymentMethodResponse.clientSecret",
    ]);
  });
});

it("FamClient's resources reach every RPC, and every field of its request", async () => {
  const search = {
    query: "ada",
    statuses: ["active"],
    relations: ["owner"],
    sort: [{ field: "email", descending: true }],
  } as const;
  await expectReachable([AccountService, MemberService, BillingService], {
    client: (transport) => new FamClient({ transport }),
    calls: {
      "accounts.list": ({ accounts }) => accounts.list().toArray(),
      "accounts.create": ({ accounts }) => accounts.create({ name: "Acme", type: "agency" }),
      "accounts.get": ({ accounts }) => accounts.get("1"),
      "accounts.update": ({ accounts }) => accounts.update("1", { name: "Acme Labs" }),
      "accounts.delete": ({ accounts }) => accounts.delete("1"),
      "accounts.permissions": ({ accounts }) => accounts.permissions(),
      "members.list": ({ members }) => members.list("1").toArray(),
      "members.search": ({ members }) => members.search("1", search).toArray({ limit: 3 }),
      "invites.list": ({ invites }) => invites.list("1").toArray(),
      "invites.create": ({ invites }) =>
        invites.create("1", { email: "ada@example.com", relations: ["admin"] }),
      "invites.revoke": ({ invites }) => invites.revoke("1", "2"),
      "invites.accept": ({ invites }) =>
        invites.accept({ token: "t", password: "correct horse", code: "42" }),
      "billing.setupPaymentMethod": ({ billing }) => billing.setupPaymentMethod("1"),
      "billing.listCards": ({ billing }) => billing.listCards("1").toArray(),
      "billing.getPaymentConfiguration": ({ billing }) => billing.getPaymentConfiguration("1"),
      "billing.setPrimaryCard": ({ billing }) => billing.setPrimaryCard("1", "2"),
    },
  });
});
