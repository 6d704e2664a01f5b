import { anyText, type Check, duration, object, optional, text } from "../../engine/check-json.js";
import type { Connect } from "../../engine/connect-options.js";
import { findByIdOrName } from "../../engine/state/find-by-id-or-name.js";
import { toMs, yearMs } from "../../engine/time/duration.js";
import { timeAfter } from "../../engine/time/instant.js";
import { findOrCreatePerson } from "../state/find-or-create.js";
import { membershipOf, toCaller } from "../state/members.js";
import type { OnaCaller, OnaMemberRow } from "../state/rows.js";
import { accountByEmail, type Ona } from "../state/state.js";
import { newSecret } from "../state/tokens.js";
import type { OnaControls, OnaSession, OnaSignInOptions, OnaUserSession } from "./controls.js";

const checkSignIn: Check<OnaSignInOptions> = object({
  email: text,
  name: optional(anyText),
  organization: optional(text),
  expiresIn: optional(duration),
});

/** Creates the controls that sign people in. `connect` returns options for a client with a token. */
export function createSignIns(ona: Ona, connect: Connect): Pick<OnaControls, "signIn" | "exchangeToken"> {
  const { state, sessions, clock, ids } = ona;

  function signIn(options: OnaSignInOptions & { organization: string }): OnaUserSession;
  function signIn(options: OnaSignInOptions): OnaSession;
  function signIn(options: OnaSignInOptions): OnaSession | OnaUserSession {
    checkSignIn(options, "signIn");
    const expiresAt = timeAfter(clock.now(), options.expiresIn ?? yearMs);
    const caller = callerOf(ona, options);
    const token = newSecret(ona, options.email);
    sessions.open(token, caller, expiresAt);
    const session = { token, accountId: caller.accountId, connect: () => connect(token) };
    if (caller.kind === "account") return session;
    return { ...session, userId: caller.userId, organizationId: caller.organizationId };
  }

  return {
    signIn,

    exchangeToken(options) {
      checkSignIn(options, "exchangeToken");
      const lifeMs = toMs(options.expiresIn ?? "1h");
      const who = callerOf(ona, options);
      const id = `ona_exchange_${ids.token(40, options.email)}`;
      return state.exchangeTokens.insert({ id, who, lifeMs }).id;
    },
  };
}

/** Returns the holder of a new token. Without an organization, creates an account if the email is new. */
function callerOf(ona: Ona, { email, name, organization }: OnaSignInOptions): OnaCaller {
  if (organization !== undefined) return toCaller(currentMember(ona, organization, email));
  const { id } = findOrCreatePerson(ona, { email, name });
  return { kind: "account", accountId: id };
}

function currentMember({ state }: Ona, idOrName: string, email: string): OnaMemberRow {
  const { id, name } = findByIdOrName(state.organizations, idOrName, "organization");
  const person = accountByEmail(state, email);
  const member = person && membershipOf(state, id, person.id);
  if (member === undefined)
    throw new Error(`${email} is not a member of "${name}": add them with server.ona.join, or in the seed`);
  return member;
}
