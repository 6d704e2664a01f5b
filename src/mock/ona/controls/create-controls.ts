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
import { withDefaults } from "../../engine/records.js";
import { findByIdOrName } from "../../engine/state/find-by-id-or-name.js";
import { toMs, yearMs } from "../../engine/time/duration.js";
import { timeAfter } from "../../engine/time/instant.js";
import { roleNames } from "../messages.js";
import { applyCreditUsage, applyOrganization, applyProvider, applySso } from "../seed/apply-seed.js";
import { checkCreditUsage, checkOrganization, checkProvider, checkSso } from "../seed/check-seed.js";
import { findOrCreatePerson } from "../state/find-or-create.js";
import { addMember, endMembership, findMember, membershipOf, toCaller } from "../state/members.js";
import type { OnaCaller, OnaMemberRow } from "../state/rows.js";
import { accountByEmail, blockAccount, type Ona, unblockAccount } from "../state/state.js";
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

/** Creates the controls of a server. `connect` returns options for a client with a token. */
export function createOnaControls(ona: Ona, connect: Connect): OnaControls {
  const { state, sessions, clock, ids } = ona;

  function account(idOrEmail: string) {
    text(idOrEmail, "idOrEmail");
    const found = state.accounts.get(idOrEmail) ?? accountByEmail(state, idOrEmail);
    if (found === undefined) throw new Error(`there is no account "${idOrEmail}" on this server`);
    return found;
  }

  const organization = (idOrName: string) => findByIdOrName(state.organizations, idOrName, "organization");

  function signIn(options: OnaSignInOptions & { organization: string }): OnaUserSession;
  function signIn(options: OnaSignInOptions): OnaSession;
  function signIn(options: OnaSignInOptions): OnaSession | OnaUserSession {
    checkSignIn(options, "signIn");
    const expiresAt = timeAfter(clock.now(), options.expiresIn ?? yearMs);
    const caller = callerOf(options);
    const token = newSecret(ona, options.email);
    sessions.open(token, caller, expiresAt);
    const session = { token, accountId: caller.accountId, connect: () => connect(token) };
    if (caller.kind === "account") return session;
    return { ...session, userId: caller.userId, organizationId: caller.organizationId };
  }

  /** Returns the holder of a new token. Without an organization, creates an account if the email is new. */
  function callerOf({ email, name, organization: idOrName }: OnaSignInOptions): OnaCaller {
    if (idOrName !== undefined) return toCaller(currentMember(idOrName, email));
    const { id } = findOrCreatePerson(ona, { email, name });
    return { kind: "account", accountId: id };
  }

  function currentMember(idOrName: string, email: string): OnaMemberRow {
    const { id, name } = organization(idOrName);
    const person = accountByEmail(state, email);
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
      text(token, "token");
      revokeSecret(ona, token);
    },

    account,
    organization,

    member: (idOrName, emailOrUserId) => findMember(state, organization(idOrName), emailOrUserId),

    addOrganization(seed) {
      checkOrganization(seed, "organization");
      return applyOrganization(ona, seed, "organization");
    },

    join(idOrName, accountId, options = {}) {
      checkJoin(options, "join");
      const { role = "member" } = options;
      return addMember(ona, organization(idOrName).id, account(accountId), role);
    },

    leave(idOrName, accountId) {
      const member = membershipOf(state, organization(idOrName).id, account(accountId).id);
      if (member !== undefined) endMembership(ona, member);
    },

    addDnsRecord(idOrDomain) {
      const domain = text(idOrDomain, "idOrDomain").toLowerCase();
      const found = Array.from(state.domains.all()).filter(
        (row) => row.id === idOrDomain || row.domain === domain,
      );
      if (found.length === 0)
        throw new Error(`there is no domain verification "${idOrDomain}" on this server: create it first`);
      for (const { id } of found) state.domains.update(id, { isProved: true });
    },

    addSso(sso) {
      checkSso(sso, "sso");
      return applySso(ona, sso);
    },

    addProvider(provider) {
      checkProvider(provider, "provider");
      return applyProvider(ona, provider);
    },

    setUsage(accountId, usage) {
      checkUsage(usage, "usage");
      const { id, blockedFor, environments, subscriptions } = account(accountId);
      if (blockedFor !== null)
        throw new Error(
          `account ${id} is blocked: it cannot have running environments or paid subscriptions`,
        );
      state.accounts.update(id, withDefaults({ environments, subscriptions }, usage));
    },

    useCredits(idOrName, usage) {
      checkCreditUsage(usage, "usage");
      return applyCreditUsage(ona, organization(idOrName), usage);
    },

    setCreditBudget(idOrName, emailOrUserId, credits) {
      checkBudget(credits, "credits");
      const { id } = findMember(state, organization(idOrName), emailOrUserId);
      return state.members.update(id, { creditBudget: credits });
    },

    setBlocked(accountId, reason) {
      if (reason === null) unblockAccount(ona, account(accountId));
      else blockAccount(ona, account(accountId), reason);
    },
  };
}
