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

/** What kind of account it is; "unknown" for a kind that is newer than this version of the SDK. */
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

/** How far an account's verification has come. */
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
  /** What `accounts.update` changes. */
  readonly name: string;
  /** "unknown" for a kind that is newer than this version of the SDK. */
  readonly type: FamAccountType;
  /** How far its verification has come; a new account is "unverified". */
  readonly status: FamAccountStatus;
  /** When it was created. */
  readonly createdAt: Date;
}

/** An account. */
export interface FamAccount extends FamCreatedAccount {
  /** When it last changed. Left out if the server does not tell it. */
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

/** The `account` of a response. @internal */
export function inAccount(json: Json): FamAccount {
  return object(json, "account", toAccount);
}

/** An account that the caller has permissions in, and those permissions. `accounts.get` returns the rest of it. */
export interface FamAccountAccess {
  /** ULID. */
  readonly id: string;
  /** The account's own name. */
  readonly name: string;
  /** "unknown" for a kind that is newer than this version of the SDK. */
  readonly type: FamAccountType;
  /** In the server's own words. */
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

/** Who the caller is, and what they may do. */
export interface FamPermissions {
  /** ULID of the caller. */
  readonly userId: string;
  /** One entry for each account that the caller has permissions in. */
  readonly accounts: readonly FamAccountAccess[];
  /** What the caller may do above all accounts, in the server's own words. */
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

/** The accounts alone. The response names its user even if there are none. @internal */
export function toAccountAccesses(json: Json): FamAccountAccess[] {
  return [...toPermissions(json).accounts];
}
