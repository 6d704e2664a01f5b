import type { ConnectOptions } from "../../engine/connect-options.js";
import type { Duration } from "../../engine/time/duration.js";
import type { FamMounts } from "../options.js";
import type { FamCardOptions } from "../seed/seed.js";
import type { FamAccountRow, FamAccountStatus, FamCardRow, FamUserRow } from "../state/rows.js";
import type { FamTokens } from "../state/tokens.js";

/** Options for a FAM client that calls a mock server in process. */
export interface FamConnectOptions extends ConnectOptions {
  /** The names of the server's services. */
  readonly services: FamMounts;
}

/** A signed-in user. */
export interface FamSession {
  /** The bearer token: the access token. */
  readonly token: string;
  /** The token for {@link FamControls.refresh}. It can be used once. */
  readonly refreshToken: string;
  /** When the access token expires, in milliseconds since 1970. */
  readonly expiresAt: number;
  /** The user's ULID. */
  readonly userId: string;
  /** Options for a client that calls as this session: `new FamClient(session.connect())`. */
  connect(): FamConnectOptions;
}

/** The person who signs in. */
export interface FamSignInOptions {
  /** Their email. Each email is one user, however often it signs in. Letter case does not count. */
  email: string;
  /** Default: made from the email. */
  firstName?: string;
  /** Default: made from the email. */
  lastName?: string;
  /** When the access token expires. Default: after a year, so that a test that moves the clock stays signed in. */
  expiresIn?: Duration;
}

/** What a test does to a FAM server other than calling it: signing in, and what happens outside the API. */
export interface FamControls {
  /**
   * Signs a user in. Returns a session with an access token in the form of a JWT, and a refresh token.
   *
   * ```ts
   * const ada = server.fam.signIn({ email: "ada@example.com" });
   * const client = new FamClient(ada.connect());
   * ```
   *
   * @throws Error for an option that is unknown or wrong.
   */
  signIn(options: FamSignInOptions): FamSession;
  /**
   * Exchanges a refresh token for a new pair of tokens. A refresh token can be used once. The API has no call for this: it replaces the
   * sign-in service that an application would call.
   *
   * ```ts
   * const auth = refreshableToken({ refresh: ({ refreshToken }) => server.fam.refresh(refreshToken) });
   * ```
   *
   * @throws Error if the token is unknown, was used before, or has expired after its 30 days.
   */
  refresh(refreshToken: string | undefined): FamTokens;
  /** Revokes an access token or a refresh token. Does nothing if the token is unknown. */
  revoke(token: string): void;
  /**
   * Returns the secret that an invitation is accepted with. No call returns it: the vendor sends it by email.
   *
   * @throws Error if there is no such invitation.
   */
  inviteToken(inviteId: string): string;
  /**
   * Returns an account as the server stores it, by id, or by name if only one account has it.
   *
   * @throws Error if there is no such account, or if several accounts have the name.
   */
  account(idOrName: string): FamAccountRow;
  /** Returns a user as the server stores it, by id or email. @throws Error if there is no such user. */
  user(idOrEmail: string): FamUserRow;
  /** Sets the status of an account's verification. Default "verified". @throws Error if there is no such account. */
  verify(accountId: string, status?: FamAccountStatus): void;
  /** Adds a card to an account, as its owner does in the payment provider's form. Returns the card. @throws Error if there is no such account. */
  addCard(accountId: string, card?: FamCardOptions): FamCardRow;
}
