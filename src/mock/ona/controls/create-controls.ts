import {
  anyText,
  type Check,
  count,
  duration,
  nullable,
  object,
  oneOf,
  optional,
  text,
} from "../../engine/check-json.js";
import type { Connect } from "../../engine/connect-options.js";
import { findByIdOrName } from "../../engine/state/find-by-id-or-name.js";
import { toMs, yearMs } from "../../engine/time/duration.js";
import { roleNames } from "../messages.js";
import { addOrganization, addProvider, addSso, useCredits } from "../seed/apply-seed.js";
import { checkCreditUsage, checkOrganization, checkProvider, checkSso } from "../seed/check-seed.js";
import { findOrCreatePerson } from "../state/find-or-create.js";
import { addMember, endMembership, findMember, membershipOf, toCaller } from "../state/members.js";
import type { OnaCaller, OnaMemberRow } from "../state/rows.js";
import { blockAccount, type Ona, unblockAccount } from "../state/state.js";
import { newSecret, revokeSecret } from "../state/tokens.js";
import type {
  OnaControls,
  OnaJoinOptions,
  OnaSession,
  OnaSignInOptions,
  OnaUsage,
  OnaUserSession,
} from "./controls.js";

const checkSignIn: Check<OnaSignInOptions> = object({
  email: text,
  name: optional(anyText),
  organization: optional(text),
  expiresIn: optional(duration),
});
const checkJoin: Check<OnaJoinOptions> = object({ role: optional(oneOf(roleNames)) });
const checkBudget: Check<number | null> = nullable(count);
const checkUsage: Check<OnaUsage> = object({ environments: optional(count), subscriptions: optional(count) });

/** The controls of a server. `connect` makes the options for clients. */
export function createOnaControls(ona: Ona, connect: Connect): OnaControls {
  const { state, sessions, clock, ids } = ona;

  function account(idOrEmail: string) {
    const found = state.accounts.get(idOrEmail) ?? state.accounts.by("email", idOrEmail.toLowerCase())[0];
    if (found === undefined) throw new Error(`there is no account "${idOrEmail}" on this server`);
    return found;
  }

  const organization = (idOrName: string) => findByIdOrName(state.organizations, idOrName, "organization");

  function signIn(options: OnaSignInOptions & { organization: string }): OnaUserSession;
  function signIn(options: OnaSignInOptions): OnaSession;
  function signIn(options: OnaSignInOptions): OnaSession | OnaUserSession {
    checkSignIn(options, "signIn");
    const expiresAt = clock.now() + toMs(options.expiresIn ?? yearMs);
    const caller = callerOf(options);
    const token = newSecret(ona, options.email);
    sessions.open(token, caller, expiresAt);
    const connectAs = { token, accountId: caller.accountId, connect: () => connect(token) };
    if (caller.kind === "account") return connectAs;
    return { ...connectAs, userId: caller.userId, organizationId: caller.organizationId };
  }

  /** Who signs in. Creates their account if they have none, and sign in to no organization. */
  function callerOf({ email, name, organization: place }: OnaSignInOptions): OnaCaller {
    if (place !== undefined) return toCaller(currentMember(place, email));
    const { id } = findOrCreatePerson(ona, name === undefined ? { email } : { email, name });
    return { kind: "account", accountId: id };
  }

  function currentMember(idOrName: string, email: string): OnaMemberRow {
    const { id, name } = organization(idOrName);
    const [person] = state.accounts.by("email", email.toLowerCase());
    const member = person && membershipOf(state, id, person.id);
    if (member === undefined)
      throw new Error(`${email} is not a member of "${name}": add them with server.ona.join, or in the seed`);
    return member;
  }

  return {
    signIn,

    exchangeToken(options) {
      checkSignIn(options, "exchangeToken");
      const lifeMs = toMs(options.expiresIn ?? "1h");
      const who = callerOf(options);
      const id = `ona_exchange_${ids.token(40, options.email.toLowerCase())}`;
      return state.exchangeTokens.insert({ id, who, lifeMs }).id;
    },

    revoke(token) {
      revokeSecret(ona, token);
    },

    account,
    organization,

    member: (place, emailOrUserId) => findMember(state, organization(place), emailOrUserId),

    addOrganization(seed) {
      checkOrganization(seed, "organization");
      return addOrganization(ona, seed, "organization");
    },

    join(organizationId, accountId, options = {}) {
      checkJoin(options, "join");
      const { role = "member" } = options;
      if (!state.organizations.has(organizationId))
        throw new Error(`there is no organization ${organizationId} on this server`);
      return addMember(ona, organizationId, account(accountId), role);
    },

    leave(organizationId, accountId) {
      const member = membershipOf(state, organizationId, accountId);
      if (member !== undefined) endMembership(ona, member);
    },

    proveDomain(idOrDomain) {
      const domain = idOrDomain.toLowerCase();
      const found = Array.from(state.domains.all()).filter(
        (row) => row.id === idOrDomain || row.domain === domain,
      );
      if (found.length === 0)
        throw new Error(`there is no domain verification "${idOrDomain}" on this server: create it first`);
      for (const { id } of found) state.domains.update(id, { isProved: true });
    },

    addSso(sso) {
      checkSso(sso, "sso");
      return addSso(ona, sso);
    },

    addProvider(provider) {
      checkProvider(provider, "provider");
      return addProvider(ona, provider);
    },

    setUsage(accountId, usage) {
      checkUsage(usage, "usage");
      const { id, blockedFor, environments, subscriptions } = account(accountId);
      if (blockedFor !== null) throw new Error(`account ${id} is blocked: it can have nothing running`);
      state.accounts.update(id, { environments, subscriptions, ...usage });
    },

    useCredits(place, usage) {
      checkCreditUsage(usage, "usage");
      return useCredits(ona, organization(place), usage);
    },

    setCreditBudget(place, emailOrUserId, credits) {
      checkBudget(credits, "credits");
      const { id } = findMember(state, organization(place), emailOrUserId);
      return state.members.update(id, { creditBudget: credits });
    },

    setBlocked(accountId, reason) {
      if (reason === null) unblockAccount(ona, account(accountId));
      else blockAccount(ona, account(accountId), reason);
    },
  };
}
