import type { DescMessage, DescMethodUnary, MessageInitShape } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import fc from "fast-check";
import type { VydonClient } from "tenantry/vydon";
import { ApiKeyService } from "../../gen/mgmt/v1alpha1/api_key_pb.js";
import { AuthService } from "../../gen/mgmt/v1alpha1/auth_pb.js";
import {
  AccountRole,
  ResourcePermission_Action,
  ResourcePermission_Type,
  UserAccountService,
} from "../../gen/mgmt/v1alpha1/user_account_pb.js";
import { VirtualClock } from "../../src/mock/engine/time/virtual-clock.js";
import { defined, empty, nothing, rpc, texts } from "./against-protobuf-es.js";
import { each, isModel, type Model } from "./model-of.js";

const flag = fc.option(fc.boolean(), { nil: undefined });

/** The client's clock. It stands still, so a response's durations become known dates. */
export const clock = new VirtualClock(Date.UTC(2026, 0, 1));

/** Random arguments for all methods. */
export const args = fc.record({
  id: texts,
  other: texts,
  text: texts,
  role: fc.constantFrom("admin", "job_developer", "job_viewer", "job_executor"),
  optionalRole: fc.constantFrom(undefined, "admin", "job_viewer"),
  optionalText: fc.option(texts, { nil: undefined }),
  optionalCount: fc.option(fc.nat({ max: Number.MAX_SAFE_INTEGER }), { nil: undefined }),
  value: fc.oneof(texts, fc.double({ noNaN: true, noDefaultInfinity: true })),
  eventId: texts,
  at: fc.option(fc.date({ min: new Date(0), max: new Date("9999-12-31"), noInvalidDate: true }), {
    nil: undefined,
  }),
  endsAt: fc.date({ min: new Date("0001-01-01"), max: new Date("9999-12-31"), noInvalidDate: true }),
  ids: fc.array(texts, { maxLength: 3 }),
  onboarding: fc.record(
    {
      hasCompletedOnboarding: flag,
      hasCreatedSourceConnection: flag,
      hasCreatedDestinationConnection: flag,
      hasCreatedJob: flag,
      hasInvitedMembers: flag,
    },
    { requiredKeys: [] },
  ),
  resource: fc.record({
    type: fc.constantFrom("account", "connection", "job"),
    id: texts,
    action: fc.constantFrom("create", "read", "update", "delete"),
  }),
});

export type Args = typeof args extends fc.Arbitrary<infer T> ? T : never;

const roles = {
  admin: AccountRole.ADMIN,
  job_developer: AccountRole.JOB_DEVELOPER,
  job_viewer: AccountRole.JOB_VIEWER,
  job_executor: AccountRole.JOB_EXECUTOR,
} as const;

const types = {
  account: ResourcePermission_Type.ACCOUNT,
  connection: ResourcePermission_Type.CONNECTION,
  job: ResourcePermission_Type.JOB,
} as const;

const actions = {
  create: ResourcePermission_Action.CREATE,
  read: ResourcePermission_Action.READ,
  update: ResourcePermission_Action.UPDATE,
  delete: ResourcePermission_Action.DELETE,
} as const;

/** Every service of the client. */
export const services = [UserAccountService, AuthService, ApiKeyService];

const { method } = UserAccountService;

/** Creates the test case of an RPC of Vydon. */
export function vydon<Input extends DescMessage, Output extends DescMessage>(
  descriptor: DescMethodUnary<Input, Output>,
  call: (client: VydonClient, args: Args, model: Model) => PromiseLike<unknown>,
  request: (args: Args) => MessageInitShape<Input>,
  result?: (model: Model) => unknown,
) {
  return rpc(descriptor, call, request, result);
}

const accountId = ({ id }: Args) => ({ accountId: id });
const config = (model: Model) => model["config"];

/** Returns the requested permission as a message. */
export const resourceOf = ({ resource }: Args) => ({
  id: resource.id,
  type: types[resource.type],
  action: actions[resource.action],
});

