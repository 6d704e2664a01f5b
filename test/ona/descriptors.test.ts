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
  BillingService,
  DailyCreditUsageSchema,
  EnterpriseAIUsageByModelSchema,
  GetCreditUsageReportResponseSchema,
  GetCumulativeCreditUsageResponseSchema,
  UserCreditBudgetUsageSchema,
} from "../../gen/gitpod/v1/billing_pb.js";
import {
  GetAuthenticatedIdentityResponseSchema,
  IdentityService,
  SubjectSchema,
} from "../../gen/gitpod/v1/identity_pb.js";
import {
  DomainVerificationSchema,
  GetOrganizationInviteSummaryResponseSchema,
  OrganizationInviteSchema,
  OrganizationMemberSchema,
  OrganizationSchema,
  OrganizationService,
} from "../../gen/gitpod/v1/organization_service_pb.js";
import { PersonalAccessTokenSchema, UserSchema, UserService } from "../../gen/gitpod/v1/user_pb.js";
import {
  toAccount,
  toAccountMembership,
  toBlockedAccount,
  toJoinableOrganization,
} from "../../src/ona/models/account.js";
import { toAiUsageByModel } from "../../src/ona/models/ai-usage.js";
import { toCumulativeUsage, toUserBudgetUsage } from "../../src/ona/models/cumulative-usage.js";
import { toDomain } from "../../src/ona/models/domain.js";
import { toIdentity, toSubject } from "../../src/ona/models/identity.js";
import { toInvite } from "../../src/ona/models/invite.js";
import { toLoginProvider, toSsoLogin } from "../../src/ona/models/login.js";
import { toMember } from "../../src/ona/models/member.js";
import { toOrganization } from "../../src/ona/models/organization.js";
import { toToken } from "../../src/ona/models/token.js";
import { toUsageReport } from "../../src/ona/models/usage-report.js";
import { toUser } from "../../src/ona/models/user.js";
import { expectMapped, fieldsOf } from "../support/descriptors.js";
import { expectReachable, unwrappedFields } from "../support/reachable.js";

const services = [AccountService, BillingService, IdentityService, OrganizationService, UserService];

