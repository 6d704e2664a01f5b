import type { ConnectOptions } from "../../engine/connect-options.js";
import type { Duration } from "../../engine/time/duration.js";
import type { VydonIssuer } from "../issuer/issuer.js";
import type { VydonBillingControls } from "./billing-controls.js";

/** The session of a signed-in user or of a key. */
export interface VydonSession {
  /** The bearer token. */
  readonly token: string;
  /** The user's id, which a user has even before they register. For a worker's key, the all-zero UUID. */
  readonly userId: string;
  /** Options for a client that calls as this session: `new VydonClient(session.connect())`. */
  connect(): ConnectOptions;
}

/** The session of an account's API key. */
export interface VydonKeySession extends VydonSession {
  /** UUID of the key. It is not the id of the key's user. */
  readonly keyId: string;
}

/** The person who signs in. */
export interface VydonSignInOptions {
  /**
   * Their email. Each email is one user, however often it signs in. Letter case counts: `Ada@example.com` and `ada@example.com` are two
   * users, because the real server compares the email in a token with the email of an invite exactly.
   */
  email: string;
  /** Their name. Default: made from the email. */
  name?: string;
  /** Whether they have registered. Default true. False for a person who has not called `users.register` yet. */
  registered?: boolean;
  /** How long the token is valid. Default: a year. The server accepts it for one more minute. */
  expiresIn?: Duration;
}

/** Options for a new API key. */
export interface VydonKeyOptions {
  /** How long the key is valid. Default: a year. */
  expiresIn?: Duration;
}

/** What a test can do to a Vydon server outside of its API: sign users in, make keys, and expire keys and invites. */
export interface VydonControls extends VydonBillingControls {
  /** The identity provider of the server, with refresh tokens. */
  readonly issuer: VydonIssuer;
  /**
   * Signs a user in. Returns a session with a token in the form of a JWT.
   *
   * ```ts
   * const ada = server.vydon.signIn({ email: "ada@example.com" });
   * const client = new VydonClient(ada.connect());
   * ```
   *
   * @throws Error for an option that is unknown or wrong.
   */
  signIn(options: VydonSignInOptions): VydonSession;
  /**
   * Makes an API key for an account. Returns its session. The key has its own user, who is not a member. In its account, it may do
   * everything that an admin may.
   *
   * @param account - its id or its name.
   * @throws Error if there is no such account.
   */
  apiKey(account: string, options?: VydonKeyOptions): VydonKeySession;
  /**
   * Makes a key of the vendor's own workers. Returns its session. In the cloud, the key may call `IsAccountStatusValid`,
   * `GetBillingAccounts` and `SetBillingMeterEvent`; its other calls fail as with an unknown token. On a self-hosted server, all fail.
   */
  workerKey(): VydonSession;
  /** Revokes a token. Does nothing if the token is unknown. */
  revoke(token: string): void;
  /** Makes the invite with this id expire now. @throws Error if there is no such invite. */
  expireInvite(inviteId: string): void;
  /** Makes the API key with this token expire now. @throws Error if no API key has this token. */
  expireApiKey(token: string): void;
  /** Makes the API key with this id, a {@link VydonKeySession.keyId}, expire now. @throws Error if there is no such key. */
  expireApiKeyById(keyId: string): void;
}
