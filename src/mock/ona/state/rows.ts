import type { Entity } from "../../engine/state/tables.js";

/** What a member may do in an organization. */
export type OnaRole = "admin" | "member";

/** The plan of an organization. */
export type OnaTier = "free" | "enterprise" | "core" | "free_ona";

/** Whether a user may act in an organization. */
export type OnaUserStatus = "active" | "suspended" | "left";

/** The holder of a token for no organization: an account, which may have been deleted since. */
export interface OnaAccountCaller {
  readonly kind: "account";
  readonly accountId: string;
}

/** The holder of a token for one organization: a person as its user. */
export interface OnaUserCaller {
  readonly kind: "user";
  readonly accountId: string;
  readonly userId: string;
  readonly organizationId: string;
  /** The id of the personal access token. Null for another token, such as that of a sign-in. */
  readonly tokenId: string | null;
  /** Whether it can only read. */
  readonly readOnly: boolean;
}

/** The holder of a token. */
export type OnaCaller = OnaAccountCaller | OnaUserCaller;

/** A person's account. Points in time are milliseconds since 1970, here and below. */
export interface OnaAccountRow {
  /** UUID. */
  readonly id: string;
  /** In the letter case in which it was given. Lookups ignore the case. */
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
  /** How they log in, such as `github`. */
  readonly loginProvider: string;
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
  /** The email domains whose people may join by themselves, in lower case. */
  readonly inviteDomains: readonly string[];
  /** The id of its invite link, a UUID. Null before the link is first requested. */
  readonly inviteId: string | null;
  /** Its plan. */
  readonly tier: OnaTier;
  /** Whether it uses credits. Without them, usage cannot be exported by resource. */
  readonly creditsEnabled: boolean;
  /** When it was created. */
  readonly createdAt: number;
  /** When it last changed. */
  readonly updatedAt: number;
}

/** A person as the user of an organization. The row stays when the person leaves. */
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
  /** Whether they may act there. */
  readonly status: OnaUserStatus;
  /** How many credits they should use in a month at most. Null without a budget. */
  readonly creditBudget: number | null;
  /** When they joined for the first time. */
  readonly createdAt: number;
  /** When they joined for the last time. */
  readonly memberSince: number;
}

/** An email domain that an organization proves to be its own. */
export interface OnaDomainRow {
  /** UUID. */
  readonly id: string;
  /** UUID. */
  readonly organizationId: string;
  /** In lower case. */
  readonly domain: string;
  /** The text that the domain's DNS must contain. */
  readonly verificationToken: string;
  /** When it was added. */
  readonly createdAt: number;
  /** Whether the domain's DNS contains the text. */
  readonly isProved: boolean;
  /** When the server found the text there. Null before that. */
  readonly verifiedAt: number | null;
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
  /** The id of the invite that it is offered with. Null if it is offered without an invite. */
  readonly inviteId: string | null;
  /** The email domain that it is offered to. Null for all domains. */
  readonly domain: string | null;
}

/** A page token that was issued. `id` is the token. */
export interface PageTokenRow extends Entity {
  /** The list that it belongs to. */
  readonly list: string;
  /** The ids of the rows of the previous page. */
  readonly after: readonly string[];
  /** The token of the previous page. Empty for the first page. */
  readonly previous: string;
}
