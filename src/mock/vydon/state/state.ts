import type { Ids } from "../../engine/state/ids.js";
import type { PastTokens } from "../../engine/state/past-tokens.js";
import type { SessionRow } from "../../engine/state/sessions.js";
import { type Entity, Table } from "../../engine/state/tables.js";
import type { Clock } from "../../engine/time/clock.js";
import type { LostAnswersRow, RefreshTokenRow } from "../issuer/rows.js";
import type { VydonModes } from "../options.js";
import type { RefusalRow, Stripe } from "./stripe.js";

/** A member's role. */
export type Role = "admin" | "job_developer" | "job_viewer" | "job_executor";

/** Whom a token stands for: a signed-in user, an account's API key, or the key of the vendor's own workers. */
export type VydonHolder =
  | { readonly kind: "user"; readonly userId: string; readonly email: string }
  | { readonly kind: "api_key"; readonly userId: string; readonly accountId: string; readonly keyId: string }
  | { readonly kind: "worker_key"; readonly userId: string };

/** Who calls: whoever holds the token, or, without authentication, the one user that there is. */
export type VydonCaller = VydonHolder | { readonly kind: "anonymous"; readonly userId: string };

/** What the billing provider says of an account's subscription. `past_due` counts as active. */
export type Subscription = "none" | "active" | "past_due" | "unpaid";

/** Somebody who can sign in; `id` is the token's subject, `userId` who they are once they registered. */
export interface IdentityRow extends Entity {
  readonly userId: string;
  readonly email: string;
  readonly name: string;
  readonly image: string;
}

/** Somebody who registered, or the user of an API key; a key's user has no email, name or image. */
export interface UserRow extends Entity {
  readonly email: string;
  readonly name: string;
  readonly image: string;
}

/** An account. Points in time are milliseconds since 1970, here and below. */
export interface AccountRow extends Entity {
  /** Lower-case letters, digits and dashes; `personal` for the personal account. */
  readonly name: string;
  /** A personal account becomes a team by `accounts.convertToTeam`. */
  readonly type: "personal" | "team" | "enterprise";
  /** A trial ends 14 days after it. */
  readonly createdAt: number;
  /** Its id in the billing system; null if it is not a customer. */
  readonly stripeCustomerId: string | null;
  /** What the billing provider says of it. */
  readonly subscription: Subscription;
  /** When a payment that is under way makes the subscription active. */
  readonly settlesAt: number | null;
  /** How many records it has used. No call of the server tells it. */
  readonly usedRecords: number;
  /** How many records it may use; null for no limit. No call of the server tells it. */
  readonly allowedRecords: number | null;
  /** Null if nothing was ever set. */
  readonly onboarding: OnboardingConfig | null;
  /** Null if nothing was ever set. */
  readonly temporal: TemporalConfig | null;
}

/** How far the people of an account have come. The server keeps none of the older fields. */
export interface OnboardingConfig {
  /** Whether the set-up is done. */
  readonly hasCompletedOnboarding: boolean;
}

/** Where an account's jobs run. */
export interface TemporalConfig {
  /** Where the Temporal server is. */
  readonly url: string;
  /** Temporal's namespace. */
  readonly namespace: string;
  /** The task queue that sync jobs are put in. */
  readonly syncJobQueueName: string;
}

/** Who is in which account, as what; `id` is {@link memberId}. */
export interface MemberRow extends Entity {
  readonly accountId: string;
  readonly userId: string;
  /** Null for a member whose role could not be set. */
  readonly role: Role | null;
}

/** An invitation. */
export interface InviteRow extends Entity {
  readonly accountId: string;
  readonly senderUserId: string;
  readonly email: string;
  readonly token: string;
  readonly accepted: boolean;
  /** The role that it gives; null for none. A number is a role that the server doesn't know, kept as it was sent. */
  readonly role: Role | number | null;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly expiresAt: number;
}

/** Something metered; `id` is the event's own id, which makes it count once. */
export interface MeterEventRow extends Entity {
  /** UUID of the account that it is charged to. */
  readonly accountId: string;
  /** The meter's name. */
  readonly eventName: string;
  /** How much, as it was sent. */
  readonly value: string;
  /** When it was used; without a timestamp, when the server heard of it. */
  readonly at: number;
}

/** All that a Vydon server remembers. A type, not an interface: the engine takes it for any record of tables. */
export type VydonState = {
  readonly sessions: Table<SessionRow<VydonHolder>>;
  readonly identities: Table<IdentityRow, "email">;
  readonly users: Table<UserRow>;
  readonly accounts: Table<AccountRow>;
  readonly members: Table<MemberRow, "account" | "user">;
  readonly invites: Table<InviteRow, "account" | "token">;
  readonly meterEvents: Table<MeterEventRow, "account">;
  readonly refusals: Table<RefusalRow>;
  readonly refreshTokens: Table<RefreshTokenRow, "family">;
  readonly lostAnswers: Table<LostAnswersRow>;
};

/** What the resources work with. */
export interface Vydon {
  readonly state: VydonState;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly past: PastTokens;
  readonly modes: VydonModes;
  /** Whether the mock checks more than the real server does. */
  readonly isStrict: boolean;
  /** The billing provider. Only the cloud has one. */
  readonly stripe: Stripe;
}

/** An empty state. */
export function createVydonState(): VydonState {
  return {
    sessions: new Table({}),
    identities: new Table({ email: (row) => row.email }),
    users: new Table({}),
    accounts: new Table({}),
    members: new Table({ account: (row) => row.accountId, user: (row) => row.userId }),
    invites: new Table({ account: (row) => row.accountId, token: (row) => row.token }),
    meterEvents: new Table({ account: (row) => row.accountId }),
    refusals: new Table({}),
    refreshTokens: new Table({ family: (row) => row.familyId }),
    lostAnswers: new Table({}),
  };
}

/** A membership's id. */
export function memberId(accountId: string, userId: string): string {
  return `${accountId}/${userId}`;
}

/** A new account, without members. */
export function addAccount(
  { state, clock, ids }: Vydon,
  account: Partial<AccountRow> & Pick<AccountRow, "name" | "type">,
): AccountRow {
  return state.accounts.insert({
    id: account.id ?? ids.uuid(),
    createdAt: clock.now(),
    stripeCustomerId: null,
    subscription: "none",
    settlesAt: null,
    usedRecords: 0,
    allowedRecords: null,
    onboarding: null,
    temporal: null,
    ...account,
  });
}

/** A new member of an account. */
export function addMember(
  state: VydonState,
  accountId: string,
  userId: string,
  role: Role | null,
): MemberRow {
  return state.members.insert({ id: memberId(accountId, userId), accountId, userId, role });
}

/** The accounts that a user is in, in the order in which they came to be in them. */
export function accountsOf(state: VydonState, userId: string): AccountRow[] {
  return state.members.by("user", userId).flatMap(({ accountId }) => state.accounts.get(accountId) ?? []);
}
