import type { Ids } from "../../engine/state/ids.js";
import type { PastTokens } from "../../engine/state/past-tokens.js";
import type { SessionRow } from "../../engine/state/sessions.js";
import { type Entity, Table } from "../../engine/state/tables.js";
import type { Clock } from "../../engine/time/clock.js";

/** Whom a token stands for: a user. */
export interface FamCaller {
  readonly kind: "user";
  readonly userId: string;
}

/** What gets new access tokens for a user; `id` is the token itself. */
export interface RefreshRow extends Entity {
  readonly userId: string;
  readonly expiresAt: number;
}

/** Somebody. */
export interface UserRow extends Entity {
  /** As it was given; found in any case. */
  readonly email: string;
  /** Empty where it is not known. */
  readonly firstName: string;
  /** Empty where it is not known. */
  readonly lastName: string;
  /** What they may do above all accounts. */
  readonly rootPermissions: readonly string[];
}

/** An account. Points in time are milliseconds since 1970, here and below. */
export interface AccountRow extends Entity {
  /** From the root down to the account itself. */
  readonly hierarchy: readonly string[];
  /** What `accounts.update` changes. */
  readonly name: string;
  /** The kind that it was made as. */
  readonly type: "ad_account" | "business_manager" | "enterprise" | "agency";
  /** How far its verification has come. */
  readonly status: "unverified" | "pending" | "verified";
  /** When it was made. */
  readonly createdAt: number;
  /** When it last changed; at first, when it was made. */
  readonly updatedAt: number;
}

/** Who is in which account, as what. */
export interface MemberRow extends Entity {
  readonly accountId: string;
  readonly userId: string;
  readonly relations: readonly string[];
  /** The invitation that they came by. */
  readonly invitationId: string | null;
  readonly createdAt: number;
  readonly acceptedAt: number | null;
}

/** An invitation. That it has expired is not written down: the clock says so. */
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

/** What an account pays by. */
export interface PaymentConfigurationRow extends Entity {
  readonly accountId: string;
}

/** A card; `id` is its payment method. */
export interface CardRow extends Entity {
  /** ULID of the payment configuration that it belongs to. */
  readonly configurationId: string;
  /** The card's network. */
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

/** All that a FAM server remembers. A type, not an interface: the engine takes it for any record of tables. */
export type FamState = {
  readonly sessions: Table<SessionRow<FamCaller>>;
  readonly refreshTokens: Table<RefreshRow>;
  readonly users: Table<UserRow, "email">;
  readonly accounts: Table<AccountRow>;
  readonly members: Table<MemberRow, "account" | "user" | "place">;
  readonly invites: Table<InviteRow, "account" | "token">;
  readonly paymentConfigurations: Table<PaymentConfigurationRow, "account">;
  readonly cards: Table<CardRow, "configuration">;
};

/** What the resources work with. */
export interface Fam {
  readonly state: FamState;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly past: PastTokens;
  /** How many lines a page has. */
  readonly perPage: number;
  /** How long an access token lasts that the server gave out, in milliseconds. */
  readonly accessTokenMs: number;
}

/** An empty state. */
export function createFamState(): FamState {
  return {
    sessions: new Table({}),
    refreshTokens: new Table({}),
    users: new Table({ email: (row) => row.email.toLowerCase() }),
    accounts: new Table({}),
    members: new Table({
      account: (row) => row.accountId,
      user: (row) => row.userId,
      place: (row) => placeOf(row.accountId, row.userId),
    }),
    invites: new Table({ account: (row) => row.accountId, token: (row) => row.token }),
    paymentConfigurations: new Table({ account: (row) => row.accountId }),
    cards: new Table({ configuration: (row) => row.configurationId }),
  };
}

/** Somebody's membership of an account. */
export function membership(state: FamState, accountId: string, userId: string): MemberRow | undefined {
  return state.members.by("place", placeOf(accountId, userId))[0];
}

/** Who has this email; upper and lower case are the same. */
export function userBy(state: FamState, email: string): UserRow | undefined {
  return state.users.by("email", email.toLowerCase())[0];
}

/** A new account with its payment configuration, below another one or at the root. */
export function addAccount(
  { state, clock, ids }: Fam,
  { hierarchy = [], ...account }: Partial<AccountRow> & Pick<AccountRow, "name" | "type">,
): AccountRow {
  const now = clock.now();
  const id = account.id ?? ids.ulid(now);
  state.paymentConfigurations.insert({ id: ids.ulid(now), accountId: id });
  return state.accounts.insert({
    status: "unverified",
    createdAt: now,
    updatedAt: account.createdAt ?? now,
    ...account,
    id,
    hierarchy: [...hierarchy, id],
  });
}

/** A new member of an account. */
export function addMember(
  { state, clock, ids }: Fam,
  member: Pick<MemberRow, "accountId" | "userId" | "relations"> & Partial<MemberRow>,
): MemberRow {
  const now = clock.now();
  return state.members.insert({
    id: ids.ulid(now),
    invitationId: null,
    createdAt: now,
    acceptedAt: null,
    ...member,
  });
}

/** A new invitation. */
export function addInvite(
  { state, clock, ids }: Fam,
  invite: Pick<InviteRow, "accountId" | "email" | "relations" | "inviterUserId"> & Partial<InviteRow>,
): InviteRow {
  const now = clock.now();
  return state.invites.insert({
    id: ids.ulid(now),
    status: "pending",
    token: ids.token(40),
    createdAt: now,
    expiresAt: now + inviteLifeMs,
    ...invite,
  });
}

/** How long an invitation can be accepted. */
const inviteLifeMs = 7 * 24 * 3_600_000;

function placeOf(accountId: string, userId: string): string {
  return `${accountId}/${userId}`;
}
