import { billing } from "./ona-billing.js";
import { organizations } from "./ona-organizations.js";
import { users } from "./ona-users.js";
import type { ExpectedSchema } from "./render.js";

/** The known schema of Ona: every call, field, number and rule. */
export const ona: ExpectedSchema = {
  package: "gitpod.v1",
  services: `
    AccountService
      GetAccount NO_SIDE_EFFECTS
      DeleteAccount none
      GetSSOLoginURL NO_SIDE_EFFECTS
      ListSSOLogins NO_SIDE_EFFECTS
      ListLoginProviders NO_SIDE_EFFECTS
      ListJoinableOrganizations NO_SIDE_EFFECTS
      BlockAccount IDEMPOTENT
      UnblockAccount IDEMPOTENT
    OrganizationService
      CreateOrganization none
      GetOrganization NO_SIDE_EFFECTS
      UpdateOrganization IDEMPOTENT
      DeleteOrganization none
      JoinOrganization none
      ListMembers NO_SIDE_EFFECTS
      SetRole IDEMPOTENT
      LeaveOrganization none
      CreateOrganizationInvite none
      GetOrganizationInvite IDEMPOTENT
      GetOrganizationInviteSummary NO_SIDE_EFFECTS
      CreateDomainVerification none
      GetDomainVerification NO_SIDE_EFFECTS
      ListDomainVerifications NO_SIDE_EFFECTS
      VerifyDomain none
      DeleteDomainVerification none
    UserService
      GetAuthenticatedUser NO_SIDE_EFFECTS
      GetUser NO_SIDE_EFFECTS
      SetSuspended IDEMPOTENT
      DeleteUser none
      CreatePersonalAccessToken none
      GetPersonalAccessToken NO_SIDE_EFFECTS
      ListPersonalAccessTokens NO_SIDE_EFFECTS
      DeletePersonalAccessToken none
    IdentityService
      GetAuthenticatedIdentity NO_SIDE_EFFECTS
      ExchangeToken none
    BillingService
      GetCreditUsageReport NO_SIDE_EFFECTS
      GetCreditUsageExport NO_SIDE_EFFECTS
      GetCumulativeCreditUsage NO_SIDE_EFFECTS
      ListEnterpriseUserCreditUsage NO_SIDE_EFFECTS
  `,
  messages: `
    ${organizations}
    ${users}
    ${billing}
    GetAccountRequest
    GetAccountResponse
      1 account Account
    DeleteAccountRequest
      1 account_id string [required, string.uuid]
      2 reason optional string [string.max_len = 256]
    DeleteAccountResponse
    Account
      1 id string
      2 name string
      3 avatar_url string
      4 email string
      5 created_at google.protobuf.Timestamp
      6 updated_at google.protobuf.Timestamp
      7 memberships repeated AccountMembership
      8 joinables repeated JoinableOrganization deprecated
      9 public_email_provider bool
      10 organization_id optional string
    AccountMembership
      1 user_id string
      2 user_role OrganizationRole
      3 organization_id string
      4 organization_name string
      5 organization_member_count int32
      6 organization_tier OrganizationTier
    JoinableOrganization
      1 organization_id string
      2 organization_name string
      3 organization_member_count int32
    GetSSOLoginURLRequest
      1 email string [required, string.email]
      2 return_to optional string [string.uri]
    GetSSOLoginURLResponse
      1 login_url string
    ListSSOLoginsRequest
      1 email string [required, string.email]
      2 return_to optional string [string.uri]
      3 pagination PaginationRequest
    ListSSOLoginsResponse
      1 logins repeated ListSSOLoginsResponse.Login
      2 pagination PaginationResponse
    ListSSOLoginsResponse.Login
      1 display_name string
      2 login_url string
    ListLoginProvidersRequest
      1 pagination PaginationRequest
      2 filter ListLoginProvidersRequest.Filter
    ListLoginProvidersRequest.Filter
      1 invite_id optional string [string.uuid]
      2 email optional string
    ListLoginProvidersResponse
      1 pagination PaginationResponse
      2 login_providers repeated LoginProvider
      3 allow_custom bool
    LoginProvider
      1 login_url string
      2 provider string
    ListJoinableOrganizationsRequest
      1 pagination PaginationRequest
    ListJoinableOrganizationsResponse
      1 joinable_organizations repeated JoinableOrganization
      2 pagination PaginationResponse
    BlockAccountRequest
      1 account_id string [required, string.uuid]
      2 reason string [string.min_len = 1, string.max_len = 1024]
    BlockAccountResponse
      1 environments_stopped int32
      2 subscriptions_cancelled int32
    UnblockAccountRequest
      1 account_id string [required, string.uuid]
    UnblockAccountResponse
    PaginationRequest
      1 page_size int32 [int32.lte = 100, int32.gte = 0]
      2 token string
    PaginationResponse
      1 next_token string
  `,
  enums: `
    OrganizationTier
      0 ORGANIZATION_TIER_UNSPECIFIED
      1 ORGANIZATION_TIER_FREE
      2 ORGANIZATION_TIER_ENTERPRISE
      3 ORGANIZATION_TIER_CORE
      4 ORGANIZATION_TIER_FREE_ONA
    OrganizationRole
      0 ORGANIZATION_ROLE_UNSPECIFIED
      1 ORGANIZATION_ROLE_ADMIN
      2 ORGANIZATION_ROLE_MEMBER
    UserStatus
      0 USER_STATUS_UNSPECIFIED
      1 USER_STATUS_ACTIVE
      2 USER_STATUS_SUSPENDED
      3 USER_STATUS_LEFT
    ListMembersRequest.SortField
      0 SORT_FIELD_UNSPECIFIED
      1 SORT_FIELD_NAME
      2 SORT_FIELD_DATE_JOINED
    SortOrder
      0 SORT_ORDER_UNSPECIFIED
      1 SORT_ORDER_ASC
      2 SORT_ORDER_DESC
    CountResponseRelation
      0 COUNT_RESPONSE_RELATION_UNSPECIFIED
      1 COUNT_RESPONSE_RELATION_EQ
      2 COUNT_RESPONSE_RELATION_GTE
    Principal
      0 PRINCIPAL_UNSPECIFIED
      1 PRINCIPAL_ACCOUNT
      2 PRINCIPAL_USER
      3 PRINCIPAL_RUNNER
      4 PRINCIPAL_ENVIRONMENT
      5 PRINCIPAL_SERVICE_ACCOUNT
      6 PRINCIPAL_RUNNER_MANAGER
    UsageType
      0 USAGE_TYPE_UNSPECIFIED
      1 USAGE_TYPE_ENVIRONMENT
      2 USAGE_TYPE_AGENTIC
    BillingCurrency
      0 BILLING_CURRENCY_UNSPECIFIED
      1 BILLING_CURRENCY_USD
      2 BILLING_CURRENCY_EUR
      3 BILLING_CURRENCY_GBP
    BYOKRateCardTokenType
      0 BYOK_RATE_CARD_TOKEN_TYPE_UNSPECIFIED
      1 BYOK_RATE_CARD_TOKEN_TYPE_INPUT
      2 BYOK_RATE_CARD_TOKEN_TYPE_OUTPUT
      3 BYOK_RATE_CARD_TOKEN_TYPE_CACHE_READ
      4 BYOK_RATE_CARD_TOKEN_TYPE_CACHE_WRITE
    CreditUsageExportGroupBy
      0 CREDIT_USAGE_EXPORT_GROUP_BY_UNSPECIFIED
      1 CREDIT_USAGE_EXPORT_GROUP_BY_DAILY_SUMMARY
      2 CREDIT_USAGE_EXPORT_GROUP_BY_RESOURCE
    EnterpriseAIUserBudgetPolicySource
      0 ENTERPRISE_AI_USER_BUDGET_POLICY_SOURCE_UNSPECIFIED
      1 ENTERPRISE_AI_USER_BUDGET_POLICY_SOURCE_NONE
      2 ENTERPRISE_AI_USER_BUDGET_POLICY_SOURCE_ORGANIZATION
      3 ENTERPRISE_AI_USER_BUDGET_POLICY_SOURCE_USER
    ListEnterpriseUserCreditUsageRequest.SortField
      0 SORT_FIELD_UNSPECIFIED
      1 SORT_FIELD_USAGE
      2 SORT_FIELD_DISPLAY_NAME
      3 SORT_FIELD_BUDGET
      4 SORT_FIELD_BUDGET_USED
    DomainVerificationState
      0 DOMAIN_VERIFICATION_STATE_UNSPECIFIED
      1 DOMAIN_VERIFICATION_STATE_PENDING
      2 DOMAIN_VERIFICATION_STATE_VERIFIED
  `,
};
