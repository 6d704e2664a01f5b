import type { Entity } from "../../engine/state/tables.js";

/** The kind of an account. */
export type FamAccountType = "ad_account" | "business_manager" | "enterprise" | "agency";

/** The status of an account's verification. */
export type FamAccountStatus = "unverified" | "pending" | "verified";

/** The holder of a token: a user. */
export interface FamCaller {
  readonly kind: "user";
  readonly userId: string;
}

/** A refresh token. `id` is the token itself. */
export interface RefreshTokenRow extends Entity {
  readonly userId: string;
  readonly expiresAt: number;
}

/** A user, as the server stores it. */
export interface FamUserRow {
  /** The user's id, a ULID. */
  readonly id: string;
  /** The user's email, in its original letter case. Lookups ignore the case. */
  readonly email: string;
  /** The given name. Empty if it is unknown. */
  readonly firstName: string;
  /** The family name. Empty if it is unknown. */
  readonly lastName: string;
  /** The permissions outside of any account. */
  readonly rootPermissions: readonly string[];
}

/** An account, as the server stores it. */
export interface FamAccountRow {
  /** The account's id, a ULID. */
  readonly id: string;
  /** The ids of the accounts from the root to the account itself. */
  readonly hierarchy: readonly string[];
  /** The account's name. `accounts.update` changes it. */
  readonly name: string;
  /** The kind of account. */
  readonly type: FamAccountType;
  /** The status of its verification. */
  readonly status: FamAccountStatus;
  /** When it was created, in milliseconds since 1970. */
  readonly createdAt: number;
  /** When it last changed, in milliseconds since 1970. If it has not changed, when it was created. */
  readonly updatedAt: number;
}

/** A member of an account. */
export interface MemberRow extends Entity {
  readonly accountId: string;
  readonly userId: string;
  readonly relations: readonly string[];
  /** The invite that they accepted. Null if there was none. */
  readonly invitationId: string | null;
  readonly createdAt: number;
  readonly acceptedAt: number | null;
}

/** An invite. An expired one is still "pending" here: `inviteStatus` compares `expiresAt` with the clock. */
export interface InviteRow extends Entity {
  readonly accountId: string;
  readonly email: string;
  readonly relations: readonly string[];
  readonly status: "pending" | "accepted" | "revoked";
  readonly inviterUserId: string;
  /** The secret that accepts it. */
  readonly token: string;
  readonly expiresAt: number;
  readonly createdAt: number;
}

/** The payment configuration of an account, which has its cards. */
export interface PaymentConfigurationRow extends Entity {
  readonly accountId: string;
}

/** A card, as the server stores it. */
export interface FamCardRow {
  /** The id of the payment method. */
  readonly id: string;
  /** ULID of the payment configuration that it belongs to. */
  readonly configurationId: string;
  /** The card's network, such as `visa`. */
  readonly brand: string;
  /** The last four digits. */
  readonly last4: string;
  /** The month in which it expires, from 1 to 12. */
  readonly expMonth: number;
  /** The year in which it expires, with all four digits. */
  readonly expYear: number;
  /** The name on the card. */
  readonly name: string;
  /** Whether this card is charged. */
  readonly primary: boolean;
}
