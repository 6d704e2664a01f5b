import { IdentityService } from "../../gen/gitpod/v1/identity_pb.js";
import { UserService } from "../../gen/gitpod/v1/user_pb.js";
import { defined, empty, nothing } from "./against-protobuf-es.js";
import { type Args, ona, page, pagination } from "./ona-account-cases.js";

const user = UserService.method;
const identity = IdentityService.method;

const userId = ({ id }: Args) => ({ userId: id });
const personalAccessTokenId = ({ id }: Args) => ({ personalAccessTokenId: id });

/** Converts milliseconds to a `google.protobuf.Duration`. */
function duration(ms: number) {
  const seconds = Math.floor(ms / 1_000);
  return { seconds: BigInt(seconds), nanos: (ms - seconds * 1_000) * 1e6 };
}

/** Every RPC of the UserService. */
export const userCases = [
  ona(
    user.getAuthenticatedUser,
    (c) => c.users.current(),
    empty,
    ({ user }) => user,
  ),
  ona(
    user.getUser,
    (c, { id }) => c.users.get(id),
    userId,
    ({ user }) => user,
  ),
  ona(
    user.setSuspended,
    (c, { id, flag }) => (flag ? c.users.suspend(id) : c.users.unsuspend(id)),
    ({ id, flag }) => ({ userId: id, suspended: flag }),
    nothing,
  ),
  ona(user.deleteUser, (c, { id }) => c.users.delete(id), userId, nothing),
  ona(
    user.createPersonalAccessToken,
    (c, { id, text, optionalMs, optionalFlag }) =>
      c.tokens.create(id, { description: text, validForMs: optionalMs, readOnly: optionalFlag }),
    ({ id, text, optionalMs, optionalFlag }) =>
      defined({
        userId: id,
        description: text,
        validFor: optionalMs === undefined ? undefined : duration(optionalMs),
        readOnly: optionalFlag,
      }),
  ),
  ona(
    user.getPersonalAccessToken,
    (c, { id }) => c.tokens.get(id),
    personalAccessTokenId,
    ({ pat }) => pat,
  ),
  ona(
    user.listPersonalAccessTokens,
    (c, all) => c.tokens.list({ userIds: all.ids }, page(all)).then(({ items }) => items),
    (all) => ({ filter: { userIds: all.ids }, pagination: pagination(all) }),
    ({ personalAccessTokens }) => personalAccessTokens,
  ),
  ona(user.deletePersonalAccessToken, (c, { id }) => c.tokens.delete(id), personalAccessTokenId, nothing),
];

/** Every RPC of the IdentityService. */
export const identityCases = [
  ona(identity.getAuthenticatedIdentity, (c) => c.identity.current(), empty),
  ona(
    identity.exchangeToken,
    (c, { text }) => c.identity.exchangeToken(text),
    ({ text }) => ({ exchangeToken: text }),
  ),
];
