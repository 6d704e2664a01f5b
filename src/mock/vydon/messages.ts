import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { type Timestamp, TimestampSchema } from "@bufbuild/protobuf/wkt";
import {
  type AccountInviteSchema,
  AccountRole,
  type UserAccountSchema,
  UserAccountType,
} from "../../../gen/mgmt/v1alpha1/user_account_pb.js";
import type { AccountRow, InviteRow, Role } from "./state/state.js";

const roles: Readonly<Record<Role, AccountRole>> = {
  admin: AccountRole.ADMIN,
  job_developer: AccountRole.JOB_DEVELOPER,
  job_viewer: AccountRole.JOB_VIEWER,
  job_executor: AccountRole.JOB_EXECUTOR,
};

const types: Readonly<Record<AccountRow["type"], UserAccountType>> = {
  personal: UserAccountType.PERSONAL,
  team: UserAccountType.TEAM,
  enterprise: UserAccountType.ENTERPRISE,
};

/** The names of all roles. */
export const roleNames: readonly Role[] = ["admin", "job_developer", "job_viewer", "job_executor"];

/** A role as a message has it. A number stays as it is. */
export function toRole(role: Role | number | null): AccountRole {
  if (role === null) return AccountRole.UNSPECIFIED;
  return typeof role === "number" ? role : roles[role];
}

/** A message's role; undefined if it is unspecified, or none that the server knows. */
export function fromRole(role: AccountRole | undefined): Role | undefined {
  return roleNames.find((name) => roles[name] === role);
}

/** What the server says of a role that it can't set. */
export function unmappedRole(role: number): string {
  return `account role provided has not be mapped to a casbin role name: ${role}`;
}

/** An account as a message. */
export function toAccount(row: AccountRow): MessageInitShape<typeof UserAccountSchema> {
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
 * A point in time as the server's database has it: with microseconds, so that an answer shows six digits. The virtual
 * clock counts milliseconds. All timestamps get the same fraction of one, so the spans between them stay as they are.
 */
export function toTimestamp(ms: number, fractionNanos = 417_000): Timestamp {
  const seconds = Math.floor(ms / 1_000);
  const nanos = (ms - seconds * 1_000) * 1_000_000 + fractionNanos;
  return create(TimestampSchema, { seconds: BigInt(seconds), nanos });
}
