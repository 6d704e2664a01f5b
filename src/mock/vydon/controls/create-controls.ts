import { anyText, type Check, duration, flag, object, optional, text } from "../../engine/check-json.js";
import type { Connect } from "../../engine/connect-options.js";
import { newJwt } from "../../engine/state/jwt.js";
import { yearMs } from "../../engine/time/duration.js";
import { timeAfter } from "../../engine/time/instant.js";
import { zeroUuid } from "../access/access.js";
import type { VydonIssuer } from "../issuer/issuer.js";
import { addApiKey, sessionOf } from "../state/api-keys.js";
import { callerOf, findOrCreatePerson, findOrCreateUser } from "../state/find-or-create.js";
import type { VydonHolder } from "../state/rows.js";
import type { Vydon } from "../state/state.js";
import type { VydonControls, VydonKeyOptions, VydonSession, VydonSignInOptions } from "./controls.js";
import { createBillingControls } from "./create-billing-controls.js";

const checkSignIn: Check<VydonSignInOptions> = object({
  email: text,
  name: optional(anyText),
  registered: optional(flag),
  expiresIn: optional(duration),
});
const checkKey: Check<VydonKeyOptions> = object({ expiresIn: optional(duration) });

/** Creates the controls of a server. `connect` returns options for a client with a token. */
export function createVydonControls(vydon: Vydon, connect: Connect, issuer: VydonIssuer): VydonControls {
  const { state, sessions, clock, ids } = vydon;
  const billing = createBillingControls(vydon);

  function open(token: string, holder: VydonHolder, expiresAt: number | null): VydonSession {
    sessions.open(token, holder, expiresAt);
    return { token, userId: holder.userId, connect: () => connect(token) };
  }

  function expireApiKey(token: string): void {
    if (state.sessions.get(token)?.who.kind !== "api_key") throw new Error("no API key has this token");
    state.sessions.update(token, { expiresAt: clock.now() });
  }

  return {
    ...billing,
    issuer,

    signIn(options) {
      checkSignIn(options, "signIn");
      const { email, name, registered = true, expiresIn = yearMs } = options;
      const now = clock.now();
      const expiresAt = timeAfter(now, expiresIn);
      const identity = findOrCreatePerson(vydon, { email, name });
      const caller = callerOf(identity);
      if (registered) findOrCreateUser(state, caller);
      return open(newJwt(ids, identity, now, expiresAt), caller, expiresAt);
    },

    apiKey(accountId, options = {}) {
      checkKey(options, "apiKey");
      const { expiresIn = yearMs } = options;
      const expiresAt = timeAfter(clock.now(), expiresIn);
      const { key, token } = addApiKey(vydon, { accountId: billing.account(accountId).id, expiresAt });
      return { token, userId: key.userId, keyId: key.id, connect: () => connect(token) };
    },

    workerKey: () => open(`neo_wt_v1_${ids.uuid()}`, { kind: "worker_key", userId: zeroUuid }, null),

    revoke(token) {
      text(token, "token");
      sessions.revoke(token);
    },

    expireInvite(inviteId) {
      if (!state.invites.has(inviteId)) throw new Error(`there is no invite ${inviteId} on this server`);
      state.invites.update(inviteId, { expiresAt: clock.now() });
    },

    expireApiKey,

    expireApiKeyById(keyId) {
      const session = sessionOf(vydon, keyId);
      if (session === undefined) throw new Error(`there is no API key ${keyId} on this server`);
      expireApiKey(session.id);
    },
  };
}
