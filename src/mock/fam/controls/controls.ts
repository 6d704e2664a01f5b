import type { ConnectOptions } from "../../engine/connect-options.js";
import type { Duration } from "../../engine/time/duration.js";
import type { FamServiceNames } from "../options.js";
import type { FamCardSeed } from "../seed/seed.js";
import type { FamAccountRow, FamAccountStatus, FamCardRow, FamUserRow } from "../state/rows.js";
import type { FamTokens } from "../state/tokens.js";

/** Options for a FAM client that calls a mock server in process. */
export interface FamConnectOptions extends ConnectOptions {
  /** The names of the server's services. */
  readonly services: FamServiceNames;
}

/** The session of a signed-in user. */
export interface FamSession {
  /** The bearer token: the access token. */
  readonly token: string;
  /** The token for {@link FamControls.refresh}. It can be used once, within 30 days. */
  readonly refreshToken: string;
  /** When the access token expires, in milliseconds since 1970. */
  readonly expiresAt: number;
  /** ULID of the user. */
  readonly userId: string;
  /** Returns options for a client that calls as this session: `new FamClient(session.connect())`. */
  connect(): FamConnectOptions;
}

/** The person who signs in. */
export interface FamSignInOptions {
  /** Their email. Each email is one user, even if it signs in several times. Letter case does not count. */
  email: string;
  /** Their given name, if the email is new. Default: made from the email. */
  firstName?: string | undefined;
  /** Their family name, if the email is new. Default: made from the email. */
  lastName?: string | undefined;
  /** How long the access token is valid. Default: a year, so a test that moves the clock stays signed in. */
  expiresIn?: Duration | undefined;
}

/**
 * The actions of a test on a FAM server, outside of its API: sign users in, refresh tokens, read data that no call returns, verify accounts
 * and add cards.
 */
export interface FamControls {
  /**
   * Signs a user in. Creates the user if the email is new. Returns a session with an access token in the form of a JWT, and a refresh
   * token.
   *
   * ```ts
   * const ada = server.fam.signIn({ email: "ada@example.com" });
   * const client = new FamClient(ada.connect());
   * ```
   *
   * @throws Error if an option is unknown or wrong.
   */
  signIn(options: FamSignInOptions): FamSession;
  /**
   * Exchanges a refresh token for a new pair of tokens. A refresh token can be used once. The API has no call for this: the control
   * replaces the sign-in service that an application calls.
   *
   * ```ts
   * const auth = refreshableToken({ refresh: ({ refreshToken }) => server.fam.refresh(refreshToken) });
   * ```
   *
   * @throws Error if the token is unknown, was used before, or has expired.
   */
  refresh(refreshToken: string | undefined): FamTokens;
  /** Revokes an access token or a refresh token. Does nothing if the token is unknown. @throws Error if it is empty. */
  revoke(token: string): void;
  /**
   * Returns the secret that accepts an invite. No call returns it, because the vendor sends it by email.
   *
   * ```ts
   * const { id } = await client.invites.create(accountId, { email: "grace@example.com", relations: ["admin"] });
   * await client.invites.accept({ token: server.fam.inviteToken(id), password: "correct horse" });
   * ```
   *
   * @throws Error if there is no such invite.
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
  /**
   * Sets the status of an account's verification. Default "verified".
   *
   * @param accountId - the account's id, or its name if only one account has it.
   * @throws Error if there is no such account, or if the status is unknown.
   */
  verify(accountId: string, status?: FamAccountStatus): void;
  /**
   * Adds a card to an account, as its owner does in the payment provider's form. Returns the card. Default for each field: the value of a
   * test card. The first card is the primary one.
   *
   * @param accountId - the account's id, or its name if only one account has it.
   * @throws Error if there is no such account, or if a field is unknown or wrong.
   */
  addCard(accountId: string, card?: FamCardSeed): FamCardRow;
}
