import { keysOf } from "../../engine/records.js";
import type { Entity } from "../../engine/state/tables.js";

/** A member's role. */
export type VydonRole = "admin" | "job_developer" | "job_viewer" | "job_executor";

/** The status of an account's subscription at the billing provider. `past_due` counts as active. */
export type VydonSubscription = "none" | "active" | "past_due" | "unpaid";

/** The names of all statuses of a subscription. */
export const subscriptions = keysOf<VydonSubscription>({
  none: undefined,
  active: undefined,
  past_due: undefined,
  unpaid: undefined,
});

/** The kind of an account. */
export type VydonAccountType = "personal" | "team" | "enterprise";

/** The holder of a token: a user, an account's API key, or a key of the vendor's own workers. */
export type VydonHolder =
  | { readonly kind: "user"; readonly userId: string; readonly email: string }
  | { readonly kind: "api_key"; readonly userId: string; readonly accountId: string; readonly keyId: string }
  | { readonly kind: "worker_key"; readonly userId: string };

/** The caller: the holder of the token, or the only user of a server without authentication. */
export type VydonCaller = VydonHolder | { readonly kind: "anonymous"; readonly userId: string };

/** A person who can sign in. `id` is the subject of their tokens, `userId` is the id of their user. */
export interface IdentityRow extends Entity {
  readonly userId: string;
  readonly email: string;
  readonly name: string;
  readonly image: string;
}

/** The user of a person who has registered, or of an API key. The user of a key has no email, name or image. */
export interface UserRow extends Entity {
  readonly email: string;
  readonly name: string;
  readonly image: string;
}

/** An account, as the server stores it. */
export interface VydonAccountRow {
  /** The account's id, a UUID. */
  readonly id: string;
  /** The account's name, in lower-case letters, digits and dashes. `personal` for a personal account. */
  readonly name: string;
  /** The kind of account. `accounts.convertToTeam` changes a personal account to a team. */
  readonly type: VydonAccountType;
  /** When it was created, in milliseconds since 1970. The trial ends 14 days later. */
  readonly createdAt: number;
  /** Its customer id at the billing provider. Null if it is not a customer. */
  readonly stripeCustomerId: string | null;
  /** The status of its subscription at the billing provider. */
  readonly subscription: VydonSubscription;
  /** When the current payment makes the subscription active, in milliseconds since 1970. Null if there is no payment. */
  readonly settlesAt: number | null;
  /** Its set-up flags. Null if they were never set. */
  readonly onboarding: VydonOnboardingConfig | null;
  /** Its Temporal configuration. Null if it was never set. */
  readonly temporal: VydonTemporalConfig | null;
}

/** The set-up flags of an account. The server does not store the older flags. */
export interface VydonOnboardingConfig {
  /** Whether the set-up is done. */
  readonly hasCompletedOnboarding: boolean;
}

/** The Temporal configuration of an account. */
export interface VydonTemporalConfig {
  /** The address of the Temporal server. */
  readonly url: string;
  /** Temporal's namespace. */
  readonly namespace: string;
  /** The task queue for sync jobs. */
  readonly syncJobQueueName: string;
}

/** A member of an account. `memberId` returns the `id`. */
export interface MemberRow extends Entity {
  readonly accountId: string;
  readonly userId: string;
  /** Null if the role could not be set. */
  readonly role: VydonRole | null;
}

/** An invite to an account. */
export interface InviteRow extends Entity {
  readonly accountId: string;
  readonly senderUserId: string;
  readonly email: string;
  readonly token: string;
  readonly accepted: boolean;
  /** The role that it grants. Null if it grants none. A number is an unknown role, stored as it was sent. */
  readonly role: VydonRole | number | null;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly expiresAt: number;
}

/** An API key. Its expiry is in the session of its token. */
export interface ApiKeyRow extends Entity {
  readonly accountId: string;
  /** Unique in its account. */
  readonly name: string;
  /** The id of the key's own user, who makes its calls. */
  readonly userId: string;
  readonly createdById: string;
  readonly updatedById: string;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** Usage that a worker reported. */
export interface VydonMeterEventRow {
  /** The event's id. An event with the same id counts once. */
  readonly id: string;
  /** UUID of the account that is charged. */
  readonly accountId: string;
  /** The meter's name. */
  readonly eventName: string;
  /** The amount, as it was sent. */
  readonly value: string;
  /** The event's timestamp, or when the server received it if it has none, in milliseconds since 1970. */
  readonly at: number;
}

/** A refresh token, as the identity provider stores it. */
export interface VydonRefreshTokenRow {
  /** The token itself. */
  readonly id: string;
  /** The id of its family: all refresh tokens of one sign-in. */
  readonly familyId: string;
  /** The email of the user. */
  readonly email: string;
  /** The scope of the sign-in: words separated by spaces. A refresh returns it again. */
  readonly scope: string;
  /** When it was issued, in milliseconds since 1970. */
  readonly issuedAt: number;
  /** When it expires, in milliseconds since 1970. */
  readonly expiresAt: number;
  /** When it was first exchanged for new tokens, in milliseconds since 1970. Null if it has not been exchanged. */
  readonly usedAt: number | null;
  /** The number of times that it was sent to the identity provider, accepted or refused. */
  readonly uses: number;
  /** Whether it was revoked, alone or with its family. */
  readonly revoked: boolean;
}

/** A code from the sign-in page. `id` is the code. It can be exchanged for tokens once. */
export interface VydonCodeRow extends Entity {
  /** The email of the user who signed in. */
  readonly email: string;
  /** The scope of the tokens: words separated by spaces. */
  readonly scope: string;
  /** The redirect URI that it was sent to, and that its exchange must pass. Null if any is accepted. */
  readonly redirectUri: string | null;
  readonly expiresAt: number;
  /** When it was exchanged. Null if it has not been exchanged. */
  readonly usedAt: number | null;
}
