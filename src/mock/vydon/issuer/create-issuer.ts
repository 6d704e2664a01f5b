import { anyText, type Check, object, optional, text } from "../../engine/check-json.js";
import { ConnectionLost } from "../../engine/faults/apply-wire-fault.js";
import { toMs } from "../../engine/time/duration.js";
import { timeAfter } from "../../engine/time/instant.js";
import { checkNextCalls } from "../state/countdown.js";
import { callerOf, findOrCreatePerson, findOrCreateUser } from "../state/find-or-create.js";
import type { Vydon } from "../state/state.js";
import { defaultScope, grantRefresh, issueAccess, revokeFamily, startFamily } from "./grants.js";
import type { VydonIssuer, VydonIssuerCode, VydonIssuerSignIn } from "./issuer.js";
import { VydonIssuerError } from "./oauth-error.js";

/** The path of the issuer's sign-in page. */
export const authorizePath = "/vydon/issuer/authorize";

/** The path of the issuer's token endpoint. */
export const tokenPath = "/vydon/issuer/token";

const checkSignIn: Check<VydonIssuerSignIn> = object({ email: text });
const checkCode: Check<VydonIssuerCode> = object({
  email: text,
  scope: optional(anyText),
  redirectUri: optional(text),
});
const codeLifeMs = toMs("10m");

/** Creates the identity provider of a server. */
export function createIssuer(vydon: Vydon): VydonIssuer {
  const { lostResponses } = vydon;
  const { refreshTokens } = vydon.state;

  function find(refreshToken: string) {
    const row = refreshTokens.get(refreshToken);
    if (row === undefined) throw new Error("the issuer has not issued this refresh token");
    return row;
  }

  return {
    tokenPath,

    signIn(options) {
      checkSignIn(options, "signIn");
      const { email } = options;
      findOrCreateUser(vydon.state, callerOf(findOrCreatePerson(vydon, { email })));
      return {
        ...issueAccess(vydon, email),
        refreshToken: startFamily(vydon, email, defaultScope),
      };
    },

    code(options) {
      checkCode(options, "code");
      const { email, scope = defaultScope, redirectUri = null } = options;
      const { ids, clock, state } = vydon;
      const id = `vydon_code_${ids.token(24, email)}`;
      return state.codes.insert({
        id,
        email,
        scope,
        redirectUri,
        expiresAt: timeAfter(clock.now(), codeLifeMs),
        usedAt: null,
      }).id;
    },

    async refresh({ refreshToken }) {
      if (refreshToken === undefined || refreshToken === "") {
        throw new VydonIssuerError("invalid_request", "the refresh token is missing");
      }
      const tokens = grantRefresh(vydon, refreshToken);
      if (lostResponses.take()) throw new ConnectionLost("fetch failed");
      return tokens;
    },

    loseResponses(options = {}) {
      checkNextCalls(options, "loseResponses");
      lostResponses.set(options.times ?? 1);
    },

    revoke(refreshToken) {
      revokeFamily(vydon, find(refreshToken).familyId);
    },

    refreshTokens: () => [...refreshTokens.all()],

    refreshToken: find,
  };
}
