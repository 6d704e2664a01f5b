import {
  type Account as AccountMessage,
  type AccountPermissions,
  AccountStatus as AccountStatusValue,
  AccountType as AccountTypeValue,
  type CreateAccountResponse,
  type ListMyPermissionsResponse,
} from "../../gen/fam/v1/account_pb.js";
import type { CardInfo } from "../../gen/fam/v1/billing_pb.js";
import {
  type AcceptInvitationResponse,
  type AccountMember as AccountMemberMessage,
  type Invitation,
  InvitationStatus,
  type Member as MemberMessage,
  MembershipStatus as MembershipStatusValue,
} from "../../gen/fam/v1/member_pb.js";
import { enumNames, present, toDate, toNumber, toOptionalDate } from "../core/convert.js";
import { UnexpectedResponseError } from "../core/errors.js";

/** What kind of account it is; "unknown" for a kind that came after this version of the SDK. */
export type AccountType =
  | "unspecified"
  | "ad_account"
  | "business_manager"
  | "enterprise"
  | "agency"
  | "unknown";

/** @internal */
export const accountTypes = enumNames({
  unspecified: AccountTypeValue.UNSPECIFIED,
  ad_account: AccountTypeValue.AD_ACCOUNT,
  business_manager: AccountTypeValue.BUSINESS_MANAGER,
  enterprise: AccountTypeValue.ENTERPRISE,
  agency: AccountTypeValue.AGENCY,
});

/** A kind of account that can be opened. */
export type CreatableAccountType = Exclude<AccountType, "unspecified" | "unknown">;

/** How far an account's verification has come. */
export type AccountStatus = "unspecified" | "unverified" | "pending" | "verified" | "unknown";

const accountStatuses = enumNames({
  unspecified: AccountStatusValue.UNSPECIFIED,
  unverified: AccountStatusValue.UNVERIFIED,
  pending: AccountStatusValue.PENDING,
  verified: AccountStatusValue.VERIFIED,
});

/** An account that was just made. */
export interface CreatedAccount {
  /** ULID. */
  readonly id: string;
  /** The ids of the accounts from the root down to this one, which is the last. */
  readonly hierarchy: readonly string[];
  /** What `accounts.update` changes. */
  readonly name: string;
  /** "unknown" for a kind that came after this version of the SDK. */
  readonly type: AccountType;
  /** How far its verification has come; a new account starts "unverified". */
  readonly status: AccountStatus;
  /** When it was made. */
  readonly createdAt: Date;
}

/** An account. */
export interface Account extends CreatedAccount {
  /** Undefined where the server does not say that it ever changed. */
  readonly updatedAt: Date | undefined;
}

/** @internal */
export function toCreatedAccount(message: CreateAccountResponse | AccountMessage): CreatedAccount {
  const { id, hierarchy, name, type, status, createdAt } = message;
  return {
    id,
    hierarchy: [...hierarchy],
    name,
    type: accountTypes.toName(type),
    status: accountStatuses.toName(status),
    createdAt: toDate(createdAt, "created_at"),
  };
}

/** @internal */
export function toAccount(message: AccountMessage | undefined): Account {
  const account = present(message, "account");
  return { ...toCreatedAccount(account), updatedAt: toOptionalDate(account.updatedAt, "account.updated_at") };
}

/** An account that the caller has a part in, and what they may do there. `accounts.get` has the rest of it. */
export interface AccountAccess {
  /** ULID. */
  readonly id: string;
  /** The account's own name. */
  readonly name: string;
  /** "unknown" for a kind that came after this version of the SDK. */
  readonly type: AccountType;
  /** In the server's own words. */
  readonly permissions: readonly string[];
}

/** @internal */
export function toAccountAccess({ accountId, name, type, permissions }: AccountPermissions): AccountAccess {
  return { id: accountId, name, type: accountTypes.toName(type), permissions: [...permissions] };
}

/** Who the caller is, and what they may do. */
export interface Permissions {
  /** ULID of the caller. */
  readonly userId: string;
  /** A line for each account that the caller has a part in. */
  readonly accounts: readonly AccountAccess[];
  /** What the caller may do above all accounts, in the server's own words. */
  readonly rootPermissions: readonly string[];
}

/** @internal */
export function toPermissions(message: ListMyPermissionsResponse): Permissions {
  const { userId, accounts, rootPermissions } = message;
  return { userId, accounts: accounts.map(toAccountAccess), rootPermissions: [...rootPermissions] };
}

/** Somebody in an account, in short. `members.search` has the rest of them. */
export interface Member {
  /** ULID. */
  readonly userId: string;
  /** What they are to the account, such as "owner" or "admin". */
  readonly relations: readonly string[];
}

/** @internal */
export function toMember({ userId, relations }: MemberMessage): Member {
  return { userId, relations: [...relations] };
}

/** How somebody stands to an account: "active" is a member, the others tell of an invitation. */
export type MembershipStatus =
  | "unspecified"
  | "invited"
  | "active"
  | "invitation_expired"
  | "invitation_revoked"
  | "unknown";

