import { IdentityService, Principal } from "../../../gen/gitpod/v1/identity_pb.js";
import { failure } from "../engine/errors.js";
import { newJwt } from "../engine/state/jwt.js";
import { timeAfter } from "../engine/time/instant.js";
import { checkHolder } from "./access/authenticate.js";
import type { OnaRpcs } from "./access/rpcs.js";
import type { Ona } from "./state/state.js";

const rpc = IdentityService.method;

/** Creates the RPCs for the caller's identity and the exchange of tokens. */
export function createIdentity(ona: Ona, { access, signedIn, open }: OnaRpcs) {
  const { state, sessions, clock, ids, past } = ona;

  return {
    getAuthenticatedIdentity: signedIn(rpc.getAuthenticatedIdentity, (_request, caller) => {
      if (caller.kind === "account") {
        return { subject: { id: caller.accountId, principal: Principal.ACCOUNT } };
      }
      const { member, organization } = access.user(caller);
      return {
        subject: { id: member.userId, principal: Principal.USER },
        organizationId: organization.id,
        organizationTier: organization.tier,
      };
    }),

    exchangeToken: open(rpc.exchangeToken, ({ exchangeToken }) => {
      const row = state.exchangeTokens.get(exchangeToken);
      // The account may have been deleted since then.
      const account = state.accounts.get(row?.who.accountId ?? "");
      if (row === undefined || account === undefined) {
        throw failure("unauthenticated", `exchange token is not valid${past.explain(exchangeToken)}`);
      }
      checkHolder(ona, row.who);
      state.exchangeTokens.delete(exchangeToken);
      const { email, name } = account;
      const id = row.who.kind === "user" ? row.who.userId : row.who.accountId;
      const now = clock.now();
      const expiresAt = timeAfter(now, row.lifeMs);
      const accessToken = newJwt(ids, { id, email, name }, now, expiresAt);
      sessions.open(accessToken, row.who, expiresAt);
      return { accessToken };
    }),
  };
}