describe("the models of OnaClient have every field of their messages", () => {
  const membership = ["userId", "organizationId"];
  it("Account, without the deprecated field", () => {
    const required = ["id", "createdAt", "updatedAt", ...membership.map((name) => `memberships.${name}`)];
    expectMapped(AccountSchema, toAccount, {
      required,
      omitted: [...fieldsOf(AccountSchema).keys()].filter((path) => path.startsWith("joinables")),
    });
  });
  it("AccountMembership", () =>
    expectMapped(AccountMembershipSchema, toAccountMembership, { required: membership }));
  it("JoinableOrganization, also for an invite's summary", () => {
    for (const schema of [JoinableOrganizationSchema, GetOrganizationInviteSummaryResponseSchema]) {
      expectMapped(schema, toJoinableOrganization, { required: ["organizationId"] });
    }
  });
  it("LoginProvider", () => expectMapped(LoginProviderSchema, toLoginProvider, { required: ["provider"] }));
  it("SsoLogin", () =>
    expectMapped(ListSSOLoginsResponse_LoginSchema, toSsoLogin, { required: ["loginUrl"] }));
  it("BlockedAccount", () => expectMapped(BlockAccountResponseSchema, toBlockedAccount));

  it("Organization, with its domains as a list", () =>
    expectMapped(OrganizationSchema, toOrganization, {
      required: ["id", "createdAt", "updatedAt"],
      unwrapped: ["inviteDomains"],
    }));
  it("Member, with fullName renamed to name", () =>
    expectMapped(OrganizationMemberSchema, toMember, {
      required: ["userId", "memberSince"],
      renamed: { fullName: "name" },
    }));
  it("Invite", () =>
    expectMapped(OrganizationInviteSchema, toInvite, {
      required: ["inviteId"],
      renamed: { inviteId: "id" },
    }));
  it("Domain", () =>
    expectMapped(DomainVerificationSchema, toDomain, { required: ["id", "organizationId"] }));
  it("User", () => expectMapped(UserSchema, toUser, { required: ["id", "organizationId"] }));
  it("PersonalAccessToken", () =>
    expectMapped(PersonalAccessTokenSchema, toToken, { required: ["id", "userId"] }));
  it("Subject", () => expectMapped(SubjectSchema, toSubject));
  it("CurrentIdentity", () =>
    expectMapped(GetAuthenticatedIdentityResponseSchema, toIdentity, { required: ["subject"] }));
  it("AiUsageByModel", () => expectMapped(EnterpriseAIUsageByModelSchema, toAiUsageByModel));
  it("UserBudgetUsage", () => expectMapped(UserCreditBudgetUsageSchema, toUserBudgetUsage));
  it("UsageReport", () =>
    expectMapped(GetCreditUsageReportResponseSchema, toUsageReport, { required: ["dailyUsage.date"] }));
  it("CumulativeUsage", () => expectMapped(GetCumulativeCreditUsageResponseSchema, toCumulativeUsage));

  it("except the fields of responses that the methods unwrap", () => {
    const mapped = [
      AccountSchema,
      AccountMembershipSchema,
      JoinableOrganizationSchema,
      GetOrganizationInviteSummaryResponseSchema,
      LoginProviderSchema,
      ListSSOLoginsResponse_LoginSchema,
      BlockAccountResponseSchema,
      OrganizationSchema,
      OrganizationMemberSchema,
      OrganizationInviteSchema,
      DomainVerificationSchema,
      UserSchema,
      PersonalAccessTokenSchema,
      GetAuthenticatedIdentityResponseSchema,
      DailyCreditUsageSchema,
      UserCreditBudgetUsageSchema,
      GetCreditUsageReportResponseSchema,
      GetCumulativeCreditUsageResponseSchema,
    ];
    expect(unwrappedFields(services, mapped)).toEqual([
      "CountResponse.relation",
      "CountResponse.value",
      "CreateDomainVerificationResponse.domainVerification",
      "CreateOrganizationInviteResponse.invite",
      "CreateOrganizationResponse.member",
      "CreateOrganizationResponse.organization",
      "CreatePersonalAccessTokenResponse.token",
      "ExchangeTokenResponse.accessToken",
      "GetAccountResponse.account",
      "GetAuthenticatedUserResponse.user",
      "GetCreditUsageExportResponse.downloadUrl",
      "GetDomainVerificationResponse.domainVerification",
      "GetOrganizationInviteResponse.invite",
      "GetOrganizationResponse.organization",
      "GetPersonalAccessTokenResponse.pat",
      "GetSSOLoginURLResponse.loginUrl",
      "GetUserResponse.user",
      "JoinOrganizationResponse.member",
      "ListDomainVerificationsResponse.domainVerifications",
      "ListDomainVerificationsResponse.pagination",
      "ListEnterpriseUserCreditUsageResponse.pagination",
      "ListEnterpriseUserCreditUsageResponse.totalCount",
      "ListEnterpriseUserCreditUsageResponse.userUsage",
      "ListJoinableOrganizationsResponse.joinableOrganizations",
      "ListJoinableOrganizationsResponse.pagination",
      "ListLoginProvidersResponse.allowCustom",
      "ListLoginProvidersResponse.loginProviders",
      "ListLoginProvidersResponse.pagination",
      "ListMembersResponse.count",
      "ListMembersResponse.members",
      "ListMembersResponse.pagination",
      "ListPersonalAccessTokensResponse.pagination",
      "ListPersonalAccessTokensResponse.personalAccessTokens",
      "ListSSOLoginsResponse.logins",
      "ListSSOLoginsResponse.pagination",
      "PaginationResponse.nextToken",
      "UpdateOrganizationResponse.organization",
      "VerifyDomainResponse.domainVerification",
    ]);
  });
});

it("OnaClient's methods call every RPC, and set every field of its request", async () => {
  const members = {
    search: "ada",
    statuses: ["active"],
    roles: ["admin"],
    userIds: ["1"],
    excludeGroupIds: ["2"],
    excludeMembersInAnyTeam: true,
    sort: { field: "name", descending: true },
    count: true,
  };
  await expectReachable(services, {
    api: "ona",
    client: ({ transport }) => new OnaClient({ transport }),
    listOptions: { "ona.members.list": members },
  });
});
