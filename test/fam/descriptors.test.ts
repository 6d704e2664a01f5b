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
import { toAccount, toAccountAccess, toCreatedAccount, toPermissions } from "../../src/fam/models/account.js";
import { toCard } from "../../src/fam/models/card.js";
import { toInvite, toTokenPair } from "../../src/fam/models/invite.js";
import { toAccountMember, toMember } from "../../src/fam/models/member.js";
import { expectMapped } from "../support/descriptors.js";
import { expectReachable, unwrappedFields } from "../support/reachable.js";

describe("FAM's models have every field of their messages", () => {
  it("Account", () => expectMapped(AccountSchema, toAccount, { required: ["id", "createdAt"] }));
  it("CreatedAccount", () =>
    expectMapped(CreateAccountResponseSchema, toCreatedAccount, { required: ["id", "createdAt"] }));
  it("AccountAccess, whose id has the name of every account's id", () => {
    const renamed = { accountId: "id" };
    expectMapped(AccountPermissionsSchema, toAccountAccess, { required: ["accountId"], renamed });
  });
  it("Permissions", () => {
    const renamed = { "accounts.accountId": "id" };
    const required = ["userId", "accounts.accountId"];
    expectMapped(ListMyPermissionsResponseSchema, toPermissions, { required, renamed });
  });
  it("Member", () => expectMapped(MemberSchema, toMember, { required: ["userId"] }));
  it("AccountMember", () =>
    expectMapped(AccountMemberSchema, toAccountMember, { required: ["id", "accountId", "createdAt"] }));
  it("Invite", () =>
    expectMapped(InvitationSchema, toInvite, { required: ["id", "accountId", "expiresAt", "createdAt"] }));
  it("TokenPair", () =>
    expectMapped(AcceptInvitationResponseSchema, toTokenPair, { required: ["accessToken", "refreshToken"] }));
  it("Card", () => expectMapped(CardInfoSchema, toCard, { required: ["paymentMethodId"] }));

  it("and the responses have nothing else but what the methods unwrap", () => {
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
    client: ({ baseUrl, fetch }) => new FamClient({ baseUrl, fetch }),
    calls: {
      "accounts.list": ({ accounts }) => accounts.list().toArray(),
      "accounts.create": ({ accounts }) => accounts.create({ name: "Acme", type: "agency" }),
      "accounts.get": ({ accounts }) => accounts.get("1"),
      "accounts.update": ({ accounts }) => accounts.update("1", { name: "Acme Labs" }),
      "accounts.delete": ({ accounts }) => accounts.delete("1"),
      "accounts.permissions": ({ accounts }) => accounts.permissions(),
      "members.list": ({ members }) => members.list("1").toArray(),
      "members.search": ({ members }) => members.search("1", search).toArray({ limit: 2 }),
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
