import type { Clock } from "../engine/clock.js";
import type { Ids } from "../engine/ids.js";
import type { SessionRow } from "../engine/sessions.js";
import { type Entity, Table } from "../engine/tables.js";

/** A member's role. */
export type Role = "admin" | "job_developer" | "job_viewer" | "job_executor";

/** Whom a token stands for: a signed-in user, an account's API key, or the key of the vendor's own workers. */
export type VydonCaller =
  | { readonly kind: "user"; readonly userId: string; readonly email: string }
  | { readonly kind: "api_key"; readonly userId: string; readonly accountId: string }
  | { readonly kind: "worker_key"; readonly userId: string };

/** Somebody who can sign in; `id` is the token's subject, `userId` who they are once they registered. */
export interface IdentityRow extends Entity {
  readonly userId: string;
  readonly email: string;
  readonly name: string;
  readonly image: string;
}

/** Somebody who registered. */
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
  /** Its id in the billing system; null where it is no customer. */
  readonly stripeCustomerId: string | null;
  /** "lapsed" where there was one. */
  readonly subscription: "none" | "active" | "lapsed";
  /** When a payment that is under way makes the subscription active. */
  readonly settlesAt: number | null;
  /** How many records it has used. */
  readonly usedRecords: number;
  /** How many records it may use; null for no limit. */
  readonly allowedRecords: number | null;
  /** Null where nothing was ever set. */
  readonly onboarding: OnboardingConfig | null;
  /** Null where nothing was ever set. */
  readonly temporal: TemporalConfig | null;
}

/** How far the people of an account have come. */
export interface OnboardingConfig {
  /** Deprecated, as are the three below. */
  readonly hasCreatedSourceConnection: boolean;
  /** Whether there was a connection to write to. */
  readonly hasCreatedDestinationConnection: boolean;
  /** Whether there was a job. */
  readonly hasCreatedJob: boolean;
  /** Whether anybody was invited. */
  readonly hasInvitedMembers: boolean;
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
  readonly role: Role;
}

/** An invitation. */
export interface InviteRow extends Entity {
  readonly accountId: string;
  readonly senderUserId: string;
  readonly email: string;
  readonly token: string;
  readonly accepted: boolean;
  readonly role: Role | null;
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
  readonly sessions: Table<SessionRow<VydonCaller>>;
  readonly identities: Table<IdentityRow, "email">;
  readonly users: Table<UserRow>;
  readonly accounts: Table<AccountRow>;
  readonly members: Table<MemberRow, "account" | "user">;
  readonly invites: Table<InviteRow, "account" | "token">;
  readonly meterEvents: Table<MeterEventRow, "account">;
};

/** What the resources work with. */
export interface Vydon {
  readonly state: VydonState;
  readonly clock: Clock;
  readonly ids: Ids;
  /** The vendor's cloud, where billing is on; otherwise self-hosted. */
  readonly cloud: boolean;
  /** Whether roles decide what a member may do. */
  readonly rbac: boolean;
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
  };
}

/** A membership's id. */
export function memberId(accountId: string, userId: string): string {
  return `${accountId}/${userId}`;
}

/** A new account, with its first member as its admin, if it is given one. */
export function addAccount(
  { state, clock, ids }: Vydon,
  account: Partial<AccountRow> & Pick<AccountRow, "name" | "type">,
  adminId?: string,
): AccountRow {
  const row = state.accounts.insert({
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
  if (adminId !== undefined) addMember(state, row.id, adminId, "admin");
  return row;
}

/** A new member of an account. */
export function addMember(state: VydonState, accountId: string, userId: string, role: Role): MemberRow {
  return state.members.insert({ id: memberId(accountId, userId), accountId, userId, role });
}

/** The accounts that a user is in, in the order in which they came to be in them. */
export function accountsOf(state: VydonState, userId: string): AccountRow[] {
  return state.members.by("user", userId).flatMap(({ accountId }) => state.accounts.get(accountId) ?? []);
}