/** @internal */
export const membershipStatuses = enumNames({
  unspecified: MembershipStatusValue.UNSPECIFIED,
  invited: MembershipStatusValue.INVITED,
  active: MembershipStatusValue.ACTIVE,
  invitation_expired: MembershipStatusValue.INVITATION_EXPIRED,
  invitation_revoked: MembershipStatusValue.INVITATION_REVOKED,
});

/** A status that can be searched for. */
export type SearchableStatus = Exclude<MembershipStatus, "unspecified" | "unknown">;

/** A member of an account, or somebody who was invited to be one. */
export interface AccountMember {
  /** ULID of the line itself. */
  readonly id: string;
  /** ULID. */
  readonly accountId: string;
  /** "active" for a member; the others tell of an invitation. */
  readonly membershipStatus: MembershipStatus;
  /** ULID; empty for somebody who was invited and is no user yet. */
  readonly userId: string;
  /** ULID; empty for a member who was not invited. */
  readonly invitationId: string;
  /** The member's address, or the one that was invited. */
  readonly email: string;
  /** Empty where it is not known, as the last name. */
  readonly firstName: string;
  /** Empty where it is not known. */
  readonly lastName: string;
  /** What they are, or would be, to the account. */
  readonly relations: readonly string[];
  /** When the invitation lapses; undefined where there is none. */
  readonly expiresAt: Date | undefined;
  /** When the membership, or the invitation, came to be. */
  readonly createdAt: Date;
  /** When the invitation was accepted; undefined where it wasn't, or there is none. */
  readonly acceptedAt: Date | undefined;
}

/** @internal */
export function toAccountMember(message: AccountMemberMessage): AccountMember {
  const { id, accountId, membershipStatus, userId, invitationId, email, firstName, lastName, relations } =
    message;
  return {
    id,
    accountId,
    membershipStatus: membershipStatuses.toName(membershipStatus),
    userId,
    invitationId,
    email,
    firstName,
    lastName,
    relations: [...relations],
    expiresAt: toOptionalDate(message.expiresAt, "members.expires_at"),
    createdAt: toDate(message.createdAt, "members.created_at"),
    acceptedAt: toOptionalDate(message.acceptedAt, "members.accepted_at"),
  };
}

/** What became of an invitation. */
export type InviteStatus =
  | "unspecified"
  | "pending_send"
  | "pending"
  | "accepted"
  | "revoked"
  | "expired"
  | "unknown";

const inviteStatuses = enumNames({
  unspecified: InvitationStatus.UNSPECIFIED,
  pending_send: InvitationStatus.PENDING_SEND,
  pending: InvitationStatus.PENDING,
  accepted: InvitationStatus.ACCEPTED,
  revoked: InvitationStatus.REVOKED,
  expired: InvitationStatus.EXPIRED,
});

/** An invitation to an account. */
export interface Invite {
  /** ULID; what `invites.revoke` takes. */
  readonly id: string;
  /** ULID of the account that it opens. */
  readonly accountId: string;
  /** Whom it was sent to. */
  readonly email: string;
  /** What the invited person would be to the account. */
  readonly relations: readonly string[];
  /** Only what is "pending" can be accepted. */
  readonly status: InviteStatus;
  /** ULID of who invited. */
  readonly inviterUserId: string;
  /** Until when it can be accepted. */
  readonly expiresAt: Date;
  /** When it was made. */
  readonly createdAt: Date;
}

/** @internal */
export function toInvite(message: Invitation | undefined): Invite {
  const invitation = present(message, "invitation");
  const { id, accountId, email, relations, status, inviterUserId } = invitation;
  return {
    id,
    accountId,
    email,
    relations: [...relations],
    status: inviteStatuses.toName(status),
    inviterUserId,
    expiresAt: toDate(invitation.expiresAt, "invitation.expires_at"),
    createdAt: toDate(invitation.createdAt, "invitation.created_at"),
  };
}

/** What somebody signs in with. Both are secrets. */
export interface TokenPair {
  /** What calls are made with. */
  readonly accessToken: string;
  /** What gets another access token. */
  readonly refreshToken: string;
}

/** @internal */
export function toTokenPair({ accessToken, refreshToken }: AcceptInvitationResponse): TokenPair {
  if (accessToken === "") throw new UnexpectedResponseError("the answer has no access_token");
  return { accessToken, refreshToken };
}

/** A card, as much of it as may be shown. */
export interface Card {
  /** What `billing.setPrimaryCard` takes. */
  readonly paymentMethodId: string;
  /** The card's network, as the payment provider calls it. */
  readonly brand: string;
  /** The last four digits. */
  readonly last4: string;
  /** The month that it runs out in, from 1. */
  readonly expMonth: number;
  /** The year that it runs out in, with all four digits. */
  readonly expYear: number;
  /** The name on the card. */
  readonly name: string;
  /** Whether this is the card that is charged. */
  readonly primary: boolean;
}

/** @internal */
export function toCard({ paymentMethodId, brand, last4, expMonth, expYear, name, primary }: CardInfo): Card {
  return {
    paymentMethodId,
    brand,
    last4,
    expMonth: toNumber(expMonth, "exp_month"),
    expYear: toNumber(expYear, "exp_year"),
    name,
    primary,
  };
}
