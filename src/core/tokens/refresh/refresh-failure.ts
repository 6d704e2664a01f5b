import { isTimeout } from "../../call/abort.js";
import type { ApiError } from "../../errors/api-error.js";
import { NetworkError } from "../../errors/errors.js";
import { isFailedCall } from "../../errors/failed-call.js";
import { isError, isNetworkFailure, textOf } from "../../errors/network.js";
import { copyCause } from "../../errors/secrets.js";
import { SessionChangedError, SignInAgainError, TokenRefreshError } from "../../errors/token-errors.js";
import { isRecord } from "../../json/fields.js";

/**
 * A failure that all waiting callers share. Each caller gets its own error, because the details of its call are added to
 * the error.
 */
export class SharedFailure {
  /** Creates the error for one caller. */
  readonly toError: () => ApiError;
  /** Whether only a sign-in helps, and nothing more is sent: the session has ended, or the server has refused the refresh token. */
  isFinal: boolean;

  constructor(
    Type: new (message: string, context: { cause?: unknown }) => ApiError,
    message: string,
    { cause, isFinal = false }: { cause?: unknown; isFinal?: boolean } = {},
  ) {
    this.toError = () => new Type(message, { cause });
    this.isFinal = isFinal;
  }
}

/**
 * The errors of OAuth and OpenID Connect after which only a new sign-in helps. Temporary errors, such as
 * `server_error`, are not in the list.
 */
const oauthError =
  /\b(invalid_(grant|client|request|scope|token)|unauthorized_client|unsupported_grant_type|access_denied|(login|interaction|consent|account_selection)_required)\b/;

/** The properties in which the errors of HTTP libraries and OAuth clients have the server's response. */
const places = ["error", "code", "response", "data", "body", "json", "cause", "message"];

/**
 * Finds the OAuth error in what `refresh` threw or returned. Returns undefined if there is none.
 *
 * @example `oauthErrorIn(axiosError)` reads `axiosError.response.data.error`.
 */
export function oauthErrorIn(value: unknown, depth = 0): string | undefined {
  if (typeof value === "string") return oauthError.exec(value)?.[0];
  if (depth > 6 || typeof value !== "object" || value === null) return undefined;
  for (const place of places) {
    const found = oauthErrorIn(propertyOf(value, place), depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

function propertyOf(value: object, name: string): unknown {
  try {
    return Reflect.get(value, name);
  } catch {
    // A getter threw an error. It counts as a missing value.
    return undefined;
  }
}

/** Returns the failure for a result of `refresh` that is not a pair of tokens. `problem` describes the mistake. */
export function invalidResult(result: unknown, problem: string): SharedFailure {
  const code = isRecord(result) ? oauthErrorIn(result["error"]) : undefined;
  if (code) return refused(code, code);
  return new SharedFailure(TokenRefreshError, `the result of \`refresh\` ${problem}`);
}

/** Returns the failure for an error that `refresh` threw. `secrets` are removed from it. */
export function refreshFailure(reason: unknown, secrets: readonly string[]): SharedFailure {
  if (reason instanceof SharedFailure) return reason;
  const cause = copyCause(reason, secrets);
  const text = textOf(cause);
  // Its message describes the problem.
  if (reason instanceof SignInAgainError) {
    return new SharedFailure(SignInAgainError, text, { cause });
  }
  const code = oauthErrorIn(reason);
  if (code || isFailedCall(reason, /^\[unauthenticated]/)) {
    return refused(code, code ?? text, cause);
  }
  if (isTimeout(reason) || isFailedCall(reason, /^\[deadline_exceeded]/) || isNetworkFailure(reason)) {
    return new SharedFailure(NetworkError, `\`refresh\` got no response from its server: ${text}`, {
      cause,
    });
  }
  const what = isError(reason) ? cause : `a value that is not an Error: ${text}`;
  return new SharedFailure(TokenRefreshError, `\`refresh\` threw ${what}`, { cause });
}

function refused(code: string | undefined, detail: string, cause?: unknown): SharedFailure {
  return signInAgain(`the server refuses to refresh the token (${detail})`, {
    cause,
    isFinal: code === "invalid_grant",
  });
}

/** Returns the failure for a session that is over. */
export function signInAgain(why: string, about?: { cause?: unknown; isFinal?: boolean }): SharedFailure {
  return new SharedFailure(SignInAgainError, `${why}. Sign in again.`, about);
}

/** Returns the failure if the store, or a call, has the tokens of another session. */
export function sessionChanged(): SharedFailure {
  return new SharedFailure(
    SessionChangedError,
    "another sign-in has replaced this session: the store has its tokens. Start again for the new session.",
    { isFinal: true },
  );
}
