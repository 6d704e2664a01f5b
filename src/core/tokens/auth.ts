import { invalidArgument } from "../errors/invalid-argument.js";

/** A source of tokens that can replace a token: see `refreshableToken`. */
export interface TokenSource {
  /**
   * Returns a token that can be sent now. If it throws, the call fails with:
   *
   * - your own error if it is an `ApiError` without a `method`;
   * - `NetworkError` if the request for the token timed out or got no response, or if its server is down or limits requests;
   * - `UnauthenticatedError` in all other cases.
   */
  token(options: {
    /** Ends this caller's wait, not a refresh that others wait for too. Undefined if nothing ends it. */
    signal?: AbortSignal | undefined;
    /** The token that the server has just refused. Return another one if there is one. Undefined before a refusal. */
    rejected?: string | undefined;
    /**
     * The token that this call was sent with before. If the user has changed since then, throw. Undefined for the
     * first request of a call.
     */
    sent?: string | undefined;
  }): Promise<string>;
  /** Accepts the tokens of a sign-in, such as the tokens that FAM's `AcceptInvitation` returns. */
  accept?(tokens: {
    /** The token to send with calls from now on. */
    accessToken: string;
    /** The token for the next refresh. Left out if there is none. */
    refreshToken?: string | undefined;
  }): Promise<void>;
}

/**
 * How a client authenticates: a token (an API key, a personal access token, a JWT), a function that returns one and
 * is called before each request, or a {@link TokenSource}. It is sent as `Authorization: Bearer TOKEN`, so pass the token
 * without "Bearer ".
 */
export type Auth = string | (() => string | Promise<string>) | TokenSource;

/**
 * Returns a {@link TokenSource} for each of the three kinds of {@link Auth}.
 *
 * @throws InvalidArgumentError if `auth` is of another type, or cannot be sent.
 */
export function toTokenSource(auth: Auth): TokenSource {
  if (typeof auth === "function") return { token: async () => auth() };
  if (typeof auth !== "string") {
    if (typeof auth?.token === "function") return auth;
    throw invalidArgument("auth", "must be a string, a function or a TokenSource");
  }
  const problem = tokenProblem(auth);
  if (problem) throw invalidArgument("auth", problem);
  return { token: async () => auth };
}

/**
 * Describes why a token cannot be sent; "" if it can. A token is visible ASCII only: the platform refuses other characters too,
 * but its error contains the token.
 */
export function tokenProblem(token: unknown): string {
  if (!token) return "is empty";
  if (typeof token !== "string") return "must return a string";
  return /^[!-~]+$/.test(token) ? "" : 'must be one word, without "Bearer "';
}
