import { VydonClient } from "tenantry";
import { describe, expect, it } from "vitest";
import {
  AccountInviteSchema,
  AccountOnboardingConfigSchema,
  AccountTemporalConfigSchema,
  AccountUserSchema,
  GetAccountStatusResponseSchema,
  GetSystemInformationResponseSchema,
  IsAccountStatusValidResponseSchema,
  SystemLicenseSchema,
  UserAccountSchema,
  UserAccountService,
} from "../../gen/mgmt/v1alpha1/user_account_pb.js";
import { toAccount, toOnboardingConfig, toTemporalConfig } from "../../src/vydon/models/account.js";
import { toBillingStatus, toBillingValidity } from "../../src/vydon/models/billing.js";
import { toInvite, toMember } from "../../src/vydon/models/member.js";
import { toSystemInformation } from "../../src/vydon/models/system.js";
import { expectMapped } from "../support/descriptors.js";
import { expectReachable, unwrappedFields } from "../support/reachable.js";

describe("Vydon's models have every field of their messages", () => {
  it("Account", () => expectMapped(UserAccountSchema, toAccount, { required: ["id"] }));
  it("Member", () =>
    expectMapped(AccountUserSchema, toMember, { required: ["id"], renamed: { id: "userId" } }));
  it("Invite", () =>
    expectMapped(AccountInviteSchema, toInvite, {
      required: ["id", "accountId", "senderUserId", "token", "createdAt", "updatedAt", "expiresAt"],
    }));
  it("OnboardingConfig", () => expectMapped(AccountOnboardingConfigSchema, toOnboardingConfig));
  it("TemporalConfig", () =>
    expectMapped(AccountTemporalConfigSchema, toTemporalConfig, {
      required: ["url", "namespace", "syncJobQueueName"],
    }));
  it("BillingStatus", () => expectMapped(GetAccountStatusResponseSchema, toBillingStatus));
  it("BillingValidity", () =>
    expectMapped(IsAccountStatusValidResponseSchema, toBillingValidity, {
      values: { ACCOUNT_STATUS_REASON_UNSPECIFIED: "unspecified" },
    }));
  it("SystemInformation, with a name for the licence's kind that suits both vendors", () =>
    expectMapped(GetSystemInformationResponseSchema, toSystemInformation, {
      required: ["buildDate"],
      renamed: { "license.isNeosyncCloud": "isCloud" },
    }));

  it("and the responses have nothing else but what the methods unwrap", () => {
    const mapped = [
      UserAccountSchema,
      AccountUserSchema,
      AccountInviteSchema,
      AccountOnboardingConfigSchema,
      AccountTemporalConfigSchema,
      GetAccountStatusResponseSchema,
      IsAccountStatusValidResponseSchema,
      GetSystemInformationResponseSchema,
      SystemLicenseSchema,
    ];
    expect(unwrappedFields(UserAccountService, mapped)).toEqual([
      "AcceptTeamAccountInviteResponse.account",
      "ConvertPersonalToTeamAccountResponse.accountId",
      "ConvertPersonalToTeamAccountResponse.checkoutSessionUrl",
      "ConvertPersonalToTeamAccountResponse.newPersonalAccountId",
      "CreateTeamAccountResponse.accountId",
      "CreateTeamAccountResponse.checkoutSessionUrl",
      "GetAccountBillingCheckoutSessionResponse.checkoutSessionUrl",
      "GetAccountBillingPortalSessionResponse.portalSessionUrl",
      "GetAccountOnboardingConfigResponse.config",
      "GetAccountTemporalConfigResponse.config",
      "GetBillingAccountsResponse.accounts",
      "GetTeamAccountInvitesResponse.invites",
      "GetTeamAccountMembersResponse.users",
      "GetUserAccountsResponse.accounts",
      "GetUserResponse.userId",
      "HasPermissionResponse.hasPermission",
      "HasPermissionsResponse.assertions",
      "InviteUserToTeamAccountResponse.invite",
      "IsUserInAccountResponse.ok",
      "SetAccountOnboardingConfigResponse.config",
      "SetAccountTemporalConfigResponse.config",
      "SetPersonalAccountResponse.accountId",
      "SetUserResponse.userId",
    ]);
  });
});

it("VydonClient's resources reach every RPC, and every field of its request", async () => {
  const onboarding = {
    hasCompletedOnboarding: true,
    hasCreatedSourceConnection: true,
    hasCreatedDestinationConnection: true,
    hasCreatedJob: true,
    hasInvitedMembers: true,
  };
  const temporal = { url: "temporal:7233", namespace: "default", syncJobQueueName: "sync" };
  const resource = { type: "job", id: "*", action: "read" } as const;
  const event = { eventName: "records", value: 1, timestamp: new Date(1_000) };
  await expectReachable(UserAccountService, {
    client: ({ transport }) => new VydonClient({ transport }),
    calls: {
      "users.current": ({ users }) => users.current(),
      "users.register": ({ users }) => users.register(),
      "accounts.list": ({ accounts }) => accounts.list(),
      "accounts.createTeam": ({ accounts }) => accounts.createTeam({ name: "acme" }),
      "accounts.ensurePersonal": ({ accounts }) => accounts.ensurePersonal(),
      "accounts.convertToTeam": ({ accounts }) => accounts.convertToTeam({ name: "acme", accountId: "1" }),
      "accounts.includesMe": ({ accounts }) => accounts.includesMe("1"),
      "accounts.getOnboarding": ({ accounts }) => accounts.getOnboarding("1"),
      "accounts.setOnboarding": ({ accounts }) => accounts.setOnboarding("1", onboarding),
      "accounts.getTemporalConfig": ({ accounts }) => accounts.getTemporalConfig("1"),
      "accounts.setTemporalConfig": ({ accounts }) => accounts.setTemporalConfig("1", temporal),
      "members.list": ({ members }) => members.list("1"),
      "members.remove": ({ members }) => members.remove("1", "2"),
      "members.setRole": ({ members }) => members.setRole("1", "2", "admin"),
      "invites.list": ({ invites }) => invites.list("1"),
      "invites.create": ({ invites }) => invites.create("1", { email: "ada@example.com", role: "admin" }),
      "invites.remove": ({ invites }) => invites.remove("1"),
      "invites.accept": ({ invites }) => invites.accept("token"),
      "permissions.check": ({ permissions }) => permissions.check("1", resource),
      // As many resources as the recorder returns results.
      "permissions.checkAll": ({ permissions }) => permissions.checkAll("1", [resource, resource]),
      "billing.status": ({ billing }) => billing.status("1"),
      "billing.validity": ({ billing }) => billing.validity("1", { requestedRecordCount: 1 }),
      "billing.waitUntilValid": ({ billing }) => billing.waitUntilValid("1"),
      "billing.createCheckoutSession": ({ billing }) => billing.createCheckoutSession("1"),
      "billing.createPortalSession": ({ billing }) => billing.createPortalSession("1"),
      "billing.listAccounts": ({ billing }) => billing.listAccounts({ accountIds: ["1"] }),
      "billing.recordMeterEvent": ({ billing }) => billing.recordMeterEvent("1", event),
      "system.info": ({ system }) => system.info(),
    },
  });
});
