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

/** The names of all states of an account. */
export const statusNames = keysOf(statuses);

/** A kind of account as a message has it. */
export function toType(type: FamAccountType): AccountType {
  return types[type];
}

/** A message's kind of account. Undefined if it is unspecified or not known to the server. */
export function fromType(type: AccountType): FamAccountType | undefined {
  return typeNames.find((name) => types[name] === type);
}

/** An account as a message. */
export function toAccount(row: FamAccountRow): MessageInitShape<typeof AccountSchema> {
  return { ...toNewAccount(row), updatedAt: timestampFromMs(row.updatedAt) };
}

/** A new account as a message. */
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

/** The present status of an invitation. */
export function inviteStatus({ status, expiresAt }: InviteRow, now: number): InvitationStatus {
  if (status === "accepted") return InvitationStatus.ACCEPTED;
  if (status === "revoked") return InvitationStatus.REVOKED;
  return expiresAt > now ? InvitationStatus.PENDING : InvitationStatus.EXPIRED;
}

/** An invitation as a message. */
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

/** A card as a message. */
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
