import type { Entity } from "../../engine/state/tables.js";

/** The kind of an account. */
export type FamAccountType = "ad_account" | "business_manager" | "enterprise" | "agency";

/** The state of an account's verification. */
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

/** A user. */
export interface FamUserRow {
  /** ULID. */
  readonly id: string;
  /** In the letter case in which it was given. Lookups ignore the case. */
  readonly email: string;
  /** Empty if it is not known. */
  readonly firstName: string;
  /** Empty if it is not known. */
  readonly lastName: string;
  /** The permissions that do not belong to an account. */
  readonly rootPermissions: readonly string[];
}

/** An account. Points in time are milliseconds since 1970, here and below. */
export interface FamAccountRow {
  /** ULID. */
  readonly id: string;
  /** The ids of the accounts from the root to the account itself. */
  readonly hierarchy: readonly string[];
  /** The account's name. `accounts.update` changes it. */
  readonly name: string;
  /** Its kind. */
  readonly type: FamAccountType;
  /** The state of its verification. */
  readonly status: FamAccountStatus;
  /** When it was created. */
  readonly createdAt: number;
  /** When it last changed, or was created if it never changed. */
  readonly updatedAt: number;
}

/** A member of an account. */
export interface MemberRow extends Entity {
  readonly accountId: string;
  readonly userId: string;
  readonly relations: readonly string[];
  /** The invitation that they accepted. Null if there was none. */
  readonly invitationId: string | null;
  readonly createdAt: number;
  readonly acceptedAt: number | null;
}

/** An invitation. Whether it has expired depends on the clock. */
export interface InviteRow extends Entity {
  readonly accountId: string;
  readonly email: string;
  readonly relations: readonly string[];
  readonly status: "pending" | "accepted" | "revoked";
  readonly inviterUserId: string;
  /** The secret that it is accepted with. */
  readonly token: string;
  readonly expiresAt: number;
  readonly createdAt: number;
}

/** How an account pays. */
export interface PaymentConfigurationRow extends Entity {
  readonly accountId: string;
}

/** A card. */
export interface FamCardRow {
  /** The id of its payment method. */
  readonly id: string;
  /** ULID of the payment configuration that it belongs to. */
  readonly configurationId: string;
  /** The card's network. */
  readonly brand: string;
  /** The last four digits. */
  readonly last4: string;
  /** The month in which it expires, from 1. */
  readonly expMonth: number;
  /** The year in which it expires, with all four digits. */
  readonly expYear: number;
  /** The name on the card. */
  readonly name: string;
  /** Whether this card is charged. */
  readonly primary: boolean;
}
