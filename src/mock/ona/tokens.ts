import type { Duration } from "@bufbuild/protobuf/wkt";
import { UserService } from "../../../gen/gitpod/v1/user_pb.js";
import { failure } from "../engine/errors.js";
import { toMs } from "../engine/time/duration.js";
import { timeAfter } from "../engine/time/instant.js";
import { durationMs } from "../engine/time/protobuf.js";
import type { ByUser } from "./access/access.js";
import type { OnaRpcs } from "./access/rpcs.js";
import { toToken } from "./messages.js";
import { pageOf } from "./pages.js";
import { userOf } from "./state/members.js";
import type { OnaTokenRow } from "./state/rows.js";
import type { Ona } from "./state/state.js";
import { addToken, deleteToken } from "./state/tokens.js";

const rpc = UserService.method;
const defaultLifeMs = toMs("30d");

/** Creates the RPCs for personal access tokens. */
export function createTokens(ona: Ona, { byUser }: OnaRpcs) {
  const { state, clock } = ona;

  /**
   * Returns the token with this id. It is one of the caller's tokens or, if the caller is an admin, a token of any user
   * of the organization.
   *
   * @throws ConnectError `not_found` if the organization has no such token, `permission_denied` if it is another user's.
   */
  function find(tokenId: string, { member, organization }: ByUser): OnaTokenRow {
    const token = state.tokens.get(tokenId);
    if (token === undefined || userOf(state, token.userId)?.organizationId !== organization.id) {
      throw failure("not_found", "personal access token not found");
    }
    if (member.role !== "admin" && token.userId !== member.userId) throw otherUsersToken();
    return token;
  }

  return {
    createPersonalAccessToken: byUser(rpc.createPersonalAccessToken, "member", (request, { member }) => {
      const { userId, description, validFor, readOnly } = request;
      if (userId !== member.userId) {
        throw failure("permission_denied", "users can create personal access tokens only for themselves");
      }
      const expiresAt = timeAfter(clock.now(), toLifeMs(validFor));
      return { token: addToken(ona, member, { description, expiresAt, readOnly }) };
    }),

    getPersonalAccessToken: byUser(
      rpc.getPersonalAccessToken,
      "member",
      ({ personalAccessTokenId }, user) => ({ pat: toToken(find(personalAccessTokenId, user)) }),
    ),

    listPersonalAccessTokens: byUser(
      rpc.listPersonalAccessTokens,
      "member",
      ({ filter, pagination }, { member, organization }) => {
        const { userIds = [] } = filter ?? {};
        const users = new Set(userIds.length === 0 ? [member.userId] : userIds);
        const isOwn = users.size === 1 && users.has(member.userId);
        if (!isOwn && member.role !== "admin") throw otherUsersToken();
        const rows = Array.from(state.tokens.all()).filter(
          ({ userId }) => users.has(userId) && userOf(state, userId)?.organizationId === organization.id,
        );
        const list = `tokens/${organization.id}/${[...users].sort().join()}`;
        const page = pageOf(ona, rows, { list, pagination });
        return { pagination: page.pagination, personalAccessTokens: page.rows.map(toToken) };
      },
    ),

    deletePersonalAccessToken: byUser(
      rpc.deletePersonalAccessToken,
      "member",
      ({ personalAccessTokenId }, user) => {
        deleteToken(ona, find(personalAccessTokenId, user));
        return {};
      },
    ),
  };
}

/** Returns how long a token is valid, in milliseconds. Zero means the default. A fraction of a millisecond counts as a whole one. */
function toLifeMs(validFor: Duration | undefined): number {
  if (validFor === undefined || (validFor.seconds === 0n && validFor.nanos === 0)) return defaultLifeMs;
  return toMs(durationMs(validFor));
}

function otherUsersToken() {
  return failure("permission_denied", "only admins may see the personal access tokens of others");
}
