import type { Entity } from "../../engine/state/tables.js";

/** A member's role. */
export type OnaRole = "admin" | "member";

/** The tier of an organization. */
export type OnaTier = "free" | "enterprise" | "core" | "free_ona";

/** Whether a user may act in an organization. */
export type OnaUserStatus = "active" | "suspended" | "left";

/** The holder of a token that is not for an organization: an account. The account may have been deleted since then. */
export interface OnaAccountCaller {
  readonly kind: "account";
  readonly accountId: string;
}

/** The holder of a token for one organization: a user of the organization. */
export interface OnaUserCaller {
  readonly kind: "user";
  readonly accountId: string;
  readonly userId: string;
  readonly organizationId: string;
  /** The id of the personal access token. Null for any other token, such as the token of a sign-in. */
  readonly tokenId: string | null;
  /** Whether it can only read. */
  readonly readOnly: boolean;
}

/** The holder of a token. */
export type OnaCaller = OnaAccountCaller | OnaUserCaller;

/** A person's account, as the server stores it. */
export interface OnaAccountRow {
  /** The account's id, a UUID. */
  readonly id: string;
  /** The person's email, in its original letter case. Lookups ignore the case. */
  readonly email: string;
  /** The person's name. */
  readonly name: string;
  /** URL of a picture. Empty if there is none. */
  readonly avatarUrl: string;
  /** When it was created, in milliseconds since 1970. */
  readonly createdAt: number;
  /** When it last changed, in milliseconds since 1970. The time of its creation if it has not changed. */
  readonly updatedAt: number;
  /** UUID of the organization that owns the account. Null if there is none. */
  readonly organizationId: string | null;
  /** Why it is blocked. Null if it is not. */
  readonly blockedFor: string | null;
  /** How they log in, such as `github`. */
  readonly loginProvider: string;
  /** The number of running environments. Blocking the account stops them. */
  readonly environments: number;
  /** The number of paid subscriptions. Blocking the account cancels them. */
  readonly subscriptions: number;
}

/** An organization, as the server stores it. */
export interface OnaOrganizationRow {
  /** The organization's id, a UUID. */
  readonly id: string;
  /** The organization's name. `organizations.update` changes it. */
  readonly name: string;
  /** Email domains, in lower case. People with an email of these domains may join without an invite. */
  readonly inviteDomains: readonly string[];
  /** The id of its invite link, a UUID. Null until the link is first requested. */
  readonly inviteId: string | null;
  /** Its tier. */
  readonly tier: OnaTier;
  /** Whether credits are enabled. If they are not, usage cannot be exported by resource. */
  readonly creditsEnabled: boolean;
  /** When it was created, in milliseconds since 1970. */
  readonly createdAt: number;
  /** When it last changed, in milliseconds since 1970. The time of its creation if it has not changed. */
  readonly updatedAt: number;
}

/** A member of an organization, as the server stores it. The row stays when the member leaves. */
export interface OnaMemberRow {
  /** The ids of the organization and of the account, with a slash between them. */
  readonly id: string;
  /** UUID of the organization. */
  readonly organizationId: string;
  /** UUID of the member's account. */
  readonly accountId: string;
  /** UUID of the member as a user. A person has a different user id in each organization. */
  readonly userId: string;
  /** The member's role. */
  readonly role: OnaRole;
  /** Whether the member may act in the organization. */
  readonly status: OnaUserStatus;
  /** The member's budget for a month, in credits. Null if there is no budget. */
  readonly creditBudget: number | null;
  /** When the member joined for the first time, in milliseconds since 1970. */
  readonly createdAt: number;
  /** When the member joined for the last time, in milliseconds since 1970. */
  readonly memberSince: number;
}

/** An email domain of an organization, verified or still to be verified. */
export interface OnaDomainRow {
  /** UUID of the domain verification. */
  readonly id: string;
  /** UUID of the organization. */
  readonly organizationId: string;
  /** The domain, in lower case. */
  readonly domain: string;
  /** The text that the domain's DNS must contain. */
  readonly verificationToken: string;
  /** When it was added. */
  readonly createdAt: number;
  /** Whether the domain's DNS contains the text. */
  readonly isProved: boolean;
  /** When the server found the text. Null until then. */
  readonly verifiedAt: number | null;
}

/** A single sign-on login of an email domain, as the server stores it. */
export interface OnaSsoRow {
  /** The login's id, a UUID. */
  readonly id: string;
  /** The email domain that it is for. */
  readonly domain: string;
  /** Its name in a list of logins. */
  readonly displayName: string;
  /** The URL for the browser. */
  readonly loginUrl: string;
}

/** A login provider, as the server stores it. It is offered to everyone, or only with an invite or to an email domain. */
export interface OnaProviderRow {
  /** The provider's id, a UUID. */
  readonly id: string;
  /** The provider's name, such as `github`, `google` or `custom`. */
  readonly provider: string;
  /** The URL for the browser. Empty for providers other than `custom`. */
  readonly loginUrl: string;
  /** The id of the invite that it is offered with. Null if it is offered without an invite. */
  readonly inviteId: string | null;
  /** The email domain that it is offered to. Null if it is offered to all domains. */
  readonly domain: string | null;
}

/** A personal access token. Its secret is the id of a session. */
export interface OnaTokenRow {
  /** The token's id, a UUID. */
  readonly id: string;
  /** UUID of its user, who also created it. */
  readonly userId: string;
  /** The purpose, in the words of the user who created the token. */
  readonly description: string;
  /** When it was created. */
  readonly createdAt: number;
  /** When it expires. Null for a token that never expires. Only a seed can create one. */
  readonly expiresAt: number | null;
  /** When the last call was made with it. Null until the first call. */
  readonly lastUsed: number | null;
  /** Whether it can only read. */
  readonly readOnly: boolean;
}

/** An exchange token. `id` is the token. It is deleted when it is used. */
export interface ExchangeTokenRow extends Entity {
  /** The holder of the access token. */
  readonly who: OnaCaller;
  /** How long the access token is valid, in milliseconds. */
  readonly lifeMs: number;
}

/** A page token. `id` is the token. */
export interface PageTokenRow extends Entity {
  /** The list that it belongs to. */
  readonly list: string;
  /** The ids of the rows of the previous page. */
  readonly after: readonly string[];
  /** The token of the previous page. Empty for the first page. */
  readonly previous: string;
}
