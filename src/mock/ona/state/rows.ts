import type { Entity } from "../../engine/state/tables.js";

/** What a member may do in an organization. */
export type OnaRole = "admin" | "member";

/** The plan of an organization. */
export type OnaTier = "free" | "enterprise" | "core" | "free_ona";

/** The holder of a token: the owner of an account, which may have been deleted since. */
export interface OnaCaller {
  readonly kind: "account";
  readonly accountId: string;
}

/** A person's account. Points in time are milliseconds since 1970, here and below. */
export interface OnaAccountRow {
  /** UUID. */
  readonly id: string;
  /** As it was given. Letter case does not count when it is looked up. */
  readonly email: string;
  /** The person's name. */
  readonly name: string;
  /** URL of a picture. Empty if there is none. */
  readonly avatarUrl: string;
  /** When it was created. */
  readonly createdAt: number;
  /** When it last changed. */
  readonly updatedAt: number;
  /** UUID of the organization that owns the account. Null if there is none. */
  readonly organizationId: string | null;
  /** Why it is blocked. Null if it is not. */
  readonly blockedFor: string | null;
  /** How many environments are running. Blocking the account stops them. */
  readonly environments: number;
  /** How many subscriptions are paid. Blocking the account cancels them. */
  readonly subscriptions: number;
}

/** An organization. */
export interface OnaOrganizationRow {
  /** UUID. */
  readonly id: string;
  /** The name that its members see. */
  readonly name: string;
  /** The email domain whose people may join, in lower case. Null if nobody may. */
  readonly domain: string | null;
  /** Its plan. */
  readonly tier: OnaTier;
}

/** A member of an organization. */
export interface OnaMemberRow {
  /** Made of both ids. */
  readonly id: string;
  /** UUID. */
  readonly organizationId: string;
  /** UUID. */
  readonly accountId: string;
  /** UUID of the person in this organization only. */
  readonly userId: string;
  /** What they may do there. */
  readonly role: OnaRole;
}

/** A single sign-on login of an email domain. */
export interface OnaSsoRow {
  /** UUID. */
  readonly id: string;
  /** The email domain that it is for. */
  readonly domain: string;
  /** Its name in a list of logins. */
  readonly displayName: string;
  /** The URL for the browser. */
  readonly loginUrl: string;
}

/** A login provider: for everybody, or for people with an invite or with an email of a domain. */
export interface OnaProviderRow {
  /** UUID. */
  readonly id: string;
  /** Such as `github`, `google` or `custom`. */
  readonly provider: string;
  /** The URL for the browser, for `custom`. Empty for the others. */
  readonly loginUrl: string;
  /** The invite that it is offered with. Null if it does not depend on an invite. */
  readonly inviteId: string | null;
  /** The email domain that it is offered to. Null if it does not depend on the domain. */
  readonly domain: string | null;
}

/** A page token that was issued. `id` is the token. */
export interface PageTokenRow extends Entity {
  /** The list that it belongs to. */
  readonly list: string;
  /** The id of the last row of the previous page. */
  readonly after: string;
}
