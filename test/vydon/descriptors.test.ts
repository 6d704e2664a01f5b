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
import { inApiKey, inIssuedApiKey } from "../../src/vydon/models/api-key.js";
import { toBillingStatus, toBillingValidity } from "../../src/vydon/models/billing.js";
import { toInvite } from "../../src/vydon/models/invite.js";
import { toMember } from "../../src/vydon/models/member.js";
import { toSystemInformation } from "../../src/vydon/models/system.js";
import { toAuthStatus, toIssuedTokens } from "../../src/vydon/models/tokens.js";
import { expectMapped } from "../support/descriptors.js";
import { expectReachable, unwrappedFields } from "../support/reachable.js";

const services = [UserAccountService, AuthService, ApiKeyService];

describe("the models of VydonClient have every field of their messages", () => {
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
  it("SystemInformation, with isNeosyncCloud renamed to isCloud", () =>
    expectMapped(GetSystemInformationResponseSchema, toSystemInformation, {
      required: ["buildDate"],
      renamed: { "license.isNeosyncCloud": "isCloud" },
    }));
  it("AuthStatus", () => expectMapped(GetAuthStatusResponseSchema, toAuthStatus));
  it("IssuedTokens, with expiresIn as the date expiresAt", () => {
    const read = (json: Json) => {
      const { expiresAt = new Date(0), ...tokens } = toIssuedTokens(json, 0);
      return { ...tokens, expiresIn: expiresAt.getTime() / 1_000 };
    };
    expectMapped(AccessTokenSchema, read, { required: ["accessToken"] });
  });
  const keyIds = ["id", "accountId", "createdById", "updatedById", "userId"];
  const keyFields = [...keyIds, "createdAt", "updatedAt", "expiresAt"];
  it("IssuedApiKey", () =>
    expectMapped(AccountApiKeySchema, (apiKey) => inIssuedApiKey({ apiKey }), {
      required: [...keyFields, "keyValue"],
    }));
  it("ApiKey, without keyValue", () =>
    expectMapped(AccountApiKeySchema, (apiKey) => inApiKey({ apiKey }), {
      required: keyFields,
      omitted: ["keyValue"],
    }));

  it("except the fields of responses that the methods unwrap", () => {
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
    expect(unwrappedFields(services, mapped)).toEqual([
      "AcceptTeamAccountInviteResponse.account",
      "ConvertPersonalToTeamAccountResponse.accountId",
      "ConvertPersonalToTeamAccountResponse.checkoutSessionUrl",
      "ConvertPersonalToTeamAccountResponse.newPersonalAccountId",
      "CreateAccountApiKeyResponse.apiKey",
      "CreateTeamAccountResponse.accountId",
      "CreateTeamAccountResponse.checkoutSessionUrl",
      "GetAccountApiKeyResponse.apiKey",
      "GetAccountApiKeysResponse.apiKeys",
      "GetAccountBillingCheckoutSessionResponse.checkoutSessionUrl",
      "GetAccountBillingPortalSessionResponse.portalSessionUrl",
      "GetAccountOnboardingConfigResponse.config",
      "GetAccountTemporalConfigResponse.config",
      "GetAuthorizeUrlResponse.url",
      "GetBillingAccountsResponse.accounts",
      "GetTeamAccountInvitesResponse.invites",
      "GetTeamAccountMembersResponse.users",
      "GetUserAccountsResponse.accounts",
      "GetUserResponse.userId",
      "HasPermissionResponse.hasPermission",
      "HasPermissionsResponse.assertions",
      "InviteUserToTeamAccountResponse.invite",
      "IsUserInAccountResponse.ok",
      "LoginCliResponse.accessToken",
      "RefreshCliResponse.accessToken",
      "RegenerateAccountApiKeyResponse.apiKey",
      "SetAccountOnboardingConfigResponse.config",
      "SetAccountTemporalConfigResponse.config",
      "SetPersonalAccountResponse.accountId",
      "SetUserResponse.userId",
    ]);
  });
});

it("VydonClient's methods call every RPC, and set every field of its request", async () => {
  await expectReachable(services, {
    api: "vydon",
    client: ({ transport }) => new VydonClient({ transport }),
  });
});
