import { type Check, count, nullable, object, oneOf, optional, text } from "../../engine/check-json.js";
import type { Connect } from "../../engine/connect-options.js";
import { withDefaults } from "../../engine/records.js";
import { findByIdOrName } from "../../engine/state/find-by-id-or-name.js";
import { allOrNothing } from "../../engine/state/saved-state.js";
import { roleNames } from "../messages.js";
import { applyCreditUsage, applyOrganization, applyProvider, applySso } from "../seed/apply-seed.js";
import { checkCreditUsage, checkOrganization, checkProvider, checkSso } from "../seed/check-seed.js";
import { blockAccount, unblockAccount } from "../state/accounts.js";
import { addMember, endMembership, findMember, membershipOf } from "../state/members.js";
import { accountByEmail, type Ona } from "../state/state.js";
import { revokeSecret } from "../state/tokens.js";
import type { OnaControls, OnaJoinOptions, OnaUsage } from "./controls.js";
import { createSignIns } from "./create-sign-ins.js";

const checkJoin: Check<OnaJoinOptions> = object({ role: optional(oneOf(roleNames)) });
const checkBudget: Check<number | null> = nullable(count);
const checkReason: Check<string | null> = nullable(text);
const checkUsage: Check<OnaUsage> = object({ environments: optional(count), subscriptions: optional(count) });

/** Creates the controls of a server. `connect` returns options for a client with a token. */
export function createOnaControls(ona: Ona, connect: Connect): OnaControls {
  const { state } = ona;

  function account(idOrEmail: string) {
    text(idOrEmail, "idOrEmail");
    const found = state.accounts.get(idOrEmail) ?? accountByEmail(state, idOrEmail);
    if (found === undefined) throw new Error(`there is no account "${idOrEmail}" on this server`);
    return found;
  }

  const organization = (idOrName: string) => findByIdOrName(state.organizations, idOrName, "organization");

  return {
    ...createSignIns(ona, connect),

    revoke(token) {
      text(token, "token");
      revokeSecret(ona, token);
    },

    account,
    organization,

    member: (idOrName, emailOrUserId) => findMember(state, organization(idOrName), emailOrUserId),

    addOrganization(seed) {
      checkOrganization(seed, "organization");
      return allOrNothing({ ona: { tables: state } }, ona.ids, () =>
        applyOrganization(ona, seed, "organization"),
      );
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
      checkReason(reason, "reason");
      if (reason === null) unblockAccount(ona, account(accountId));
      else blockAccount(ona, account(accountId), reason);
    },
  };
}
