/** The known messages of Ona's users, tokens and identity. */
export const users = `
    GetAuthenticatedUserRequest
    GetAuthenticatedUserResponse
      1 user User
    User
      1 id string
      2 organization_id string
      3 name string
      4 avatar_url string
      5 created_at google.protobuf.Timestamp
      6 status UserStatus
      7 email string
    GetUserRequest
      1 user_id string [string.uuid]
    GetUserResponse
      1 user User
    SetSuspendedRequest
      1 user_id string [string.uuid]
      2 suspended bool
    SetSuspendedResponse
    DeleteUserRequest
      1 user_id string [string.uuid]
    DeleteUserResponse
    CreatePersonalAccessTokenRequest
      1 user_id string [string.uuid]
      2 description string
      3 valid_for google.protobuf.Duration [duration.lte = 7776000s, duration.gte = 0s]
      4 read_only bool
    CreatePersonalAccessTokenResponse
      1 token string
    GetPersonalAccessTokenRequest
      1 personal_access_token_id string [string.uuid]
    GetPersonalAccessTokenResponse
      1 pat PersonalAccessToken
    PersonalAccessToken
      1 id string
      2 user_id string
      3 description string
      4 creator Subject
      5 created_at google.protobuf.Timestamp
      6 expires_at google.protobuf.Timestamp
      7 last_used google.protobuf.Timestamp
      8 read_only bool
    Subject
      1 id string [ignore = IGNORE_IF_ZERO_VALUE, string.uuid]
      2 principal Principal [enum.defined_only]
    ListPersonalAccessTokensRequest
      1 pagination PaginationRequest
      2 filter ListPersonalAccessTokensRequest.Filter
    ListPersonalAccessTokensRequest.Filter
      3 user_ids repeated string [repeated.max_items = 25, repeated.items.string.uuid]
    ListPersonalAccessTokensResponse
      1 pagination PaginationResponse
      2 personal_access_tokens repeated PersonalAccessToken
    DeletePersonalAccessTokenRequest
      1 personal_access_token_id string [string.uuid]
    DeletePersonalAccessTokenResponse
    GetAuthenticatedIdentityRequest
    GetAuthenticatedIdentityResponse
      1 subject Subject
      2 organization_id string
      3 organization_tier string
    ExchangeTokenRequest
      1 exchange_token string
    ExchangeTokenResponse
      1 access_token string
`;
