import type { ConnectOptions } from "../../engine/connect-options.js";
import type { Duration } from "../../engine/time/duration.js";
import type { VydonIssuer } from "../issuer/issuer.js";
import type { VydonBillingControls } from "./billing-controls.js";

/** The session of a signed-in user or of a key. */
export interface VydonSession {
  /** The bearer token. */
  readonly token: string;
  /** UUID of the user. A person has it even before they register. For a worker key, the all-zero UUID. */
  readonly userId: string;
  /** Returns options for a client that calls as this session: `new VydonClient(session.connect())`. */
  connect(): ConnectOptions;
}

/** The session of an account's API key. */
export interface VydonKeySession extends VydonSession {
  /** UUID of the key. It differs from `userId`, the key's own user. */
  readonly keyId: string;
}

/** The person who signs in. */
export interface VydonSignInOptions {
  /**
   * Their email. Each email is one user, even if it signs in several times. Letter case counts: `Ada@example.com` and `ada@example.com`
   * are two users, because the real server compares the email in a token with the email of an invite exactly.
   */
  email: string;
  /** Their name, if the email is new. Default: made from the email. */
  name?: string | undefined;
  /** Whether they have registered. Default true. False for a person who has not called `users.register` yet. */
  registered?: boolean | undefined;
  /** How long the token is valid. Default: a year. The server accepts it for one more minute, as the real server does. */
  expiresIn?: Duration | undefined;
}

/** Options for a new API key. */
export interface VydonKeyOptions {
  /** How long the key is valid. Default: a year. */
  expiresIn?: Duration | undefined;
}

/**
 * The actions of a test on a Vydon server, outside of its API: sign users in, create keys, expire keys and invites, and change the payments,
 * the usage and the age of accounts.
 */
export interface VydonControls extends VydonBillingControls {
  /** The identity provider of the server. It issues access tokens and refresh tokens. */
  readonly issuer: VydonIssuer;
  /**
   * Signs a user in. Creates the user if the email is new. Returns a session with a token in the form of a JWT.
   *
   * ```ts
   * const ada = server.vydon.signIn({ email: "ada@example.com" });
   * const client = new VydonClient(ada.connect());
   * ```
   *
   * @throws Error if an option is unknown or wrong.
   */
  signIn(options: VydonSignInOptions): VydonSession;
  /**
   * Creates an API key for an account. Returns its session. The key has its own user, who is not a member of the account. In this account,
   * the key may do everything that an admin may do.
   *
   * ```ts
   * const client = new VydonClient(server.vydon.apiKey("acme").connect());
   * ```
   *
   * @param accountId - the account's id, or its name if only one account has it.
   * @throws Error if there is no such account, if several accounts have the name, or if an option is unknown or wrong.
   */
  apiKey(accountId: string, options?: VydonKeyOptions): VydonKeySession;
  /**
   * Creates a key of the vendor's own workers. Returns its session. In the cloud, the key may call `IsAccountStatusValid`,
   * `GetBillingAccounts` and `SetBillingMeterEvent`. All its other calls, and all its calls to a self-hosted server, fail like calls
   * with an unknown token.
   */
  workerKey(): VydonSession;
  /** Revokes a token: calls with it fail with `unauthenticated`. Does nothing if the token is unknown. @throws Error if it is empty. */
  revoke(token: string): void;
  /** Expires the invite with this id. @throws Error if there is no such invite. */
  expireInvite(inviteId: string): void;
  /** Expires the API key with this token. @throws Error if no API key has this token. */
  expireApiKey(token: string): void;
  /** Expires the API key with this id, a {@link VydonKeySession.keyId}. @throws Error if there is no such key. */
  expireApiKeyById(keyId: string): void;
}
