import type { ExpectedSchema } from "./render.js";

/** What is known of Ona: every call, field, number and rule. */
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
  `,
  messages: `
    GetAccountRequest
    GetAccountResponse
      1 account Account
    DeleteAccountRequest
      1 account_id string
      2 reason optional string
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
      1 email string
      2 return_to optional string
    GetSSOLoginURLResponse
      1 login_url string
    ListSSOLoginsRequest
      1 email string
      2 return_to optional string
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
      1 invite_id optional string
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
      1 account_id string
      2 reason string [string.min_len = 1]
    BlockAccountResponse
      1 environments_stopped int32
      2 subscriptions_cancelled int32
    UnblockAccountRequest
      1 account_id string
    UnblockAccountResponse
    PaginationRequest
      1 page_size int32 [int32.gte = 0]
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
  `,
};
