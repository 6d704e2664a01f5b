import type { MessageInitShape } from "@bufbuild/protobuf";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import { type AccountSchema, AccountStatus, AccountType } from "../../../gen/fam/v1/account_pb.js";
import type { CardInfoSchema } from "../../../gen/fam/v1/billing_pb.js";
import { type InvitationSchema, InvitationStatus } from "../../../gen/fam/v1/member_pb.js";
import { keysOf } from "../engine/records.js";
import type { FamAccountRow, FamAccountStatus, FamAccountType, FamCardRow, InviteRow } from "./state/rows.js";

const types: Readonly<Record<FamAccountType, AccountType>> = {
  ad_account: AccountType.AD_ACCOUNT,
  business_manager: AccountType.BUSINESS_MANAGER,
  enterprise: AccountType.ENTERPRISE,
  agency: AccountType.AGENCY,
};

const statuses: Readonly<Record<FamAccountStatus, AccountStatus>> = {
  unverified: AccountStatus.UNVERIFIED,
  pending: AccountStatus.PENDING,
  verified: AccountStatus.VERIFIED,
};

/** The names of all kinds of account. */
export const typeNames = keysOf(types);

/** The names of all statuses of an account. */
export const statusNames = keysOf(statuses);

/** Converts a kind of account for a message. */
export function toType(type: FamAccountType): AccountType {
  return types[type];
}

/** Reads a message's kind of account. Returns undefined if it is unspecified or unknown. */
export function fromType(type: AccountType): FamAccountType | undefined {
  return typeNames.find((name) => types[name] === type);
}

/** Converts an account to a message. */
export function toAccount(row: FamAccountRow): MessageInitShape<typeof AccountSchema> {
  return { ...toNewAccount(row), updatedAt: timestampFromMs(row.updatedAt) };
}

/** Converts a new account to a message, which has no `updatedAt`. */
export function toNewAccount({ id, hierarchy, name, type, status, createdAt }: FamAccountRow) {
  return {
    id,
    hierarchy: [...hierarchy],
    name,
    type: types[type],
    status: statuses[status],
    createdAt: timestampFromMs(createdAt),
  };
}

/** Returns the status of an invite at the time `now`. */
export function inviteStatus({ status, expiresAt }: InviteRow, now: number): InvitationStatus {
  if (status === "accepted") return InvitationStatus.ACCEPTED;
  if (status === "revoked") return InvitationStatus.REVOKED;
  return expiresAt > now ? InvitationStatus.PENDING : InvitationStatus.EXPIRED;
}

/** Converts an invite to a message. */
export function toInvitation(row: InviteRow, now: number): MessageInitShape<typeof InvitationSchema> {
  const { id, accountId, email, relations, inviterUserId, expiresAt, createdAt } = row;
  return {
    id,
    accountId,
    email,
    relations: [...relations],
    status: inviteStatus(row, now),
    inviterUserId,
    expiresAt: timestampFromMs(expiresAt),
    createdAt: timestampFromMs(createdAt),
  };
}

/** Converts a card to a message. */
export function toCard(row: FamCardRow): MessageInitShape<typeof CardInfoSchema> {
  const { id, brand, last4, expMonth, expYear, name, primary } = row;
  return {
    paymentMethodId: id,
    brand,
    last4,
    expMonth: BigInt(expMonth),
    expYear: BigInt(expYear),
    name,
    primary,
  };
}
