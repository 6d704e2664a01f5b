import { keysOf } from "../../engine/records.js";
import type { Entity } from "../../engine/state/tables.js";

/** A member's role. */
export type VydonRole = "admin" | "job_developer" | "job_viewer" | "job_executor";

/** The status of an account's subscription at the billing provider. `past_due` counts as active. */
export type VydonSubscription = "none" | "active" | "past_due" | "unpaid";

/** The names of all states of a subscription. */
export const subscriptions = keysOf<VydonSubscription>({
  none: undefined,
  active: undefined,
  past_due: undefined,
  unpaid: undefined,
});

/** The kind of an account. */
export type VydonAccountType = "personal" | "team" | "enterprise";

/** The holder of a token: a signed-in user, an account's API key, or the key of the vendor's own workers. */
export type VydonHolder =
  | { readonly kind: "user"; readonly userId: string; readonly email: string }
  | { readonly kind: "api_key"; readonly userId: string; readonly accountId: string; readonly keyId: string }
  | { readonly kind: "worker_key"; readonly userId: string };

/** The caller: the holder of the token, or on a server without authentication, its only user. */
export type VydonCaller = VydonHolder | { readonly kind: "anonymous"; readonly userId: string };

/** A person who can sign in. `id` is the subject of their tokens, `userId` is their id once they have registered. */
export interface IdentityRow extends Entity {
  readonly userId: string;
  readonly email: string;
  readonly name: string;
  readonly image: string;
}

/** A person who has registered, or the user of an API key, who has no email, name or image. */
export interface UserRow extends Entity {
  readonly email: string;
  readonly name: string;
  readonly image: string;
}

/** An account. Points in time are milliseconds since 1970, here and below. */
export interface VydonAccountRow {
  /** UUID. */
  readonly id: string;
  /** Lower-case letters, digits and dashes; `personal` for the personal account. */
  readonly name: string;
  /** Its kind. `accounts.convertToTeam` turns a personal account into a team. */
  readonly type: VydonAccountType;
  /** When it was created. The trial ends 14 days later. */
  readonly createdAt: number;
  /** Its id in the billing system. Null if it is not a customer. */
  readonly stripeCustomerId: string | null;
  /** The status of its subscription at the billing provider. */
  readonly subscription: VydonSubscription;
  /** When the payment that is under way makes the subscription active. Null if there is none. */
  readonly settlesAt: number | null;
  /** How many records it has used. No call returns it. */
  readonly usedRecords: number;
  /** How many records it may use. Null for no limit. No call returns it. */
  readonly allowedRecords: number | null;
  /** Null if it was never set. */
  readonly onboarding: VydonOnboardingConfig | null;
  /** Null if it was never set. */
  readonly temporal: VydonTemporalConfig | null;
}

/** The progress of an account's set-up. The server no longer keeps the older fields. */
export interface VydonOnboardingConfig {
  /** Whether the set-up is done. */
  readonly hasCompletedOnboarding: boolean;
}

/** Where an account's jobs run. */
export interface VydonTemporalConfig {
  /** The address of the Temporal server. */
  readonly url: string;
  /** Temporal's namespace. */
  readonly namespace: string;
  /** The task queue for sync jobs. */
  readonly syncJobQueueName: string;
}

/** A member of an account. `id` is made by `memberId`. */
export interface MemberRow extends Entity {
  readonly accountId: string;
  readonly userId: string;
  /** Null for a member whose role could not be set. */
  readonly role: VydonRole | null;
}

/** An invite. */
export interface InviteRow extends Entity {
  readonly accountId: string;
  readonly senderUserId: string;
  readonly email: string;
  readonly token: string;
  readonly accepted: boolean;
  /** The role that it gives. Null for none. A number is a role that the server does not know, kept as it was sent. */
  readonly role: VydonRole | number | null;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly expiresAt: number;
}

/** An API key. Its secret and its expiry are in the session of its holder. */
export interface ApiKeyRow extends Entity {
  readonly accountId: string;
  /** Unique in its account. */
  readonly name: string;
  /** The id of the machine user who makes the calls with this key. */
  readonly userId: string;
  readonly createdById: string;
  readonly updatedById: string;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** A meter event. */
export interface VydonMeterEventRow {
  /** The event's own id. Each id counts once. */
  readonly id: string;
  /** UUID of the account that is charged. */
  readonly accountId: string;
  /** The meter's name. */
  readonly eventName: string;
  /** The amount, as it was sent. */
  readonly value: string;
  /** The event's timestamp, or, if it has none, when the server got it. */
  readonly at: number;
}
