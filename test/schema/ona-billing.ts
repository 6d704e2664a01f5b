/** The known messages of Ona's billing. */
export const billing = `
    GetCreditUsageReportRequest
      1 organization_id string [required, string.uuid]
      2 date_range DateRange [required]
      3 timezone string
      4 filter CreditUsageReportFilter
    DateRange
      1 start_time google.protobuf.Timestamp [required]
      2 end_time google.protobuf.Timestamp [required]
    CreditUsageReportFilter
      1 subject optional Subject
    GetCreditUsageReportResponse
      1 updated_at google.protobuf.Timestamp
      2 daily_usage repeated DailyCreditUsage
      3 period_start optional google.protobuf.Timestamp
    DailyCreditUsage
      1 date google.protobuf.Timestamp
      2 org_usage repeated CreditsByType
      3 user_usage repeated UserCreditUsage
      4 team_usage repeated TeamCreditUsage
      5 environment_usage repeated EnvironmentCreditUsage
      6 conversation_usage repeated AgentExecutionCreditUsage
      7 usage_by_model repeated EnterpriseAIUsageByModel
    CreditsByType
      1 usage_type UsageType
      2 credits double
    UserCreditUsage
      1 user_id string
      2 display_name string
      3 usage repeated CreditsByType
      4 usage_by_model repeated EnterpriseAIUsageByModel
    EnterpriseAIUsageByModel
      1 model string
      2 usage EnterpriseAIUsage
      3 usage_by_token_type repeated EnterpriseAIUsageByTokenType
      4 unpriced_usage EnterpriseAIUsage
      5 unpriced_usage_by_token_type repeated EnterpriseAIUsageByTokenType
    EnterpriseAIUsage
      1 credits double
      2 cost_microunits int64
      3 currency BillingCurrency
      4 tokens EnterpriseAITokenUsage
    EnterpriseAITokenUsage
      1 input_tokens int64
      2 output_tokens int64
      3 cache_tokens int64
      4 total_tokens int64
    EnterpriseAIUsageByTokenType
      1 token_type BYOKRateCardTokenType
      2 usage EnterpriseAIUsage
    TeamCreditUsage
      1 team_id string
      2 display_name string
      3 usage repeated CreditsByType
    EnvironmentCreditUsage
      1 environment_id string
      2 display_name string
      3 usage repeated CreditsByType
    AgentExecutionCreditUsage
      1 agent_execution_id string
      2 display_name string
      3 usage repeated CreditsByType
    GetCreditUsageExportRequest
      1 organization_id string [required, string.uuid]
      2 date_range DateRange [required]
      3 group_by CreditUsageExportGroupBy
    GetCreditUsageExportResponse
      1 download_url string
    GetCumulativeCreditUsageRequest
      1 organization_id string [required, string.uuid]
      2 as_of optional google.protobuf.Timestamp
    GetCumulativeCreditUsageResponse
      1 org_usage CumulativeCreditUsage
      2 team_usage repeated TeamCumulativeCreditUsage
      3 unteamed_usage CumulativeCreditUsage
      4 period_start google.protobuf.Timestamp
      5 user_usage repeated UserCreditBudgetUsage
    CumulativeCreditUsage
      1 total_credits double
      2 usage_by_type repeated CreditsByType
    TeamCumulativeCreditUsage
      1 team_id string
      2 display_name string
      3 usage CumulativeCreditUsage
      4 credit_budget optional int64
    UserCreditBudgetUsage
      1 user_id string
      2 display_name string
      3 month_to_date_usage CumulativeCreditUsage
      4 credit_budget optional int64
      5 budget_source EnterpriseAIUserBudgetPolicySource
      6 no_cap bool
      7 utilization_percent double
      8 over_budget bool
      9 is_service_account bool
      10 usage_by_model repeated EnterpriseAIUsageByModel
    ListEnterpriseUserCreditUsageRequest
      1 pagination PaginationRequest
      2 organization_id string [required, string.uuid]
      3 as_of optional google.protobuf.Timestamp
      4 sort ListEnterpriseUserCreditUsageRequest.Sort
    ListEnterpriseUserCreditUsageRequest.Sort
      1 field ListEnterpriseUserCreditUsageRequest.SortField
      2 order SortOrder
    ListEnterpriseUserCreditUsageResponse
      1 user_usage repeated UserCreditBudgetUsage
      2 pagination PaginationResponse
      3 total_count int32
`;
