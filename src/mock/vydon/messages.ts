import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { type Timestamp, TimestampSchema } from "@bufbuild/protobuf/wkt";
import {
  type AccountInviteSchema,
  AccountRole,
  type UserAccountSchema,
  UserAccountType,
} from "../../../gen/mgmt/v1alpha1/user_account_pb.js";
import { keysOf } from "../engine/records.js";
import type { InviteRow, VydonAccountRow, VydonAccountType, VydonRole } from "./state/rows.js";

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
export const accountTypes = keysOf(types);

/** A role as a message has it. A number, which is an unknown role, stays as it is. */
export function toRole(role: VydonRole | number | null): AccountRole {
  if (role === null) return AccountRole.UNSPECIFIED;
  return typeof role === "number" ? role : roles[role];
}

/** A message's role. Undefined if it is unspecified or not known to the server. */
export function fromRole(role: AccountRole | undefined): VydonRole | undefined {
  return roleNames.find((name) => roles[name] === role);
}

/** The server's text for a role that it cannot set. */
export function unmappedRole(role: number): string {
  return `account role provided has not be mapped to a casbin role name: ${role}`;
}

/** An account as a message. */
export function toAccount(row: VydonAccountRow): MessageInitShape<typeof UserAccountSchema> {
  const { id, name, type, stripeCustomerId } = row;
  return { id, name, type: types[type], hasStripeCustomerId: stripeCustomerId !== null };
}

/** An invite as a message. */
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

/**
 * A point in time as the server's database stores it: with microseconds, so that a response shows six digits. The virtual clock counts
 * milliseconds, and all timestamps get the same fraction of a millisecond, so that the time between them stays the same.
 */
export function toTimestamp(ms: number, fractionNanos = 417_000): Timestamp {
  const seconds = Math.floor(ms / 1_000);
  // A fraction of a millisecond is a number of microseconds, which a float holds almost.
  const nanos = Math.round((ms - seconds * 1_000) * 1_000) * 1_000 + fractionNanos;
  return create(TimestampSchema, { seconds: BigInt(seconds), nanos });
}
