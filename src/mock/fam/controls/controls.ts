import type { ConnectOptions } from "../../engine/connect-options.js";
import type { Duration } from "../../engine/time/duration.js";
import type { FamMounts } from "../options.js";
import type { FamCardOptions } from "../seed/seed.js";
import type { FamTokens } from "../state/issue-tokens.js";
import type { FamAccountRow, FamAccountStatus, FamCardRow, FamUserRow } from "../state/rows.js";

/** Options for a FAM client that calls a mock server in process. */
export interface FamConnectOptions extends ConnectOptions {
  /** The names of the server's services. */
  readonly services: FamMounts;
}

/** Somebody who is signed in. */
export interface FamSession {
  /** The bearer token: the access token. */
  readonly token: string;
  /** The token for {@link FamControls.refresh}, which can be used once. */
  readonly refreshToken: string;
  /** When the access token expires, in milliseconds since 1970. */
  readonly expiresAt: number;
  /** The user's ULID. */
  readonly userId: string;
  /** Options for a client that calls as this session: `new FamClient(session.connect())`. */
  connect(): FamConnectOptions;
}

/** Who signs in. */
export interface FamSignInOptions {
  /** Their email. Signing in twice with one email gives one user. Letter case does not count. */
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
   * Exchanges a refresh token for a new pair of tokens. A refresh token can be used once. The API has no call for it: this stands for
   * the sign-in service that an application would call.
   *
   * ```ts
   * const auth = refreshableToken({ refresh: ({ refreshToken }) => server.fam.refresh(refreshToken) });
   * ```
   *
   * @throws Error if the token is unknown, was used before, or has expired after its 30 days.
   */
  refresh(refreshToken: string | undefined): FamTokens;
  /** Makes an access or refresh token unknown to the server, as if it had been revoked. */
  revoke(token: string): void;
  /**
   * The secret that an invitation is accepted with. No call returns it: the vendor sends it by mail.
   *
   * @throws Error if there is no such invitation.
   */
  inviteToken(inviteId: string): string;
  /**
   * What the server knows of an account, by id, or by name if only one account has it.
   *
   * @throws Error if there is none, or if several accounts have the name.
   */
  account(idOrName: string): FamAccountRow;
  /** What the server knows of a user, by id or by email. @throws Error if there is none. */
  user(idOrEmail: string): FamUserRow;
  /** Sets the status of an account's verification, by default "verified". @throws Error if there is no such account. */
  verify(accountId: string, status?: FamAccountStatus): void;
  /** Adds a card to an account, as its owner does in the payment provider's form. @throws Error if there is no such account. */
  addCard(accountId: string, card?: FamCardOptions): FamCardRow;
}
