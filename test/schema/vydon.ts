import type { ExpectedSchema } from "./render.js";

/** The known schema of Vydon and Neosync: every call, field, number and rule. */
export const vydon: ExpectedSchema = {
  package: "mgmt.v1alpha1",
  services: `
    UserAccountService
      GetUser NO_SIDE_EFFECTS
      SetUser IDEMPOTENT
      GetUserAccounts NO_SIDE_EFFECTS
      SetPersonalAccount IDEMPOTENT
      ConvertPersonalToTeamAccount none
      CreateTeamAccount none
      IsUserInAccount IDEMPOTENT
      GetAccountTemporalConfig NO_SIDE_EFFECTS
      SetAccountTemporalConfig IDEMPOTENT
      GetTeamAccountMembers NO_SIDE_EFFECTS
      RemoveTeamAccountMember IDEMPOTENT
      InviteUserToTeamAccount none
      GetTeamAccountInvites NO_SIDE_EFFECTS
      RemoveTeamAccountInvite IDEMPOTENT
      AcceptTeamAccountInvite IDEMPOTENT
      GetSystemInformation NO_SIDE_EFFECTS
      GetAccountOnboardingConfig NO_SIDE_EFFECTS
      SetAccountOnboardingConfig IDEMPOTENT
      GetAccountStatus NO_SIDE_EFFECTS
      IsAccountStatusValid NO_SIDE_EFFECTS
      GetAccountBillingCheckoutSession NO_SIDE_EFFECTS
      GetAccountBillingPortalSession NO_SIDE_EFFECTS
      GetBillingAccounts NO_SIDE_EFFECTS
      SetBillingMeterEvent IDEMPOTENT
      SetUserRole IDEMPOTENT
      HasPermission IDEMPOTENT
      HasPermissions IDEMPOTENT
    AuthService
      GetAuthStatus NO_SIDE_EFFECTS
      GetAuthorizeUrl NO_SIDE_EFFECTS
      LoginCli none
      RefreshCli none
      CheckToken IDEMPOTENT
    ApiKeyService
      GetAccountApiKeys NO_SIDE_EFFECTS
      GetAccountApiKey NO_SIDE_EFFECTS
      CreateAccountApiKey none
      RegenerateAccountApiKey none
      DeleteAccountApiKey IDEMPOTENT
  `,
  messages: `
    GetUserRequest
    GetUserResponse
      1 user_id string
    SetUserRequest
    SetUserResponse
      1 user_id string
    GetUserAccountsRequest
    GetUserAccountsResponse
      1 accounts repeated UserAccount
    UserAccount
      1 id string
      2 name string
      3 type UserAccountType
      4 has_stripe_customer_id bool
    ConvertPersonalToTeamAccountRequest
      1 name string [string.pattern = "^[a-z0-9-]{3,100}$"]
      2 account_id optional string [string.uuid]
    ConvertPersonalToTeamAccountResponse
      1 account_id string
      2 checkout_session_url optional string
      3 new_personal_account_id string
    SetPersonalAccountRequest
    SetPersonalAccountResponse
      1 account_id string
    IsUserInAccountRequest
      1 account_id string [string.uuid]
    IsUserInAccountResponse
      1 ok bool
    GetAccountTemporalConfigRequest
      1 account_id string [string.uuid]
    GetAccountTemporalConfigResponse
      1 config AccountTemporalConfig
    SetAccountTemporalConfigRequest
      1 account_id string [string.uuid]
      2 config AccountTemporalConfig
    SetAccountTemporalConfigResponse
      1 config AccountTemporalConfig
    AccountTemporalConfig
      1 url string [string.min_len = 1]
      2 namespace string [string.min_len = 1]
      3 sync_job_queue_name string [string.min_len = 1]
    CreateTeamAccountRequest
      1 name string [string.pattern = "^[a-z0-9-]{3,100}$"]
    CreateTeamAccountResponse
      1 account_id string
      2 checkout_session_url optional string
    AccountUser
      1 id string
      2 name string
      3 image string
      4 email string
      5 role AccountRole
    GetTeamAccountMembersRequest
      1 account_id string [string.uuid]
    GetTeamAccountMembersResponse
      1 users repeated AccountUser
    RemoveTeamAccountMemberRequest
      1 user_id string [string.uuid]
      2 account_id string [string.uuid]
    RemoveTeamAccountMemberResponse
    InviteUserToTeamAccountRequest
      1 account_id string [string.uuid]
      2 email string [string.min_len = 1]
      3 role optional AccountRole
    AccountInvite
      1 id string
      2 account_id string
      3 sender_user_id string
      4 email string
      5 token string
      6 accepted bool
      7 created_at google.protobuf.Timestamp
      8 updated_at google.protobuf.Timestamp
      9 expires_at google.protobuf.Timestamp
      10 role AccountRole
    InviteUserToTeamAccountResponse
      1 invite AccountInvite
    GetTeamAccountInvitesRequest
      1 account_id string [string.uuid]
    GetTeamAccountInvitesResponse
      1 invites repeated AccountInvite
    RemoveTeamAccountInviteRequest
      1 id string [string.uuid]
    RemoveTeamAccountInviteResponse
    AcceptTeamAccountInviteRequest
      1 token string [string.min_len = 1]
    AcceptTeamAccountInviteResponse
      1 account UserAccount
    GetSystemInformationRequest
    GetSystemInformationResponse
      1 version string
      2 commit string
      3 compiler string
      4 platform string
      5 build_date google.protobuf.Timestamp
      6 license SystemLicense
    SystemLicense
      1 is_valid bool
      2 expires_at google.protobuf.Timestamp
      3 is_neosync_cloud bool
    GetAccountOnboardingConfigRequest
      1 account_id string [string.uuid]
    GetAccountOnboardingConfigResponse
      1 config AccountOnboardingConfig
    SetAccountOnboardingConfigRequest
      1 account_id string [string.uuid]
      2 config AccountOnboardingConfig
    SetAccountOnboardingConfigResponse
      1 config AccountOnboardingConfig
    AccountOnboardingConfig
      1 has_created_source_connection bool deprecated
      2 has_created_destination_connection bool deprecated
      3 has_created_job bool deprecated
      4 has_invited_members bool deprecated
      5 has_completed_onboarding bool
    GetAccountStatusRequest
      1 account_id string [string.uuid]
    GetAccountStatusResponse
      1 used_record_count uint64
      2 allowed_record_count optional uint64
      3 subscription_status BillingStatus
    IsAccountStatusValidRequest
      1 account_id string [string.uuid]
      2 requested_record_count optional uint64
    IsAccountStatusValidResponse
      1 is_valid bool
      2 reason optional string
      3 should_poll bool
      6 account_status AccountStatus
      7 trial_expires_at optional google.protobuf.Timestamp
    GetAccountBillingCheckoutSessionRequest
      1 account_id string [string.uuid]
    GetAccountBillingCheckoutSessionResponse
      1 checkout_session_url string
    GetAccountBillingPortalSessionRequest
      1 account_id string [string.uuid]
    GetAccountBillingPortalSessionResponse
      1 portal_session_url string
    GetBillingAccountsRequest
      1 account_ids repeated string
    GetBillingAccountsResponse
      1 accounts repeated UserAccount
    SetBillingMeterEventRequest
      1 account_id string [string.uuid]
      2 event_name string [string.min_len = 1]
      3 value string [string.min_len = 1]
      4 event_id string [string.min_len = 1]
      5 timestamp optional uint64
    SetBillingMeterEventResponse
    SetUserRoleRequest
      1 account_id string [string.uuid]
      2 user_id string [string.uuid]
      3 role AccountRole
    SetUserRoleResponse
    HasPermissionRequest
      1 account_id string [string.uuid]
      2 resource ResourcePermission
    ResourcePermission
      1 type ResourcePermission.Type
      2 id string [string.min_len = 1]
      3 action ResourcePermission.Action
    HasPermissionResponse
      1 has_permission bool
    HasPermissionsRequest
      1 account_id string [string.uuid]
      2 resources repeated ResourcePermission
    HasPermissionsResponse
      1 assertions repeated bool
    GetAuthStatusRequest
    GetAuthStatusResponse
      1 is_enabled bool
    GetAuthorizeUrlRequest
      1 state string [string.min_len = 1]
      2 redirect_uri string [string.min_len = 1]
      3 scope string [string.min_len = 1]
    GetAuthorizeUrlResponse
      1 url string
    LoginCliRequest
      1 code string [string.min_len = 1]
      2 redirect_uri string [string.min_len = 1]
    LoginCliResponse
      1 access_token AccessToken
    AccessToken
      1 access_token string
      2 refresh_token optional string
      3 expires_in int64
      4 scope string
      5 id_token optional string
      6 token_type string
    RefreshCliRequest
      1 refresh_token string [string.min_len = 1]
    RefreshCliResponse
      1 access_token AccessToken
    CheckTokenRequest
    CheckTokenResponse
    GetAccountApiKeysRequest
      1 account_id string [string.uuid]
    GetAccountApiKeysResponse
      1 api_keys repeated AccountApiKey
    AccountApiKey
      1 id string
      2 name string
      3 account_id string
      4 created_by_id string
      5 created_at google.protobuf.Timestamp
      6 updated_by_id string
      7 updated_at google.protobuf.Timestamp
      8 key_value optional string
      9 user_id string
      10 expires_at google.protobuf.Timestamp
    GetAccountApiKeyRequest
      1 id string [string.uuid]
    GetAccountApiKeyResponse
      1 api_key AccountApiKey
    CreateAccountApiKeyRequest
      1 account_id string [string.uuid]
      2 name string [string.pattern = "^[a-z0-9-]{3,100}$"]
      3 expires_at google.protobuf.Timestamp [required, timestamp.gt_now, timestamp.within = 31536000s]
    CreateAccountApiKeyResponse
      1 api_key AccountApiKey
    RegenerateAccountApiKeyRequest
      1 id string [string.uuid]
      2 expires_at google.protobuf.Timestamp [required, timestamp.gt_now, timestamp.within = 31536000s]
    RegenerateAccountApiKeyResponse
      1 api_key AccountApiKey
    DeleteAccountApiKeyRequest
      1 id string [string.uuid]
    DeleteAccountApiKeyResponse
  `,
  enums: `
    UserAccountType
      0 USER_ACCOUNT_TYPE_UNSPECIFIED
      1 USER_ACCOUNT_TYPE_PERSONAL
      2 USER_ACCOUNT_TYPE_TEAM
      3 USER_ACCOUNT_TYPE_ENTERPRISE
    BillingStatus
      0 BILLING_STATUS_UNSPECIFIED
      1 BILLING_STATUS_ACTIVE
      2 BILLING_STATUS_EXPIRED
      3 BILLING_STATUS_TRIAL_ACTIVE
      4 BILLING_STATUS_TRIAL_EXPIRED
    AccountStatus
      0 ACCOUNT_STATUS_REASON_UNSPECIFIED
      3 ACCOUNT_STATUS_ACCOUNT_IN_EXPIRED_STATE
      4 ACCOUNT_STATUS_ACCOUNT_TRIAL_ACTIVE
      5 ACCOUNT_STATUS_ACCOUNT_TRIAL_EXPIRED
    AccountRole
      0 ACCOUNT_ROLE_UNSPECIFIED
      1 ACCOUNT_ROLE_ADMIN
      2 ACCOUNT_ROLE_JOB_DEVELOPER
      3 ACCOUNT_ROLE_JOB_VIEWER
      4 ACCOUNT_ROLE_JOB_EXECUTOR
    ResourcePermission.Type
      0 TYPE_UNSPECIFIED
      1 TYPE_ACCOUNT
      2 TYPE_CONNECTION
      3 TYPE_JOB
    ResourcePermission.Action
      0 ACTION_UNSPECIFIED
      1 ACTION_CREATE
      2 ACTION_READ
      3 ACTION_UPDATE
      4 ACTION_DELETE
  `,
};
