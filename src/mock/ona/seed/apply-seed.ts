import { plantEach } from "../../engine/state/apply-seed.js";
import { toInstant } from "../../engine/time/instant.js";
import { accountOf, addMember, openSession } from "../state/find-or-create.js";
import type { Ona, OrganizationRow, ProviderRow, SsoRow } from "../state/state.js";
import type { OnaAccountSeed, OnaOrganizationSeed, OnaProviderSeed, OnaSeed, OnaSsoSeed } from "./seed.js";

/**
 * Adds what a seed says, which must have been checked, to what is there.
 *
 * @throws Error with the path to what contradicts itself or what is there; part of it may then have been added.
 */
export function plant(ona: Ona, seed: OnaSeed, path: string): void {
  plantEach(seed.accounts, `${path}.accounts`, (account) => {
    plantAccount(ona, account);
  });
  plantEach(seed.organizations, `${path}.organizations`, (organization, at) => {
    plantOrganization(ona, organization, at);
  });
  plantEach(seed.accounts, `${path}.accounts`, ({ organizationId }) => {
    if (organizationId !== undefined && !ona.state.organizations.has(organizationId))
      throw new Error(`there is no organization ${organizationId} that could own it`);
  });
  plantEach(seed.sso, `${path}.sso`, (sso) => {
    plantSso(ona, sso);
  });
  plantEach(seed.providers, `${path}.providers`, (provider) => {
    plantProvider(ona, provider);
  });
}

function plantAccount(ona: Ona, { token, blocked = false, createdAt, ...person }: OnaAccountSeed): void {
  const { state, clock } = ona;
  if (state.accounts.by("email", person.email.toLowerCase()).length > 0)
    throw new Error(`${person.email} is there already`);
  if (person.id !== undefined && state.accounts.has(person.id))
    throw new Error(`there is an account ${person.id} already`);
  const since = createdAt === undefined ? clock.now() : toInstant(createdAt);
  const account = accountOf(ona, {
    ...person,
    createdAt: since,
    updatedAt: since,
    blockedFor: blocked ? "seeded" : null,
  });
  if (token !== undefined) openSession(ona, token, account.id, null);
}

/** A new organization and its members. @throws Error if its id is taken, or somebody is a member twice. */
export function plantOrganization(ona: Ona, seed: OnaOrganizationSeed, path: string): OrganizationRow {
  const { state, ids } = ona;
  const { id = ids.uuid(), name, domain, tier = "core" } = seed;
  if (state.organizations.has(id)) throw new Error(`there is an organization ${id} already`);
  const organization = state.organizations.insert({
    id,
    name,
    domain: domain?.toLowerCase() ?? null,
    tier,
  });
  plantEach(seed.members, `${path}.members`, ({ email, role = "member" }) => {
    addMember(ona, id, accountOf(ona, { email }), role);
  });
  return organization;
}

/** A new single sign-on login of a domain. @throws Error if its URL is none. */
export function plantSso({ state, ids }: Ona, seed: OnaSsoSeed): SsoRow {
  const id = ids.uuid();
  const domain = seed.domain.toLowerCase();
  return state.sso.insert({
    id,
    domain,
    displayName: seed.displayName ?? domain,
    loginUrl: checkUrl(seed.loginUrl) ?? `https://login.ona.mock/sso/${id}`,
  });
}

/** A new way to log in. @throws Error if its URL is none. */
export function plantProvider({ state, ids }: Ona, seed: OnaProviderSeed): ProviderRow {
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
