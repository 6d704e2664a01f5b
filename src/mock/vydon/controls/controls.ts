import type { ConnectOptions } from "../../engine/connect-options.js";
import type { Duration } from "../../engine/time/duration.js";
import type { VydonIssuer } from "../issuer/issuer.js";
import type { VydonBillingControls } from "./billing-controls.js";

/** A signed-in user, or a key. */
export interface VydonSession {
  /** The bearer token. */
  readonly token: string;
  /** The user's id: the one they have, or will have once they register. The all-zero UUID for a worker. */
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
   * Their email. Signing in twice with one email gives one user. Letter case counts, because the real server compares the email of a
   * token and of an invite letter by letter: `Ada@example.com` and `ada@example.com` are two users.
   */
  email: string;
  /** Their name. Default: made from the email. */
  name?: string;
  /** Whether the server knows them. Default true. False for somebody who has not called `users.register` yet. */
  registered?: boolean;
  /** When the token expires. The server accepts it for one more minute. Default: after a year. */
  expiresIn?: Duration;
}

/** What a new API key is like. */
export interface VydonKeyOptions {
  /** When the key expires. Default: after a year. */
  expiresIn?: Duration;
}

/** What a test does to a Vydon server other than calling it: signing in, and what happens outside the API. */
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
   * Makes an API key of an account, given by id or name. The key has a user of its own, who is not a member. In its account,
   * it may do what an admin may.
   *
   * @throws Error if there is no such account.
   */
  apiKey(accountId: string, options?: VydonKeyOptions): VydonKeySession;
  /**
   * Makes a key of the vendor's own workers. In the cloud, it may call `IsAccountStatusValid`, `GetBillingAccounts` and
   * `SetBillingMeterEvent`. All other calls with it fail as with an unknown token.
   */
  workerKey(): VydonSession;
  /** Makes a token unknown to the server, as if it had been revoked. */
  revoke(token: string): void;
  /** Makes an invite expire now, given by its id. @throws Error if there is no such invite. */
  expireInvite(inviteId: string): void;
  /** Makes an API key expire now. @throws Error if no API key has this token. */
  expireApiKey(token: string): void;
  /** Makes an API key expire now, given by its id, as in {@link VydonKeySession.keyId}. @throws Error if there is no such key. */
  expireApiKeyById(keyId: string): void;
}
