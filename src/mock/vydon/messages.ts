import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { type Timestamp, TimestampSchema } from "@bufbuild/protobuf/wkt";
import type { AccountApiKeySchema } from "../../../gen/mgmt/v1alpha1/api_key_pb.js";
import {
  type AccountInviteSchema,
  AccountRole,
  type AccountUserSchema,
  type UserAccountSchema,
  UserAccountType,
} from "../../../gen/mgmt/v1alpha1/user_account_pb.js";
import { keysOf } from "../engine/records.js";
import type {
  ApiKeyRow,
  InviteRow,
  UserRow,
  VydonAccountRow,
  VydonAccountType,
  VydonRole,
} from "./state/rows.js";

const roles: Readonly<Record<VydonRole, AccountRole>> = {
  admin: AccountRole.ADMIN,
  job_developer: AccountRole.JOB_DEVELOPER,
  job_viewer: AccountRole.JOB_VIEWER,
  job_executor: AccountRole.JOB_EXECUTOR,
};

const types: Readonly<Record<VydonAccountType, UserAccountType>> = {
  personal: UserAccountType.PERSONAL,
  team: UserAccountType.TEAM,
  enterprise: UserAccountType.ENTERPRISE,
};

/** The names of all roles. */
export const roleNames = keysOf(roles);

/** The names of all kinds of account. */
export const typeNames = keysOf(types);

/** Converts a role for a message. A number is an unknown role of an invite, and stays as it is. */
function toRole(role: VydonRole | number | null): AccountRole {
  if (role === null) return AccountRole.UNSPECIFIED;
  return typeof role === "number" ? role : roles[role];
}

/** Reads a message's role. Returns undefined if it is unspecified or unknown. */
export function fromRole(role: AccountRole | undefined): VydonRole | undefined {
  return roleNames.find((name) => roles[name] === role);
}

/** Returns the server's text for a role that it cannot set. */
export function unmappedRole(role: number): string {
  return `account role provided has not be mapped to a casbin role name: ${role}`;
}

/** Converts an account to a message. */
export function toAccount(row: VydonAccountRow): MessageInitShape<typeof UserAccountSchema> {
  const { id, name, type, stripeCustomerId } = row;
  return { id, name, type: types[type], hasStripeCustomerId: stripeCustomerId !== null };
}

/** Converts a member to a message. */
export function toMember(user: UserRow, role: VydonRole | null): MessageInitShape<typeof AccountUserSchema> {
  const { id, name, image, email } = user;
  return { id, name, image, email, role: toRole(role) };
}

/** Converts an invite to a message. */
export function toInvite(row: InviteRow): MessageInitShape<typeof AccountInviteSchema> {
  const { id, accountId, senderUserId, email, token, accepted } = row;
  return {
    id,
    accountId,
    senderUserId,
    email,
    token,
    accepted,
    createdAt: toTimestamp(row.createdAt),
    updatedAt: toTimestamp(row.updatedAt),
    expiresAt: toTimestamp(row.expiresAt),
    role: toRole(row.role),
  };
}

/** Converts an API key to a message. `keyValue` is the secret, which only a new or regenerated key has. */
export function toApiKey(
  row: ApiKeyRow,
  expiresAt: number,
  keyValue?: string,
): MessageInitShape<typeof AccountApiKeySchema> {
  const { id, name, accountId, userId, createdById, updatedById } = row;
  return {
    id,
    name,
    accountId,
    createdById,
    createdAt: toTimestamp(row.createdAt),
    updatedById,
    updatedAt: toTimestamp(row.updatedAt),
    keyValue,
    userId,
    expiresAt: toTimestamp(expiresAt, 0),
  };
}

/**
 * Converts a point in time, in milliseconds since 1970, to a timestamp with microseconds, as the real server's database stores it. The
 * virtual clock counts milliseconds. All timestamps get the same fraction of a millisecond, so the time between them stays the same.
 *
 * @param fractionNanos - the nanoseconds to add. Default: 417 µs.
 */
export function toTimestamp(ms: number, fractionNanos = 417_000): Timestamp {
  const seconds = Math.floor(ms / 1_000);
  // The number is rounded, because a float cannot hold every number of microseconds exactly.
  const nanos = Math.round((ms - seconds * 1_000) * 1_000) * 1_000 + fractionNanos;
  return create(TimestampSchema, { seconds: BigInt(seconds), nanos });
}
