export type { ApiPart, MockApi, MockApiOptions, MockApis, MockCalls, MockMethod, MockSeed } from "./apis.js";
export type { ApiTypes } from "./engine/api.js";
export type { Caller, CallRecord, Calls } from "./engine/calls/calls.js";
export { CallAssertionError, type CallExpectation } from "./engine/calls/expect.js";
export type { AsymmetricMatcher, FieldsOf, PartOf } from "./engine/calls/match.js";
export type { ConnectOptions } from "./engine/connect-options.js";
export type { CodeName } from "./engine/errors.js";
export type { FaultCall, FaultDetail, FaultOptions } from "./engine/faults/fault-options.js";
export type { FaultHandle, Faults } from "./engine/faults/faults.js";
export type { WireFault } from "./engine/faults/wire-faults.js";
export type { Fetch } from "./engine/http/fetch.js";
export type { MockSnapshot, MockSnapshotRow } from "./engine/state/snapshot.js";
export type { Clock } from "./engine/time/clock.js";
export type { Duration } from "./engine/time/duration.js";
export type { Instant } from "./engine/time/instant.js";
export type { ExploreFault } from "./explore/cases.js";
export { explore } from "./explore/explore.js";
export type { ExploreOptions } from "./explore/options.js";
export { ExploreError, type ExploreFailure, type ExploreReport } from "./explore/report.js";
export type {
  FamConnectOptions,
  FamControls,
  FamSession,
  FamSignInOptions,
} from "./fam/controls/controls.js";
export type { FamOptions, FamServiceNames } from "./fam/options.js";
export type {
  FamAccountSeed,
  FamCardSeed,
  FamInviteSeed,
  FamMemberSeed,
  FamSeed,
  FamUserSeed,
} from "./fam/seed/seed.js";
export type {
  FamAccountRow,
  FamAccountStatus,
  FamAccountType,
  FamCardRow,
  FamUserRow,
} from "./fam/state/rows.js";
export type { FamTokens } from "./fam/state/tokens.js";
export type { MockServer, Worlds } from "./mock-server.js";
export type {
  OnaControls,
  OnaJoinOptions,
  OnaSession,
  OnaSignInOptions,
  OnaUsage,
  OnaUserSession,
} from "./ona/controls/controls.js";
export type { OnaOptions } from "./ona/options.js";
export type {
  OnaAccountSeed,
  OnaCreditUsageSeed,
  OnaDomainSeed,
  OnaMemberSeed,
  OnaOrganizationSeed,
  OnaProviderSeed,
  OnaSeed,
  OnaSsoSeed,
  OnaTokenSeed,
} from "./ona/seed/seed.js";
export type { OnaCreditUsageRow, OnaUsageType } from "./ona/state/billing-rows.js";
export type {
  OnaAccountRow,
  OnaMemberRow,
  OnaOrganizationRow,
  OnaProviderRow,
  OnaRole,
  OnaSsoRow,
  OnaTier,
  OnaUserStatus,
} from "./ona/state/rows.js";
export type { MockServerOptions } from "./options.js";
export { createMockServer } from "./server.js";
export type { VydonBillingControls, VydonSubscribeOptions } from "./vydon/controls/billing-controls.js";
export type {
  VydonControls,
  VydonKeyOptions,
  VydonKeySession,
  VydonSession,
  VydonSignInOptions,
} from "./vydon/controls/controls.js";
export type { VydonTokens } from "./vydon/issuer/grants.js";
export type { VydonIssuer, VydonIssuerCode, VydonIssuerSignIn } from "./vydon/issuer/issuer.js";
export { VydonIssuerError, type VydonOAuthErrorCode } from "./vydon/issuer/oauth-error.js";
export type { VydonIssuerOptions } from "./vydon/issuer/options.js";
export type { VydonFlavor, VydonOptions } from "./vydon/options.js";
export type {
  VydonAccountSeed,
  VydonApiKeySeed,
  VydonInviteSeed,
  VydonMemberSeed,
  VydonSeed,
  VydonUserSeed,
} from "./vydon/seed/seed.js";
export type { VydonNextCalls } from "./vydon/state/countdown.js";
export type {
  VydonAccountRow,
  VydonAccountType,
  VydonMeterEventRow,
  VydonOnboardingConfig,
  VydonRefreshTokenRow,
  VydonRole,
  VydonSubscription,
  VydonTemporalConfig,
} from "./vydon/state/rows.js";
