/** The known messages of Ona's organizations, members, invites and domains. */
export const organizations = String.raw`
    CreateOrganizationRequest
      1 name string [required, string.min_len = 3]
      2 join_organization bool
      3 invite_accounts_with_matching_domain bool
    CreateOrganizationResponse
      1 organization Organization
      2 member OrganizationMember
    Organization
      1 id string
      2 name string
      3 created_at google.protobuf.Timestamp
      4 updated_at google.protobuf.Timestamp
      5 invite_domains InviteDomains
      6 tier OrganizationTier
    InviteDomains
      1 domains repeated string [repeated.unique, repeated.items.string.min_len = 4, repeated.items.string.max_len = 253, repeated.items.string.pattern = "^(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?\\.)+[a-zA-Z]{2,}$"]
    OrganizationMember
      1 user_id string
      2 role OrganizationRole
      3 member_since google.protobuf.Timestamp
      4 avatar_url string
      5 full_name string
      6 email string
      7 status UserStatus
      8 login_provider string
    GetOrganizationRequest
      1 organization_id string [required, string.uuid]
    GetOrganizationResponse
      1 organization Organization
    UpdateOrganizationRequest
      1 organization_id string [required, string.uuid]
      2 name optional string
      3 invite_domains optional InviteDomains
    UpdateOrganizationResponse
      1 organization Organization
    DeleteOrganizationRequest
      1 organization_id string [required, string.uuid]
    DeleteOrganizationResponse
    JoinOrganizationRequest
      1 organization_id string [string.uuid]
      2 invite_id string [string.uuid]
    JoinOrganizationResponse
      1 member OrganizationMember
    ListMembersRequest
      1 pagination PaginationRequest
      2 organization_id string [required, string.uuid]
      3 filter ListMembersRequest.Filter
      4 sort ListMembersRequest.Sort
      5 count CountRequest
    ListMembersRequest.Filter
      1 search string [string.max_len = 256]
      2 statuses repeated UserStatus
      3 roles repeated OrganizationRole
      4 user_ids repeated string [repeated.max_items = 25, repeated.items.string.uuid]
      5 exclude_group_ids repeated string [repeated.max_items = 25, repeated.items.string.uuid]
      6 exclude_members_in_any_team bool
    ListMembersRequest.Sort
      1 field ListMembersRequest.SortField
      2 order SortOrder
    CountRequest
      1 include bool
    ListMembersResponse
      1 pagination PaginationResponse
      2 members repeated OrganizationMember
      3 count CountResponse
    CountResponse
      1 value int32
      2 relation CountResponseRelation
    SetRoleRequest
      1 organization_id string [required, string.uuid]
      2 user_id string [required, string.uuid]
      3 role OrganizationRole
    SetRoleResponse
    LeaveOrganizationRequest
      1 user_id string [required, string.uuid]
    LeaveOrganizationResponse
    CreateOrganizationInviteRequest
      1 organization_id string [required, string.uuid]
    CreateOrganizationInviteResponse
      1 invite OrganizationInvite
    OrganizationInvite
      1 invite_id string
    GetOrganizationInviteRequest
      1 organization_id string [required, string.uuid]
    GetOrganizationInviteResponse
      1 invite OrganizationInvite
    GetOrganizationInviteSummaryRequest
      1 invite_id string [required, string.uuid]
    GetOrganizationInviteSummaryResponse
      1 organization_id string
      2 organization_name string
      3 organization_member_count int32
    CreateDomainVerificationRequest
      1 organization_id string [required, string.uuid]
      2 domain string [required, string.min_len = 4, string.max_len = 253]
    CreateDomainVerificationResponse
      1 domain_verification DomainVerification
    DomainVerification
      1 id string
      2 organization_id string
      3 domain string
      4 state DomainVerificationState
      5 verified_at google.protobuf.Timestamp
      6 verification_token string
      7 created_at google.protobuf.Timestamp
    GetDomainVerificationRequest
      1 domain_verification_id string [required, string.uuid]
    GetDomainVerificationResponse
      1 domain_verification DomainVerification
    ListDomainVerificationsRequest
      1 organization_id string [required, string.uuid]
      2 pagination PaginationRequest
    ListDomainVerificationsResponse
      1 domain_verifications repeated DomainVerification
      2 pagination PaginationResponse
    VerifyDomainRequest
      1 domain_verification_id string [required, string.uuid]
    VerifyDomainResponse
      1 domain_verification DomainVerification
    DeleteDomainVerificationRequest
      1 domain_verification_id string [required, string.uuid]
    DeleteDomainVerificationResponse
`;
