import { object, optional, text, wholeNumber } from "../../engine/check-json.js";
import { ConnectionLost } from "../../engine/faults/apply-wire-fault.js";
import type { Vydon } from "../state/state.js";
import { grantRefresh, grantTo, type VydonTokens } from "./grants.js";
import { VydonIssuerError } from "./oauth-error.js";
import type { IssuerPolicy } from "./options.js";
import type { RefreshTokenRow } from "./rows.js";

const checkSignIn = object<{ email: string }>({ email: text });
const checkTimes = object<{ times?: number }>({ times: optional(wholeNumber(0)) });
const lostAnswers = "lost";

/**
 * The identity provider behind Vydon: it gives out access tokens and refresh tokens. How it rotates refresh tokens is set by
 * `createMockServer({ vydon: { issuer: … } })`. Its state is the server's: `fork`, `snapshot`, `restore` and `reset` keep it, and
 * its tokens expire by the server's clock.
 */
export class VydonIssuer {
  readonly #vydon: Vydon;
  readonly #policy: IssuerPolicy;

  /**
   * The path of its OAuth 2 token endpoint, for a `POST` of a form with `grant_type=refresh_token` to `server.fetch` or to a
   * listener: `listener.url + server.vydon.issuer.tokenPath`.
   */
  readonly tokenPath = "/vydon/issuer/token";

  /** Made by the server. */
  constructor(vydon: Vydon, policy: IssuerPolicy) {
    this.#vydon = vydon;
    this.#policy = policy;
  }

  /**
   * Signs a user in. Returns an access token and the first refresh token of a new family.
   *
   * ```ts
   * const { issuer } = server.vydon;
   * const auth = refreshableToken({
   *   refresh: (request) => issuer.refresh(request),
   *   initial: issuer.signIn({ email: "ada@example.com" }),
   *   clock: server.clock,
   * });
   * ```
   */
  signIn(options: { email: string }): VydonTokens & {
    /** What the next refresh is made with. */
    refreshToken: string;
  } {
    checkSignIn(options, "signIn");
    return grantTo(this.#vydon, this.#policy, options.email);
  }

  /**
   * Trades a refresh token for new tokens: the token endpoint without HTTP.
   *
   * @throws VydonIssuerError `invalid_grant` if the refresh token is unknown, used, expired or revoked, and `invalid_request` if
   * there is none. TypeError "fetch failed" if the answer is lost, see {@link VydonIssuer.loseAnswers}.
   */
  async refresh({ refreshToken }: { refreshToken: string | undefined }): Promise<VydonTokens> {
    if (refreshToken === undefined || refreshToken === "") {
      throw new VydonIssuerError("invalid_request", "the refresh token is missing");
    }
    const tokens = grantRefresh(this.#vydon, this.#policy, refreshToken);
    this.#mayLose();
    return tokens;
  }

  /**
   * Loses the answers of the next refreshes. The refresh token is used up all the same, and nobody gets the new one: over HTTP the
   * connection breaks, and {@link VydonIssuer.refresh} throws what `fetch` would. A refused refresh does not count.
   */
  loseAnswers(options: { times?: number } = {}): void {
    checkTimes(options, "loseAnswers");
    this.#setLost(options.times ?? 1);
  }

  /** Revokes a refresh token and all others of its sign-in. Access tokens last until they expire. @throws Error for an unknown one. */
  revoke(refreshToken: string): void {
    const { refreshTokens } = this.#vydon.state;
    const { familyId } = this.refreshToken(refreshToken);
    for (const { id } of refreshTokens.by("family", familyId)) refreshTokens.update(id, { revoked: true });
  }

  /**
   * All refresh tokens that were given out, oldest first, and how often each was used.
   *
   * ```ts
   * assert(server.vydon.issuer.refreshTokens().every(({ uses }) => uses <= 1));
   * ```
   */
  refreshTokens(): RefreshTokenRow[] {
    return [...this.#vydon.state.refreshTokens.all()];
  }

  /** What the issuer knows of a refresh token. @throws Error for an unknown one. */
  refreshToken(refreshToken: string): RefreshTokenRow {
    const row = this.#vydon.state.refreshTokens.get(refreshToken);
    if (row === undefined) throw new Error("the issuer has given out no such refresh token");
    return row;
  }

  #mayLose(): void {
    const left = this.#vydon.state.lostAnswers.get(lostAnswers)?.left ?? 0;
    if (left === 0) return;
    this.#setLost(left - 1);
    throw new ConnectionLost("fetch failed");
  }

  #setLost(left: number): void {
    const { lostAnswers: table } = this.#vydon.state;
    table.delete(lostAnswers);
    if (left > 0) table.insert({ id: lostAnswers, left });
  }
}
