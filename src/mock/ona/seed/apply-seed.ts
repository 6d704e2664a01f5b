import { applyEach } from "../../engine/state/apply-each.js";
import { timeAfter, toInstant } from "../../engine/time/instant.js";
import type { OnaCreditUsageRow } from "../state/billing-rows.js";
import { addDomain } from "../state/domains.js";
import { findOrCreatePerson } from "../state/find-or-create.js";
import { addMember, findMember, userOf } from "../state/members.js";
import { addOrganization } from "../state/organizations.js";
import type { OnaMemberRow, OnaOrganizationRow, OnaProviderRow, OnaSsoRow } from "../state/rows.js";
import { accountByEmail, type Ona, resourceKey } from "../state/state.js";
import { addToken } from "../state/tokens.js";
import type {
  OnaAccountSeed,
  OnaCreditUsageSeed,
  OnaMemberSeed,
  OnaOrganizationSeed,
  OnaProviderSeed,
  OnaSeed,
  OnaSsoSeed,
  OnaTokenSeed,
} from "./seed.js";

/**
 * Adds a checked seed to the server's state.
 *
 * @throws Error with the path to a value that contradicts another part of the seed or the state. Part of the seed may have
 * been added.
 */
export function applyOnaSeed(ona: Ona, seed: OnaSeed, path: string): void {
  applyEach(seed.accounts, `${path}.accounts`, (account) => {
    applyAccount(ona, account);
  });
  applyEach(seed.organizations, `${path}.organizations`, (organization, at) => {
    applyOrganization(ona, organization, at);
  });
  applyEach(seed.accounts, `${path}.accounts`, ({ organizationId }) => {
    if (organizationId !== undefined && !ona.state.organizations.has(organizationId))
      throw new Error(`there is no organization ${organizationId} to own the account`);
  });
  applyEach(seed.sso, `${path}.sso`, (sso) => {
    applySso(ona, sso);
  });
  applyEach(seed.providers, `${path}.providers`, (provider) => {
    applyProvider(ona, provider);
  });
}

function applyAccount(ona: Ona, { token, blocked = false, createdAt, ...person }: OnaAccountSeed): void {
  const { state, sessions, clock } = ona;
  if (accountByEmail(state, person.email) !== undefined)
    throw new Error(`there is an account ${person.email} already`);
  if (person.id !== undefined && state.accounts.has(person.id))
    throw new Error(`there is an account ${person.id} already`);
  const since = createdAt === undefined ? clock.now() : toInstant(createdAt);
  const account = findOrCreatePerson(ona, {
    ...person,
    createdAt: since,
    updatedAt: since,
    blockedFor: blocked ? "seeded" : null,
  });
  if (token !== undefined) sessions.open(token, { kind: "account", accountId: account.id }, null);
}

/** Adds an organization and everything in it. @throws Error if an id or a token is taken, or if a person is listed twice. */
export function applyOrganization(ona: Ona, seed: OnaOrganizationSeed, path: string): OnaOrganizationRow {
  const { domain, tier = "core", createdAt, members, domains, creditUsage, inviteId = null, ...rest } = seed;
  if (inviteId !== null && ona.state.organizations.by("invite", inviteId).length > 0)
    throw new Error(`there is an invite ${inviteId} already`);
  const organization = addOrganization(ona, {
    ...rest,
    tier,
    inviteId,
    ...(domain !== undefined && { inviteDomains: [domain.toLowerCase()] }),
    ...(createdAt !== undefined && { createdAt: toInstant(createdAt) }),
  });
  applyEach(members, `${path}.members`, (member, at) => {
    applyMember(ona, organization.id, member, at);
  });
  applyEach(domains, `${path}.domains`, ({ verified = true, ...domain }) => {
    addDomain(ona, organization, { ...domain, isVerified: verified });
  });
  applyEach(creditUsage, `${path}.creditUsage`, (usage) => {
    applyCreditUsage(ona, organization, usage);
  });
  return organization;
}

/**
 * Records that a user of an organization used credits. Credits with the same resource name belong to the same
 * environment or conversation. @throws Error if the user was never a member.
 */
export function applyCreditUsage(
  { state, ids, clock }: Ona,
  organization: OnaOrganizationRow,
  usage: OnaCreditUsageSeed,
): OnaCreditUsageRow {
  const { email, credits, type = "environment", at, resource = type } = usage;
  const { organizationId, userId } = findMember(state, organization, email);
  const [known] = state.creditUsage.by("resource", resourceKey({ organizationId, type, resource }));
  const resourceId = known?.resourceId ?? ids.uuid();
  return state.creditUsage.insert({
    credits,
    type,
    resource,
    at: at === undefined ? clock.now() : toInstant(at),
    id: ids.uuid(),
    organizationId,
    userId,
    resourceId,
  });
}

function applyMember(ona: Ona, organizationId: string, member: OnaMemberSeed, path: string): void {
  const { state } = ona;
  const { email, role = "member", status = "active", userId, tokens = [], creditBudget = null } = member;
  if (userId !== undefined && userOf(state, userId) !== undefined)
    throw new Error(`there is a user ${userId} already`);
  if (tokens.length > 0 && status === "left")
    throw new Error(`${email} has left, so they cannot have tokens`);
  const added = addMember(ona, organizationId, findOrCreatePerson(ona, { email }), role, userId);
  state.members.update(added.id, { status, creditBudget });
  applyEach(tokens, `${path}.tokens`, (token) => {
    applyToken(ona, added, token);
  });
}

function applyToken(ona: Ona, member: OnaMemberRow, seed: OnaTokenSeed): void {
  const { description = "seeded", readOnly = false, expiresIn, id, token } = seed;
  const expiresAt = expiresIn === undefined ? null : timeAfter(ona.clock.now(), expiresIn);
  addToken(ona, member, { id, token, description, readOnly, expiresAt });
}

/** Adds a single sign-on login. @throws Error if its URL is not valid. */
export function applySso({ state, ids }: Ona, seed: OnaSsoSeed): OnaSsoRow {
  const id = ids.uuid();
  const domain = seed.domain.toLowerCase();
  return state.sso.insert({
    id,
    domain,
    displayName: seed.displayName ?? domain,
    loginUrl: checkUrl(seed.loginUrl) ?? `https://login.ona.mock/sso/${id}`,
  });
}

/** Adds a login provider. @throws Error if its URL is not valid. */
export function applyProvider({ state, ids }: Ona, seed: OnaProviderSeed): OnaProviderRow {
  const id = ids.uuid();
  const { provider, inviteId = null, domain } = seed;
  const made = provider === "custom" ? `https://login.ona.mock/custom/${id}` : "";
  return state.providers.insert({
    id,
    provider,
    loginUrl: checkUrl(seed.loginUrl) ?? made,
    inviteId,
    domain: domain?.toLowerCase() ?? null,
  });
}

function checkUrl(url: string | undefined): string | undefined {
  if (url !== undefined && !URL.canParse(url)) {
    throw new Error(`loginUrl is "${url}": give an absolute URL, such as "https://login.example.com/sso"`);
  }
  return url;
}
