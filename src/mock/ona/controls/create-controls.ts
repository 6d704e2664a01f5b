import {
  anyText,
  type Check,
  count,
  duration,
  object,
  oneOf,
  optional,
  text,
} from "../../engine/check-json.js";
import type { Connect } from "../../engine/connect-options.js";
import { toMs, yearMs } from "../../engine/time/duration.js";
import { roleNames } from "../messages.js";
import { addOrganization, addProvider, addSso } from "../seed/apply-seed.js";
import { checkOrganization, checkProvider, checkSso } from "../seed/check-seed.js";
import { findOrCreatePerson } from "../state/find-or-create.js";
import { addMember, blockAccount, memberId, type Ona, unblockAccount } from "../state/state.js";
import type { OnaControls, OnaJoinOptions, OnaSignInOptions, OnaUsage } from "./controls.js";

const checkSignIn: Check<OnaSignInOptions> = object({
  email: text,
  name: optional(anyText),
  expiresIn: optional(duration),
});
const checkJoin: Check<OnaJoinOptions> = object({ role: optional(oneOf(roleNames)) });
const checkUsage: Check<OnaUsage> = object({ environments: optional(count), subscriptions: optional(count) });

/** The controls of a server. `connect` makes the options for clients. */
export function createOnaControls(ona: Ona, connect: Connect): OnaControls {
  const { state, sessions, clock, ids } = ona;

  function account(idOrEmail: string) {
    const found = state.accounts.get(idOrEmail) ?? state.accounts.by("email", idOrEmail.toLowerCase())[0];
    if (found === undefined) throw new Error(`there is no account "${idOrEmail}" on this server`);
    return found;
  }

  return {
    signIn(options) {
      checkSignIn(options, "signIn");
      const { email, name, expiresIn = yearMs } = options;
      const expiresAt = clock.now() + toMs(expiresIn);
      const { id } = findOrCreatePerson(ona, name === undefined ? { email } : { email, name });
      const token = `gitpod_pat_${ids.token(40, email.toLowerCase())}`;
      sessions.open(token, { kind: "account", accountId: id }, expiresAt);
      return { token, accountId: id, connect: () => connect(token) };
    },

    revoke(token) {
      sessions.revoke(token);
    },

    account,

    addOrganization(organization) {
      checkOrganization(organization, "organization");
      return addOrganization(ona, organization, "organization");
    },

    join(organizationId, accountId, options = {}) {
      checkJoin(options, "join");
      const { role = "member" } = options;
      if (!state.organizations.has(organizationId))
        throw new Error(`there is no organization ${organizationId} on this server`);
      return addMember(ona, organizationId, account(accountId), role);
    },

    leave(organizationId, accountId) {
      state.members.delete(memberId(organizationId, accountId));
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

    setBlocked(accountId, reason) {
      if (reason === null) unblockAccount(ona, account(accountId));
      else blockAccount(ona, account(accountId), reason);
    },
  };
}
