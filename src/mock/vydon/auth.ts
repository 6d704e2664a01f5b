import type { MessageInitShape } from "@bufbuild/protobuf";
import { type AccessTokenSchema, AuthService } from "../../../gen/mgmt/v1alpha1/auth_pb.js";
import { failure } from "../engine/errors.js";
import { baseUrlOf } from "../engine/http/base-url.js";
import { newJwt } from "../engine/state/jwt.js";
import type { VydonRpcs } from "./access/rpcs.js";
import { authorizePath } from "./issuer/create-issuer.js";
import { grantRefresh, hasScope, issueAccess, startFamily, type VydonTokens } from "./issuer/grants.js";
import { VydonIssuerError } from "./issuer/oauth-error.js";
import { findOrCreatePerson } from "./state/find-or-create.js";
import type { Vydon } from "./state/state.js";

const rpc = AuthService.method;

/**
 * Creates the RPCs for sign-in through the identity provider. Only `CheckToken` needs a token. For the other RPCs, the server does not
 * apply the rules of the schema.
 */
export function createAuth(vydon: Vydon, { open, signedIn }: VydonRpcs) {
  const { state, clock, ids, world, modes } = vydon;

  /**
   * Uses up a code, and returns it.
   *
   * @throws ConnectError `unauthenticated` if it is unknown, used or expired, or if it was sent to another redirect URI.
   */
  function redeem(code: string, redirectUri: string) {
    const row = state.codes.get(code);
    if (
      row === undefined ||
      row.usedAt !== null ||
      row.expiresAt <= clock.now() ||
      (row.redirectUri !== null && row.redirectUri !== redirectUri)
    ) {
      throw failure("unauthenticated", "Request unauthenticated");
    }
    return state.codes.update(code, { usedAt: clock.now() });
  }

  function toMessage(
    { expiresAt, ...tokens }: VydonTokens,
    email: string,
    scope: string,
  ): MessageInitShape<typeof AccessTokenSchema> {
    const now = clock.now();
    return {
      ...tokens,
      expiresIn: BigInt(Math.floor((expiresAt - now) / 1_000)),
      scope,
      tokenType: "Bearer",
      ...(hasScope(scope, "openid") && {
        idToken: newJwt(ids, findOrCreatePerson(vydon, { email }), now, expiresAt),
      }),
    };
  }

  return {
    getAuthStatus: open(rpc.getAuthStatus, () => ({ isEnabled: modes.auth })),

    getAuthorizeUrl: open(rpc.getAuthorizeUrl, ({ state: csrf, redirectUri, scope }, _, header) => {
      const query = new URLSearchParams({
        audience: "vydon.mock",
        client_id: "vydon-mock",
        redirect_uri: redirectUri,
        response_type: "code",
        scope,
        state: csrf,
      });
      return { url: `${baseUrlOf(header, "vydon", world)}${authorizePath}?${query}` };
    }),

    loginCli: open(rpc.loginCli, ({ code, redirectUri }) => {
      const { email, scope } = redeem(code, redirectUri);
      const access = issueAccess(vydon, email);
      const tokens = hasScope(scope, "offline_access")
        ? { ...access, refreshToken: startFamily(vydon, email, scope) }
        : access;
      return { accessToken: toMessage(tokens, email, scope) };
    }),

    refreshCli: open(rpc.refreshCli, ({ refreshToken }) => {
      try {
        const tokens = grantRefresh(vydon, refreshToken);
        // The identity provider has used up the old token, and the server does not get the new one.
        if (vydon.lostResponses.take())
          throw failure("unknown", "unable to fulfill refresh token request: EOF");
        const { email = "", scope = "" } = state.refreshTokens.get(refreshToken) ?? {};
        return { accessToken: toMessage(tokens, email, scope) };
      } catch (reason) {
        if (!(reason instanceof VydonIssuerError)) throw reason;
        throw failure("unauthenticated", "Unable to refresh access token");
      }
    }),

    checkToken: signedIn(rpc.checkToken, () => ({})),
  };
}
