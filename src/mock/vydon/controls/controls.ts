import type { ConnectOptions } from "../../engine/connect-options.js";
import type { Duration } from "../../engine/time/duration.js";
import type { VydonIssuer } from "../issuer/issuer.js";
import type { VydonBillingControls } from "./billing-controls.js";

/** A signed-in user, or a key. */
export interface VydonSession {
  /** The bearer token. */
  readonly token: string;
  /** The user's id. It is fixed already before they register. For a worker's key, the all-zero UUID. */
  readonly userId: string;
  /** Options for a client that calls as this session: `new VydonClient(session.connect())`. */
  connect(): ConnectOptions;
}

/** An account's API key. */
export interface VydonKeySession extends VydonSession {
  /** UUID of the key. It is not the id of the key's user. */
  readonly keyId: string;
}

/** Who signs in. */
export interface VydonSignInOptions {
  /**
   * Their email. Signing in twice with one email gives one user. Letter case counts: `Ada@example.com` and `ada@example.com` are two
   * users. The real server compares the email in a token with the email of an invite exactly.
   */
  email: string;
  /** Their name. Default: made from the email. */
  name?: string;
  /** Whether the server knows them. Default true. False for somebody who has not called `users.register` yet. */
  registered?: boolean;
  /** How long the token is good. Default: a year. The server accepts it for one more minute. */
  expiresIn?: Duration;
}

/** What a new API key is like. */
export interface VydonKeyOptions {
  /** How long the key is good. Default: a year. */
  expiresIn?: Duration;
}

/** What a test can do to a Vydon server outside of its API: sign users in, make keys, let tokens and invites expire. */
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
   * Makes an API key of an account. The key has a user of its own, who is not a member. In its account,
   * it may do what an admin may.
   *
   * @param account - its id or its name.
   * @throws Error if there is no such account.
   */
  apiKey(account: string, options?: VydonKeyOptions): VydonKeySession;
  /**
   * Makes a key of the vendor's own workers. On a server of the cloud, it may call `IsAccountStatusValid`, `GetBillingAccounts` and
   * `SetBillingMeterEvent`; its other calls fail as with an unknown token. On a self-hosted server, all of them fail.
   */
  workerKey(): VydonSession;
  /** Makes a token unknown to the server, as if it had been revoked. A token that the server does not know changes nothing. */
  revoke(token: string): void;
  /** Makes an invite expire now, given by its id. @throws Error if there is no such invite. */
  expireInvite(inviteId: string): void;
  /** Makes an API key expire now. @throws Error if no API key has this token. */
  expireApiKey(token: string): void;
  /** Makes an API key expire now, given by its id, as in {@link VydonKeySession.keyId}. @throws Error if there is no such key. */
  expireApiKeyById(keyId: string): void;
}
