import { VydonClient } from "tenantry";
import { describe, expect, it } from "vitest";
import { AccountApiKeySchema, ApiKeyService } from "../../gen/mgmt/v1alpha1/api_key_pb.js";
import {
  AccessTokenSchema,
  AuthService,
  GetAuthStatusResponseSchema,
} from "../../gen/mgmt/v1alpha1/auth_pb.js";
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
import type { Json } from "../../src/core/json/fields.js";
import { toAccount, toOnboardingConfig, toTemporalConfig } from "../../src/vydon/models/account.js";
import { toFoundApiKey, toNewApiKey } from "../../src/vydon/models/api-key.js";
import { toBillingStatus, toBillingValidity } from "../../src/vydon/models/billing.js";
import { toInvite, toMember } from "../../src/vydon/models/member.js";
import { toSystemInformation } from "../../src/vydon/models/system.js";
import { toAuthStatus, toIssuedTokens } from "../../src/vydon/models/tokens.js";
import { expectMapped } from "../support/descriptors.js";
import { expectReachable, unwrappedFields } from "../support/reachable.js";

const services = [UserAccountService, AuthService, ApiKeyService];

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
  it("AuthStatus", () => expectMapped(GetAuthStatusResponseSchema, toAuthStatus));
  it("IssuedTokens, with a date in place of a span", () => {
    const read = (json: Json) => {
      const { expiresAt = new Date(0), ...tokens } = toIssuedTokens(json, 0);
      return { ...tokens, expiresIn: expiresAt.getTime() / 1_000 };
    };
    expectMapped(AccessTokenSchema, read, { required: ["accessToken"] });
  });
  const keyIds = ["id", "accountId", "createdById", "updatedById", "userId"];
  const keyFields = [...keyIds, "createdAt", "updatedAt", "expiresAt"];
  it("IssuedApiKey", () =>
    expectMapped(AccountApiKeySchema, (apiKey) => toNewApiKey({ apiKey }), {
      required: [...keyFields, "keyValue"],
    }));
  it("ApiKey, which has no value", () =>
    expectMapped(AccountApiKeySchema, (apiKey) => toFoundApiKey({ apiKey }), {
      required: keyFields,
      omitted: ["keyValue"],
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
      GetAuthStatusResponseSchema,
      AccessTokenSchema,
      AccountApiKeySchema,
    ];
    expect(services.flatMap((service) => unwrappedFields(service, mapped))).toEqual([
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
      "GetAuthorizeUrlResponse.url",
      "LoginCliResponse.accessToken",
      "RefreshCliResponse.accessToken",
      "CreateAccountApiKeyResponse.apiKey",
      "GetAccountApiKeyResponse.apiKey",
      "GetAccountApiKeysResponse.apiKeys",
      "RegenerateAccountApiKeyResponse.apiKey",
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
  const expiresAt = new Date(1_000);
  await expectReachable(services, {
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
      "auth.status": ({ auth }) => auth.status(),
      "auth.authorizeUrl": ({ auth }) => auth.authorizeUrl({ state: "1", redirectUri: "2", scope: "3" }),
      "auth.login": ({ auth }) => auth.login({ code: "1", redirectUri: "2" }),
      "auth.refresh": ({ auth }) => auth.refresh("1"),
      "auth.check": ({ auth }) => auth.check(),
      "apiKeys.list": ({ apiKeys }) => apiKeys.list("1"),
      "apiKeys.get": ({ apiKeys }) => apiKeys.get("1"),
      "apiKeys.create": ({ apiKeys }) => apiKeys.create("1", { name: "acme", expiresAt }),
      "apiKeys.regenerate": ({ apiKeys }) => apiKeys.regenerate("1", { expiresAt }),
      "apiKeys.delete": ({ apiKeys }) => apiKeys.delete("1"),
    },
  });
});