/** Every RPC except `HasPermissions`, whose response needs one result for each requested resource. */
export const cases = [
  vydon(
    method.getUser,
    (c) => c.users.current(),
    empty,
    ({ userId }) => ({ id: userId }),
  ),
  vydon(
    method.setUser,
    (c) => c.users.register(),
    empty,
    ({ userId }) => ({ id: userId }),
  ),
  vydon(
    method.getUserAccounts,
    (c) => c.accounts.list().toArray(),
    empty,
    ({ accounts }) => accounts,
  ),
  vydon(
    method.createTeamAccount,
    (c, { text }) => c.accounts.createTeam({ name: text }),
    ({ text }) => ({ name: text }),
  ),
  vydon(method.setPersonalAccount, (c) => c.accounts.ensurePersonal(), empty),
  vydon(
    method.convertPersonalToTeamAccount,
    (c, { text, optionalText }) => c.accounts.convertToTeam({ name: text, accountId: optionalText }),
    ({ text, optionalText }) => defined({ name: text, accountId: optionalText }),
  ),
  vydon(
    method.isUserInAccount,
    (c, { id }) => c.accounts.includesMe(id),
    accountId,
    ({ ok }) => ok,
  ),
  vydon(method.getAccountOnboardingConfig, (c, { id }) => c.accounts.getOnboarding(id), accountId, config),
  vydon(
    method.setAccountOnboardingConfig,
    (c, { id, onboarding }) => c.accounts.setOnboarding(id, defined(onboarding)),
    ({ id, onboarding }) => ({ accountId: id, config: defined(onboarding) }),
    config,
  ),
  vydon(method.getAccountTemporalConfig, (c, { id }) => c.accounts.getTemporalConfig(id), accountId, config),
  vydon(
    method.setAccountTemporalConfig,
    (c, { id, text, other, eventId }) =>
      c.accounts.setTemporalConfig(id, { url: text, namespace: other, syncJobQueueName: eventId }),
    ({ id, text, other, eventId }) => ({
      accountId: id,
      config: { url: text, namespace: other, syncJobQueueName: eventId },
    }),
    config,
  ),
  vydon(
    method.getTeamAccountMembers,
    (c, { id }) => c.members.list(id).toArray(),
    accountId,
    ({ users }) => each(users, ({ id, ...rest }) => ({ userId: id, ...rest })),
  ),
  vydon(
    method.removeTeamAccountMember,
    (c, { id, other }) => c.members.remove(id, other),
    ({ id, other }) => ({ accountId: id, userId: other }),
    nothing,
  ),
  vydon(
    method.setUserRole,
    (c, { id, other, role }) => c.members.setRole(id, other, role),
    ({ id, other, role }) => ({ accountId: id, userId: other, role: roles[role] }),
    nothing,
  ),
  vydon(
    method.getTeamAccountInvites,
    (c, { id }) => c.invites.list(id).toArray(),
    accountId,
    ({ invites }) => invites,
  ),
  vydon(
    method.inviteUserToTeamAccount,
    (c, { id, text, optionalRole }) => c.invites.create(id, { email: text, role: optionalRole }),
    ({ id, text, optionalRole }) =>
      defined({ accountId: id, email: text, role: optionalRole && roles[optionalRole] }),
    ({ invite }) => invite,
  ),
  vydon(
    method.removeTeamAccountInvite,
    (c, { id }) => c.invites.remove(id),
    ({ id }) => ({ id }),
    nothing,
  ),
  vydon(
    method.acceptTeamAccountInvite,
    (c, { text }) => c.invites.accept(text),
    ({ text }) => ({ token: text }),
    ({ account }) => account,
  ),
  vydon(
    method.hasPermission,
    (c, { id, resource }) => c.permissions.check(id, resource),
    (each) => ({ accountId: each.id, resource: resourceOf(each) }),
    ({ hasPermission }) => hasPermission,
  ),
  vydon(method.getAccountStatus, (c, { id }) => c.billing.status(id), accountId),
  vydon(
    method.isAccountStatusValid,
    (c, { id, optionalCount }) => c.billing.validity(id, { requestedRecordCount: optionalCount }),
    ({ id, optionalCount }) =>
      defined({
        accountId: id,
        requestedRecordCount: optionalCount === undefined ? undefined : BigInt(optionalCount),
      }),
    ({ accountStatus, ...rest }) => ({
      ...rest,
      accountStatus: accountStatus === "reason_unspecified" ? "unspecified" : accountStatus,
    }),
  ),
  vydon(
    method.getAccountBillingCheckoutSession,
    (c, { id }) => c.billing.createCheckoutSession(id),
    accountId,
    ({ checkoutSessionUrl }) => ({ url: checkoutSessionUrl }),
  ),
  vydon(
    method.getAccountBillingPortalSession,
    (c, { id }) => c.billing.createPortalSession(id),
    accountId,
    ({ portalSessionUrl }) => ({ url: portalSessionUrl }),
  ),
  vydon(
    method.getBillingAccounts,
    (c, { ids }) => c.billing.listAccounts({ accountIds: ids }).toArray(),
    ({ ids }) => ({ accountIds: ids }),
    ({ accounts }) => accounts,
  ),
  vydon(
    method.setBillingMeterEvent,
    (c, { id, text, value, eventId, at }) =>
      c.billing
        .recordMeterEvent(id, { eventName: text, value, eventId, timestamp: at })
        .then((event) => (event.eventId === eventId ? undefined : event)),
    ({ id, text, value, eventId, at }) =>
      defined({
        accountId: id,
        eventName: text,
        value: String(value),
        eventId,
        timestamp: at && BigInt(Math.floor(at.getTime() / 1_000)),
      }),
    nothing,
  ),
  vydon(
    method.getSystemInformation,
    (c) => c.system.info(),
    empty,
    ({ license, ...rest }) => ({ ...rest, ...(isModel(license) && { license: licenseOf(license) }) }),
  ),
  vydon(AuthService.method.getAuthStatus, (c) => c.auth.status(), empty),
  vydon(
    AuthService.method.getAuthorizeUrl,
    (c, { id, other, text }) => c.auth.authorizeUrl({ state: id, redirectUri: other, scope: text }),
    ({ id, other, text }) => ({ state: id, redirectUri: other, scope: text }),
    ({ url }) => url,
  ),
  vydon(
    AuthService.method.loginCli,
    (c, { id, other }) => c.auth.login({ code: id, redirectUri: other }),
    ({ id, other }) => ({ code: id, redirectUri: other }),
    tokensOf,
  ),
  vydon(
    AuthService.method.refreshCli,
    (c, { text }) => c.auth.refresh(text),
    ({ text }) => ({ refreshToken: text }),
    tokensOf,
  ),
  vydon(AuthService.method.checkToken, (c) => c.auth.check(), empty, nothing),
  vydon(
    ApiKeyService.method.getAccountApiKeys,
    (c, { id }) => c.apiKeys.list(id).toArray(),
    accountId,
    ({ apiKeys }) => each(apiKeys, withoutValue),
  ),
  vydon(
    ApiKeyService.method.getAccountApiKey,
    (c, { id }) => c.apiKeys.get(id),
    ({ id }) => ({ id }),
    ({ apiKey }) => isModel(apiKey) && withoutValue(apiKey),
  ),
  vydon(
    ApiKeyService.method.createAccountApiKey,
    (c, { id, text, endsAt }) => c.apiKeys.create(id, { name: text, expiresAt: endsAt }),
    ({ id, text, endsAt }) => ({ accountId: id, name: text, expiresAt: timestampFromDate(endsAt) }),
    ({ apiKey }) => apiKey,
  ),
  vydon(
    ApiKeyService.method.regenerateAccountApiKey,
    (c, { id, endsAt }) => c.apiKeys.regenerate(id, { expiresAt: endsAt }),
    ({ id, endsAt }) => ({ id, expiresAt: timestampFromDate(endsAt) }),
    ({ apiKey }) => apiKey,
  ),
  vydon(
    ApiKeyService.method.deleteAccountApiKey,
    (c, { id }) => c.apiKeys.delete(id),
    ({ id }) => ({ id }),
    nothing,
  ),
];

/** Returns the tokens of a response, with the expiry as a date. */
function tokensOf({ accessToken }: Model): unknown {
  if (!isModel(accessToken)) return undefined;
  const { expiresIn, ...tokens } = accessToken;
  const expiresAt = new Date(clock.now() + Number(expiresIn) * 1_000);
  return Number(expiresIn) > 0 && expiresAt.getTime() > 0 ? { ...tokens, expiresAt } : tokens;
}

function withoutValue({ keyValue: _, ...key }: Model): Model {
  return key;
}

function licenseOf({ isNeosyncCloud, ...rest }: Model): Model {
  return { ...rest, isCloud: isNeosyncCloud };
}
