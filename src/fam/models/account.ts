import type { AccountStatusJson, AccountTypeJson } from "../../../gen/fam/v1/account_pb.js";
import { enumNames } from "../../core/json/enums.js";
import {
  type Json,
  list,
  object,
  optional,
  requiredString,
  string,
  strings,
} from "../../core/json/fields.js";
import { date } from "../../core/json/timestamps.js";

/** The kind of an account; "unknown" for a kind that is newer than this version of the SDK. */
export type FamAccountType =
  | "unspecified"
  | "ad_account"
  | "business_manager"
  | "enterprise"
  | "agency"
  | "unknown";

/** @internal */
export const accountTypes = enumNames<"ACCOUNT_TYPE_", AccountTypeJson>("ACCOUNT_TYPE_", {
  ad_account: 1,
  business_manager: 2,
  enterprise: 3,
  agency: 4,
});

/** A kind of account that can be created. */
export type FamCreatableAccountType = Exclude<FamAccountType, "unspecified" | "unknown">;

/** The state of an account's verification; "unknown" for a state that is newer than this version of the SDK. */
export type FamAccountStatus = "unspecified" | "unverified" | "pending" | "verified" | "unknown";

const accountStatuses = enumNames<"ACCOUNT_STATUS_", AccountStatusJson>("ACCOUNT_STATUS_", {
  unverified: 1,
  pending: 2,
  verified: 3,
});

/** An account that was just created. */
export interface FamCreatedAccount {
  /** ULID. */
  readonly id: string;
  /** The ids of the accounts from the root down to this one, which is the last. */
  readonly hierarchy: readonly string[];
  /** The account's name. `accounts.update` changes it. */
  readonly name: string;
  /** The kind of the account. */
  readonly type: FamAccountType;
  /** The state of its verification; a new account is "unverified". */
  readonly status: FamAccountStatus;
  /** When it was created. */
  readonly createdAt: Date;
}

/** An account. */
export interface FamAccount extends FamCreatedAccount {
  /** When it last changed. Left out if the server does not return it. */
  readonly updatedAt?: Date;
}

/** @internal */
export function toCreatedAccount(json: Json): FamCreatedAccount {
  return {
    id: requiredString(json, "id"),
    hierarchy: strings(json, "hierarchy"),
    name: string(json, "name"),
    type: accountTypes.read(json, "type"),
    status: accountStatuses.read(json, "status"),
    createdAt: date(json, "createdAt"),
  };
}

/** @internal */
export function toAccount(json: Json): FamAccount {
  return { ...toCreatedAccount(json), ...optional(json, "updatedAt", date) };
}

/** Reads the `account` of a response. @internal */
export function inAccount(json: Json): FamAccount {
  return object(json, "account", toAccount);
}

/** An account that the caller has permissions in, and those permissions. `accounts.get` returns the rest of it. */
export interface FamAccountAccess {
  /** ULID. */
  readonly id: string;
  /** The account's name. */
  readonly name: string;
  /** The kind of the account. */
  readonly type: FamAccountType;
  /** The caller's permissions, in the server's own words. */
  readonly permissions: readonly string[];
}

/** @internal */
export function toAccountAccess(json: Json): FamAccountAccess {
  return {
    id: requiredString(json, "accountId"),
    name: string(json, "name"),
    type: accountTypes.read(json, "type"),
    permissions: strings(json, "permissions"),
  };
}

/** The caller's user id and permissions. */
export interface FamPermissions {
  /** ULID of the caller. */
  readonly userId: string;
  /** The accounts that the caller has permissions in. */
  readonly accounts: readonly FamAccountAccess[];
  /** The caller's permissions above all accounts, in the server's own words. */
  readonly rootPermissions: readonly string[];
}

/** @internal */
export function toPermissions(json: Json): FamPermissions {
  return {
    userId: requiredString(json, "userId"),
    accounts: list(json, "accounts", toAccountAccess),
    rootPermissions: strings(json, "rootPermissions"),
  };
}

/**
 * Reads the accounts. It requires the user's id too, which every response has, so that another API's response is not read as an
 * empty list.
 *
 * @internal
 */
export function toAccountAccesses(json: Json): FamAccountAccess[] {
  return [...toPermissions(json).accounts];
}
