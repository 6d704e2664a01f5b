import { domainOf } from "../../engine/email.js";
import type { Ids } from "../../engine/state/ids.js";
import type { PastTokens } from "../../engine/state/past-tokens.js";
import type { SessionRow } from "../../engine/state/sessions.js";
import { type Entity, Table } from "../../engine/state/tables.js";
import type { Clock } from "../../engine/time/clock.js";

/** What a member may do in an organization. */
export type Role = "admin" | "member";

/** The plan that an organization is on. */
export type Tier = "free" | "enterprise" | "core" | "free_ona";

/** Whom a token stands for: somebody with an account, which may have been deleted since. */
export interface OnaCaller {
  readonly kind: "account";
  readonly accountId: string;
}

/** A person's account. Points in time are milliseconds since 1970, here and below. */
export interface AccountRow extends Entity {
  /** As it was given; found in any case. */
  readonly email: string;
  /** The person's own name. */
  readonly name: string;
  /** URL of a picture; empty where there is none. */
  readonly avatarUrl: string;
  /** When it was opened. */
  readonly createdAt: number;
  /** When it last changed. */
  readonly updatedAt: number;
  /** The organization that owns the account. */
  readonly organizationId: string | null;
  /** Why it is blocked; null where it is not. */
  readonly blockedFor: string | null;
  /** How many environments run: blocking stops them. */
  readonly environments: number;
  /** How many subscriptions are paid: blocking cancels them. */
  readonly subscriptions: number;
}

/** An organization. */
export interface OrganizationRow extends Entity {
  /** What its members see. */
  readonly name: string;
  /** The email domain whose people may join, in lower case. */
  readonly domain: string | null;
  /** The plan that it is on. */
  readonly tier: Tier;
}

/** Who is in which organization, as what; `id` is made of both ids. */
export interface MemberRow extends Entity {
  /** UUID. */
  readonly organizationId: string;
  /** UUID. */
  readonly accountId: string;
  /** Who the person is in this organization alone. */
  readonly userId: string;
  /** What they may do there. */
  readonly role: Role;
}

/** A single sign-on login of an email domain. */
export interface SsoRow extends Entity {
  /** The email domain that it is for. */
  readonly domain: string;
  /** What to call it in a list of choices. */
  readonly displayName: string;
  /** Where to send the browser. */
  readonly loginUrl: string;
}

/** A way to log in: for everybody, or for those who hold an invite or have an email of a domain. */
export interface ProviderRow extends Entity {
  /** Such as `github`, `google` or `custom`. */
  readonly provider: string;
  /** Where to send the browser, for `custom`; empty for the others. */
  readonly loginUrl: string;
  /** Offered to whoever holds this invite; null where an invite makes no difference. */
  readonly inviteId: string | null;
  /** Offered to whoever has an email of this domain; null where the domain makes no difference. */
  readonly domain: string | null;
}

/** A page token that was given out; `id` is the token. */
export interface PageTokenRow extends Entity {
  /** Which list it belongs to. */
  readonly list: string;
  /** The id of the row that the page before ended with. */
  readonly after: string;
}

/** All that an Ona server remembers. A type, not an interface: the engine takes it for any record of tables. */
export type OnaState = {
  readonly sessions: Table<SessionRow<OnaCaller>>;
  readonly accounts: Table<AccountRow, "email">;
  readonly organizations: Table<OrganizationRow, "domain">;
  readonly members: Table<MemberRow, "organization" | "account">;
  readonly sso: Table<SsoRow, "domain">;
  readonly providers: Table<ProviderRow>;
  readonly pageTokens: Table<PageTokenRow, "place">;
};

/** What the resources work with. */
export interface Ona {
  readonly state: OnaState;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly past: PastTokens;
  /** Whether an organization's own single sign-on can be used besides the login providers. */
  readonly allowCustom: boolean;
  /** Whether it takes what the vendor's older SDK sends. */
  readonly lenient: boolean;
}

/** An empty state. */
export function createOnaState(): OnaState {
  return {
    sessions: new Table({}),
    accounts: new Table({ email: (row) => row.email.toLowerCase() }),
    organizations: new Table({ domain: (row) => row.domain ?? undefined }),
    members: new Table({ organization: (row) => row.organizationId, account: (row) => row.accountId }),
    sso: new Table({ domain: (row) => row.domain }),
    providers: new Table({}),
    pageTokens: new Table({ place: (row) => placeKey(row.list, row.after) }),
  };
}

/** A membership's id. */
export function memberId(organizationId: string, accountId: string): string {
  return `${organizationId}/${accountId}`;
}

/** The key under which a page token is found again. */
export function placeKey(list: string, after: string): string {
  return `${list}\n${after}`;
}

/** The organizations that an account's email domain opens, joined or not, in the order in which they came. */
export function openTo(state: OnaState, { email }: AccountRow): OrganizationRow[] {
  return state.organizations.by("domain", domainOf(email));
}
