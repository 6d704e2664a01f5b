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
import { toInvite } from "../../src/fam/models/invite.js";
import { toAccountMember, toMember } from "../../src/fam/models/member.js";
import { toTokenPair } from "../../src/fam/models/tokens.js";
import { expectMapped } from "../support/descriptors.js";
import { expectReachable, unwrappedFields } from "../support/reachable.js";

describe("the models of FamClient have every field of their messages", () => {
  it("Account", () => expectMapped(AccountSchema, toAccount, { required: ["id", "createdAt"] }));
  it("CreatedAccount", () =>
    expectMapped(CreateAccountResponseSchema, toCreatedAccount, { required: ["id", "createdAt"] }));
  it("AccountAccess, with accountId renamed to id", () => {
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

  it("except the fields of responses that the methods unwrap", () => {
    const accounts = [AccountSchema, CreateAccountResponseSchema, ListMyPermissionsResponseSchema];
    const members = [MemberSchema, AccountMemberSchema, InvitationSchema, AcceptInvitationResponseSchema];
    expect(unwrappedFields([AccountService], accounts)).toEqual([
      "GetAccountResponse.account",
      "UpdateAccountResponse.account",
    ]);
    expect(unwrappedFields([MemberService], members)).toEqual([
      "InviteMemberResponse.invitation",
      "ListAccountMembersResponse.members",
      "ListAccountMembersResponse.page",
      "ListAccountMembersResponse.perPage",
      "ListAccountMembersResponse.totalResults",
      "ListInvitationsResponse.invitations",
      "ListMembersResponse.members",
    ]);
    expect(unwrappedFields([BillingService], [CardInfoSchema])).toEqual([
      "GetCardInfoResponse.cards",
      "GetPaymentConfigByAccountIDResponse.paymentConfigurationId",
      "SetupPaymentMethodResponse.clientSecret",
    ]);
  });
});

it("FamClient's methods call every RPC, and set every field of its request", async () => {
  await expectReachable([AccountService, MemberService, BillingService], {
    api: "fam",
    client: ({ baseUrl, fetch }) => new FamClient({ baseUrl, fetch }),
    // The recorder returns the same page for each number.
    listOptions: { "fam.members.search": { limit: 2 } },
  });
});
