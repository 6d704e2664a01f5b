export type { Caller, CallOf, CallRecord, Calls, RequestOf } from "./engine/calls/calls.js";
export { CallAssertionError, type CallExpectation } from "./engine/calls/expect.js";
export type { AsymmetricMatcher, FieldsOf, PartOf } from "./engine/calls/match.js";
export type { ConnectOptions } from "./engine/connect-options.js";
export type { CodeName } from "./engine/errors.js";
export type { FaultCall, FaultDetail, FaultOptions } from "./engine/faults/fault-options.js";
export type { FaultHandle, Faults } from "./engine/faults/faults.js";
export type { WireFault } from "./engine/faults/wire-faults.js";
export type { Fetch } from "./engine/http/fetch.js";
export type { MockSnapshot } from "./engine/state/snapshot.js";
export type { Clock } from "./engine/time/clock.js";
export type { Duration } from "./engine/time/duration.js";
export type { Instant } from "./engine/time/instant.js";
export type {
  FamConnectOptions,
  FamControls,
  FamMounts,
  FamSession,
  FamSignInOptions,
} from "./fam/controls/controls.js";
export type { FamOptions } from "./fam/options.js";
export type {
  FamAccountSeed,
  FamCardOptions,
  FamInviteSeed,
  FamMemberSeed,
  FamSeed,
  FamUserSeed,
} from "./fam/seed/seed.js";
export type { NewTokens as FamNewTokens } from "./fam/state/find-or-create.js";
export type {
  AccountRow as FamAccountRow,
  CardRow as FamCardRow,
  UserRow as FamUserRow,
} from "./fam/state/state.js";
export type { MockServer } from "./mock-server.js";
export type { OnaControls, OnaSession, OnaSignInOptions } from "./ona/controls/controls.js";
export type { OnaOptions } from "./ona/options.js";
export type {
  OnaAccountSeed,
  OnaOrganizationSeed,
  OnaProviderSeed,
  OnaSeed,
  OnaSsoSeed,
} from "./ona/seed/seed.js";
export type {
  AccountRow as OnaAccountRow,
  MemberRow as OnaMemberRow,
  OrganizationRow as OnaOrganizationRow,
  ProviderRow as OnaProviderRow,
  Role as OnaRole,
  SsoRow as OnaSsoRow,
  Tier as OnaTier,
} from "./ona/state/state.js";
export type { MockApi, MockMethod, MockSeed, MockServerOptions, MockServices } from "./options.js";
export { createMockServer } from "./server.js";
export type { VydonBillingControls } from "./vydon/controls/billing-controls.js";
export type {
  SignInOptions,
  VydonControls,
  VydonKeySession,
  VydonSession,
} from "./vydon/controls/controls.js";
export type { VydonTokens } from "./vydon/issuer/grants.js";
export type { VydonIssuer } from "./vydon/issuer/issuer.js";
export { type OAuthErrorCode, VydonIssuerError } from "./vydon/issuer/oauth-error.js";
export type { VydonIssuerOptions } from "./vydon/issuer/options.js";
export type { RefreshTokenRow as VydonRefreshTokenRow } from "./vydon/issuer/rows.js";
export type { VydonFlavor, VydonOptions } from "./vydon/options.js";
export type { AccountSeed, InviteSeed, UserSeed, VydonSeed } from "./vydon/seed/seed.js";
export type {
  AccountRow as VydonAccountRow,
  MeterEventRow as VydonMeterEventRow,
  OnboardingConfig as VydonOnboardingConfig,
  Role as VydonRole,
  Subscription as VydonSubscription,
  TemporalConfig as VydonTemporalConfig,
} from "./vydon/state/state.js";
