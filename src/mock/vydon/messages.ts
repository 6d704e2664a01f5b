import type { MessageInitShape } from "@bufbuild/protobuf";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import {
  type AccountInviteSchema,
  AccountRole,
  type UserAccountSchema,
  UserAccountType,
} from "../../../gen/mgmt/v1alpha1/user_account_pb.js";
import type { AccountRow, InviteRow, Role } from "./state.js";

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

/** A role as a message has it. */
export function toRole(role: Role | null): AccountRole {
  return role === null ? AccountRole.UNSPECIFIED : roles[role];
}

/** A message's role; undefined where it is none, or none that the server knows. */
export function fromRole(role: AccountRole | undefined): Role | undefined {
  return roleNames.find((name) => roles[name] === role);
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
    createdAt: timestampFromMs(row.createdAt),
    updatedAt: timestampFromMs(row.updatedAt),
    expiresAt: timestampFromMs(row.expiresAt),
    role: toRole(row.role),
  };
}
