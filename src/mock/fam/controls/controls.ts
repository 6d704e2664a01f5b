import { anyText, duration, object, oneOf, optional, text } from "../../engine/check-json.js";
import type { Connect, ConnectOptions } from "../../engine/connect-options.js";
import { named } from "../../engine/state/find-by-id-or-name.js";
import { Sessions } from "../../engine/state/sessions.js";
import { type Duration, toMs } from "../../engine/time/duration.js";
import { addCard } from "../billing.js";
import { statusNames } from "../messages.js";
import { checkCard, type FamCardOptions } from "../seed/seed.js";
import { enroll, issueTokens, type NewTokens } from "../state/find-or-create.js";
import type { AccountRow, CardRow, Fam, FamCaller, UserRow } from "../state/state.js";

/** The names under which FAM's services are mounted. */
export interface FamMounts {
  /** Default `fam.v1.AccountService`. */
  readonly accounts: string;
  /** Default `fam.v1.MemberService`. */
  readonly members: string;
  /** Default `fam.v1.BillingService`. */
  readonly billing: string;
}

/** What a client of FAM needs in order to call a mock server in process. */
export interface FamConnectOptions extends ConnectOptions {
  /** Where the server has its services. */
  readonly services: FamMounts;
}

/** Somebody signed in to the mock. */
export interface FamSession {
  /** The bearer token: the access token. */
  readonly token: string;
  /** What {@link FamControls.refresh} takes, once. */
  readonly refreshToken: string;
  /** When the access token lapses, in milliseconds since 1970. */
  readonly expiresAt: number;
  /** The user's ULID. */
  readonly userId: string;
  /** Options for a client that calls as this session: `new FamClient(session.connect())`. */
  connect(): FamConnectOptions;
}

/** Who signs in. */
export interface FamSignInOptions {
  /** Their email. Signing in twice with one email, in upper or lower case, gives one user. */
  email: string;
  /** Their names. Default: made of the email. */
  firstName?: string;
  /** Default: made of the email. */
  lastName?: string;
  /** When the access token lapses. Default: after a year, so that a test that moves the clock is not signed out. */
  expiresIn?: Duration;
}

const checkSignIn = object<FamSignInOptions>({
  email: text,
  firstName: optional(anyText),
  lastName: optional(anyText),
  expiresIn: optional(duration),
});
const checkStatus = oneOf(statusNames);

const year = 365 * 24 * 3_600_000;

/** What a test does to a FAM server other than calling it: signing in, and what happens outside the API. */
export class FamControls {
  readonly #fam: Fam;
  readonly #sessions: Sessions<FamCaller>;
  readonly #connect: Connect;
  readonly #mounts: FamMounts;

  /** Made by the server. */
  constructor(fam: Fam, connect: Connect, mounts: FamMounts) {
    this.#fam = fam;
    this.#sessions = new Sessions(fam.state.sessions, fam.clock);
    this.#connect = connect;
    this.#mounts = mounts;
  }

  /**
   * Signs a user in; answers a session with an access token in the shape of a JWT, and a refresh token.
   *
   * ```ts
   * const ada = server.fam.signIn({ email: "ada@example.com" });
   * const client = new FamClient(ada.connect());
   * ```
   */
  signIn(options: FamSignInOptions): FamSession {
    checkSignIn(options, "signIn");
    const { expiresIn = year, ...person } = options;
    const lifeMs = toMs(expiresIn);
    const user = enroll(this.#fam, person);
    const { accessToken: token, refreshToken, expiresAt } = issueTokens(this.#fam, user, lifeMs);
    const connect = () => ({ ...this.#connect(token), services: this.#mounts });
    return { token, refreshToken, expiresAt, userId: user.id, connect };
  }

  /**
   * Changes a refresh token for a new pair of tokens; it can't be used again. The API has no call for it, so this is the
   * sign-in service that an application would ask.
   *
   * ```ts
   * const auth = refreshableToken({ refresh: ({ refreshToken }) => server.fam.refresh(refreshToken) });
   * ```
   *
   * @throws Error if the token is unknown, was used before, or has lapsed after its 30 days.
   */
  refresh(refreshToken: string | undefined): NewTokens {
    const { state, clock } = this.#fam;
    const row = state.refreshTokens.get(refreshToken ?? "");
    const user = state.users.get(row?.userId ?? "");
    if (row === undefined || user === undefined)
      throw new Error(
        `the refresh token is not known, or was used${this.#fam.past.explain(refreshToken ?? "")}`,
      );
    if (row.expiresAt <= clock.now()) throw new Error("the refresh token has lapsed");
    state.refreshTokens.delete(row.id);
    return issueTokens(this.#fam, user);
  }

  /** Makes a token unknown to the server, an access or a refresh token, as if it had been revoked. */
  revoke(token: string): void {
    this.#sessions.revoke(token);
    this.#fam.state.refreshTokens.delete(token);
  }

  /**
   * The secret that an invitation is accepted with. The API never answers it: the invited person gets it by mail.
   *
   * @throws Error if there is no such invitation.
   */
  inviteToken(inviteId: string): string {
    const invite = this.#fam.state.invites.get(inviteId);
    if (invite === undefined) throw new Error(`there is no invitation ${inviteId} on this server`);
    return invite.token;
  }

  /**
   * What the server knows of an account, by id, or by name where only one account has it.
   *
   * @throws Error if there is none, or several of the name.
   */
  account(idOrName: string): AccountRow {
    return named(this.#fam.state.accounts, idOrName, "account");
  }

  /** What the server knows of a user, by id or by email. @throws Error if there is none. */
  user(idOrEmail: string): UserRow {
    const { users } = this.#fam.state;
    const user = users.get(idOrEmail) ?? users.by("email", idOrEmail.toLowerCase())[0];
    if (user === undefined) throw new Error(`there is no user "${idOrEmail}" on this server`);
    return user;
  }

  /** Moves an account's verification on. @throws Error if there is no such account. */
  verify(accountId: string, status: AccountRow["status"] = "verified"): void {
    checkStatus(status, "status");
    const { id } = this.account(accountId);
    this.#fam.state.accounts.update(id, { status, updatedAt: this.#fam.clock.now() });
  }

  /** Adds a card to an account, as its owner does in the payment provider's form. @throws Error if there is no such account. */
  addCard(accountId: string, card: FamCardOptions = {}): CardRow {
    checkCard(card, "card");
    const { id } = this.account(accountId);
    const [configuration] = this.#fam.state.paymentConfigurations.by("account", id);
    if (configuration === undefined) throw new Error(`account ${id} has no payment configuration`);
    return addCard(this.#fam, configuration.id, card);
  }
}
