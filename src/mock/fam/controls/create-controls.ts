import { anyText, type Check, duration, object, oneOf, optional, text } from "../../engine/check-json.js";
import type { Connect } from "../../engine/connect-options.js";
import { findByIdOrName } from "../../engine/state/find-by-id-or-name.js";
import { toMs, yearMs } from "../../engine/time/duration.js";
import { statusNames } from "../messages.js";
import { checkCard } from "../seed/check-seed.js";
import { findOrCreatePerson } from "../state/find-or-create.js";
import type { FamAccountStatus } from "../state/rows.js";
import { addCard, type Fam, userByEmail } from "../state/state.js";
import { issueTokens } from "../state/tokens.js";
import type { FamControls, FamSignInOptions } from "./controls.js";

const checkSignIn: Check<FamSignInOptions> = object({
  email: text,
  firstName: optional(anyText),
  lastName: optional(anyText),
  expiresIn: optional(duration),
});
const checkStatus: Check<FamAccountStatus> = oneOf(statusNames);

/** Creates the controls of a server. `connect` returns options for a client with a token. */
export function createFamControls(fam: Fam, connect: Connect): FamControls {
  const { state, sessions, clock, past, serviceNames } = fam;
  const account = (idOrName: string) => findByIdOrName(state.accounts, idOrName, "account");

  return {
    signIn(options) {
      checkSignIn(options, "signIn");
      const { expiresIn = yearMs, ...person } = options;
      const lifeMs = toMs(expiresIn);
      const user = findOrCreatePerson(fam, person);
      const { accessToken: token, refreshToken, expiresAt } = issueTokens(fam, user, lifeMs);
      const connectAs = () => ({ ...connect(token), services: serviceNames });
      return { token, refreshToken, expiresAt, userId: user.id, connect: connectAs };
    },

    refresh(refreshToken = "") {
      const row = state.refreshTokens.get(refreshToken);
      const user = state.users.get(row?.userId ?? "");
      if (row === undefined || user === undefined) {
        throw new Error(`the refresh token is not known, or was used${past.explain(refreshToken)}`);
      }
      if (row.expiresAt <= clock.now()) throw new Error("the refresh token has expired");
      state.refreshTokens.delete(row.id);
      return issueTokens(fam, user);
    },

    revoke(token) {
      text(token, "token");
      sessions.revoke(token);
      state.refreshTokens.delete(token);
    },

    inviteToken(inviteId) {
      const invite = state.invites.get(inviteId);
      if (invite === undefined) throw new Error(`there is no invite ${inviteId} on this server`);
      return invite.token;
    },

    account,

    user(idOrEmail) {
      text(idOrEmail, "idOrEmail");
      const user = state.users.get(idOrEmail) ?? userByEmail(state, idOrEmail);
      if (user === undefined) throw new Error(`there is no user "${idOrEmail}" on this server`);
      return user;
    },

    verify(accountId, status = "verified") {
      checkStatus(status, "status");
      state.accounts.update(account(accountId).id, { status, updatedAt: clock.now() });
    },

    addCard(accountId, card = {}) {
      checkCard(card, "card");
      const { id } = account(accountId);
      const [configuration] = state.paymentConfigurations.by("account", id);
      if (configuration === undefined) throw new Error(`account ${id} has no payment configuration`);
      return addCard(fam, configuration.id, card);
    },
  };
}
