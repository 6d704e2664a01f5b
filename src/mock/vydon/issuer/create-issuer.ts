import { anyText, type Check, object, optional, text, wholeNumber } from "../../engine/check-json.js";
import { ConnectionLost } from "../../engine/faults/apply-wire-fault.js";
import type { VydonNextCalls } from "../controls/billing-controls.js";
import type { Vydon } from "../state/state.js";
import { grantRefresh, grantTo } from "./grants.js";
import type { VydonIssuer, VydonIssuerCode, VydonIssuerSignIn } from "./issuer.js";
import { isLost, loseAnswers } from "./lost-answers.js";
import { VydonIssuerError } from "./oauth-error.js";
import type { IssuerPolicy } from "./options.js";

/** The path of the issuer's sign-in page. */
export const authorizePath = "/vydon/issuer/authorize";

/** The path of the issuer's token endpoint. */
export const tokenPath = "/vydon/issuer/token";

const checkSignIn: Check<VydonIssuerSignIn> = object({ email: text });
const checkCode: Check<VydonIssuerCode> = object({ email: text, scope: optional(anyText) });
const codeLifeMs = 10 * 60_000;
const checkNextCalls: Check<VydonNextCalls> = object({ times: optional(wholeNumber(0)) });

/** The issuer of a server. */
export function createIssuer(vydon: Vydon, policy: IssuerPolicy): VydonIssuer {
  const { refreshTokens } = vydon.state;

  function find(refreshToken: string) {
    const row = refreshTokens.get(refreshToken);
    if (row === undefined) throw new Error("the issuer has issued no such refresh token");
    return row;
  }

  return {
    tokenPath,

    signIn(options) {
      checkSignIn(options, "signIn");
      return grantTo(vydon, policy, options.email);
    },

    code(options) {
      checkCode(options, "code");
      const { email, scope = "openid profile offline_access" } = options;
      const { ids, clock, state } = vydon;
      const id = `vydon_code_${ids.token(24, email)}`;
      return state.codes.insert({ id, email, scope, expiresAt: clock.now() + codeLifeMs, usedAt: null }).id;
    },

    async refresh({ refreshToken }) {
      if (refreshToken === undefined || refreshToken === "") {
        throw new VydonIssuerError("invalid_request", "the refresh token is missing");
      }
      const tokens = grantRefresh(vydon, policy, refreshToken);
      if (isLost(vydon)) throw new ConnectionLost("fetch failed");
      return tokens;
    },

    loseAnswers(options = {}) {
      checkNextCalls(options, "loseAnswers");
      loseAnswers(vydon, options.times ?? 1);
    },

    revoke(refreshToken) {
      for (const { id } of refreshTokens.by("family", find(refreshToken).familyId)) {
        refreshTokens.update(id, { revoked: true });
      }
    },

    refreshTokens: () => [...refreshTokens.all()],

    refreshToken: find,
  };
}
