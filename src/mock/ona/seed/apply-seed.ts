import { applyEach } from "../../engine/state/apply-each.js";
import { toInstant } from "../../engine/time/instant.js";
import { findOrCreatePerson } from "../state/find-or-create.js";
import type { OnaOrganizationRow, OnaProviderRow, OnaSsoRow } from "../state/rows.js";
import { addMember, type Ona } from "../state/state.js";
import type { OnaAccountSeed, OnaOrganizationSeed, OnaProviderSeed, OnaSeed, OnaSsoSeed } from "./seed.js";

/**
 * Adds a seed that was checked.
 *
 * @throws Error with the path to what contradicts itself or what is there. Part of the seed may have been added.
 */
export function applyOnaSeed(ona: Ona, seed: OnaSeed, path: string): void {
  applyEach(seed.accounts, `${path}.accounts`, (account) => {
    applyAccount(ona, account);
  });
  applyEach(seed.organizations, `${path}.organizations`, (organization, at) => {
    addOrganization(ona, organization, at);
  });
  applyEach(seed.accounts, `${path}.accounts`, ({ organizationId }) => {
    if (organizationId !== undefined && !ona.state.organizations.has(organizationId))
      throw new Error(`there is no organization ${organizationId} that could own it`);
  });
  applyEach(seed.sso, `${path}.sso`, (sso) => {
    addSso(ona, sso);
  });
  applyEach(seed.providers, `${path}.providers`, (provider) => {
    addProvider(ona, provider);
  });
}

function applyAccount(ona: Ona, { token, blocked = false, createdAt, ...person }: OnaAccountSeed): void {
  const { state, sessions, clock } = ona;
  if (state.accounts.by("email", person.email.toLowerCase()).length > 0)
    throw new Error(`${person.email} is there already`);
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

/** Adds an organization with its members. @throws Error if its id is taken, or if somebody is a member twice. */
export function addOrganization(ona: Ona, seed: OnaOrganizationSeed, path: string): OnaOrganizationRow {
  const { state, ids } = ona;
  const { id = ids.uuid(), name, domain, tier = "core" } = seed;
  if (state.organizations.has(id)) throw new Error(`there is an organization ${id} already`);
  const organization = state.organizations.insert({
    id,
    name,
    domain: domain?.toLowerCase() ?? null,
    tier,
  });
  applyEach(seed.members, `${path}.members`, ({ email, role = "member" }) => {
    addMember(ona, id, findOrCreatePerson(ona, { email }), role);
  });
  return organization;
}

/** Adds a single sign-on login. @throws Error if its URL is not valid. */
export function addSso({ state, ids }: Ona, seed: OnaSsoSeed): OnaSsoRow {
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
export function addProvider({ state, ids }: Ona, seed: OnaProviderSeed): OnaProviderRow {
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
