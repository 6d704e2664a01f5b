import type { ExpectedSchema } from "./render.js";

/** The known schema of Fetch Ads Manager, with our own field numbers: every call, field and rule. */
export const fam: ExpectedSchema = {
  package: "fam.v1",
  services: `
    AccountService
      CreateAccount none
      GetAccount IDEMPOTENT
      UpdateAccount IDEMPOTENT
      DeleteAccount none
      ListMyPermissions IDEMPOTENT
    MemberService
      InviteMember none
      AcceptInvitation none
      RevokeInvitation IDEMPOTENT
      ListInvitations IDEMPOTENT
      ListMembers IDEMPOTENT
      ListAccountMembers IDEMPOTENT
    BillingService
      SetupPaymentMethod none
      GetCardInfo IDEMPOTENT
      GetPaymentConfigByAccountID IDEMPOTENT
      SetPrimaryCard IDEMPOTENT
  `,
  messages: `
    CreateAccountRequest
      1 name string [string.min_len = 1]
      2 type AccountType
    CreateAccountResponse
      1 id string
      2 hierarchy repeated string
      3 name string
      4 type AccountType
      5 status AccountStatus
      6 created_at google.protobuf.Timestamp
    GetAccountRequest
      1 id string [string.min_len = 1]
    GetAccountResponse
      1 account Account
    UpdateAccountRequest
      1 id string [string.min_len = 1]
      2 name string [string.min_len = 1]
    UpdateAccountResponse
      1 account Account
    DeleteAccountRequest
      1 id string [string.min_len = 1]
    DeleteAccountResponse
    ListMyPermissionsRequest
    ListMyPermissionsResponse
      1 user_id string
      2 accounts repeated AccountPermissions
      3 root_permissions repeated string
    Account
      1 id string
      2 hierarchy repeated string
      3 name string
      4 type AccountType
      5 status AccountStatus
      6 created_at google.protobuf.Timestamp
      7 updated_at google.protobuf.Timestamp
    AccountPermissions
      1 account_id string
      2 name string
      3 type AccountType
      4 permissions repeated string
    InviteMemberRequest
      1 account_id string [string.min_len = 1]
      2 email string
      3 relations repeated string [repeated.min_items = 1]
    InviteMemberResponse
      1 invitation Invitation
    AcceptInvitationRequest
      1 invitation_token string [string.min_len = 1]
      2 password string
      3 code string
    AcceptInvitationResponse
      1 access_token string
      2 refresh_token string
    RevokeInvitationRequest
      1 account_id string [string.min_len = 1]
      2 invitation_id string [string.min_len = 1]
    RevokeInvitationResponse
    ListInvitationsRequest
      1 account_id string [string.min_len = 1]
    ListInvitationsResponse
      1 invitations repeated Invitation
    ListMembersRequest
      1 account_id string [string.min_len = 1]
    ListMembersResponse
      1 members repeated Member
    ListAccountMembersRequest
      1 account_id string [string.min_len = 1]
      2 query string
      3 filters AccountMemberFilters
      4 sort repeated SortBy
      5 page int32 [int32.gte = 1]
    ListAccountMembersResponse
      1 members repeated AccountMember
      2 page int32
      3 per_page int32
      4 total_results int64
    SortBy
      1 field string
      2 descending bool
    Invitation
      1 id string
      2 account_id string
      3 email string
      4 relations repeated string
      5 status InvitationStatus
      6 inviter_user_id string
      7 expires_at google.protobuf.Timestamp
      8 created_at google.protobuf.Timestamp
    Member
      1 user_id string
      2 relations repeated string
    AccountMember
      1 id string
      2 account_id string
      3 membership_status MembershipStatus
      4 user_id string
      5 invitation_id string
      6 email string
      7 first_name string
      8 last_name string
      9 relations repeated string
      10 expires_at google.protobuf.Timestamp
      11 created_at google.protobuf.Timestamp
      12 accepted_at google.protobuf.Timestamp
    AccountMemberFilters
      1 statuses repeated MembershipStatus
      2 relations repeated string
    SetupPaymentMethodRequest
      1 payment_configuration_id string [string.min_len = 1]
    SetupPaymentMethodResponse
      1 client_secret string
    GetCardInfoRequest
      1 payment_configuration_id string [string.min_len = 1]
    GetCardInfoResponse
      1 cards repeated CardInfo
    GetPaymentConfigByAccountIDRequest
      1 account_id string [string.min_len = 1]
    GetPaymentConfigByAccountIDResponse
      1 payment_configuration_id string
    SetPrimaryCardRequest
      1 payment_configuration_id string [string.min_len = 1]
      2 payment_method_id string [string.min_len = 1]
    SetPrimaryCardResponse
    CardInfo
      1 payment_method_id string
      2 brand string
      3 last4 string
      4 exp_month int64
      5 exp_year int64
      6 name string
      7 primary bool
  `,
  enums: `
    AccountType
      0 ACCOUNT_TYPE_UNSPECIFIED
      1 ACCOUNT_TYPE_AD_ACCOUNT
      2 ACCOUNT_TYPE_BUSINESS_MANAGER
      3 ACCOUNT_TYPE_ENTERPRISE
      4 ACCOUNT_TYPE_AGENCY
    AccountStatus
      0 ACCOUNT_STATUS_UNSPECIFIED
      1 ACCOUNT_STATUS_UNVERIFIED
      2 ACCOUNT_STATUS_PENDING
      3 ACCOUNT_STATUS_VERIFIED
    InvitationStatus
      0 INVITATION_STATUS_UNSPECIFIED
      1 INVITATION_STATUS_PENDING_SEND
      2 INVITATION_STATUS_PENDING
      3 INVITATION_STATUS_ACCEPTED
      4 INVITATION_STATUS_REVOKED
      5 INVITATION_STATUS_EXPIRED
    MembershipStatus
      0 MEMBERSHIP_STATUS_UNSPECIFIED
      1 MEMBERSHIP_STATUS_INVITED
      2 MEMBERSHIP_STATUS_ACTIVE
      3 MEMBERSHIP_STATUS_INVITATION_EXPIRED
      4 MEMBERSHIP_STATUS_INVITATION_REVOKED
  `,
};
