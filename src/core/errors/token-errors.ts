import { ApiError } from "./api-error.js";
import { UnauthenticatedError } from "./errors.js";

/**
 * The session has ended: the server refuses the refresh token, or the user has signed out. Only a new sign-in helps.
 * Pass its tokens to `accept` of the `refreshableToken`.
 */
export class SignInAgainError extends UnauthenticatedError {
  static override readonly kind = "SignInAgainError";
  declare readonly name: "SignInAgainError";
}

/**
 * Another session has begun: the store contains the tokens of a later sign-in. The call was not retried with them.
 * Start again for the new session, for example by reloading the page.
 */
export class SessionChangedError extends ApiError {
  static override readonly kind = "SessionChangedError";
  static override readonly code = "failed_precondition";
  declare readonly name: "SessionChangedError";
}

/** The `refresh` function failed, returned something that is not a pair of tokens, or did not settle in time. */
export class TokenRefreshError extends ApiError {
  static override readonly kind = "TokenRefreshError";
  static override readonly code = "internal";
  declare readonly name: "TokenRefreshError";
}

/**
 * A token store cannot be read, written or cleared, and no valid token is in memory. The message contains the store's name and the
 * operation that failed. Repair the store: the next call tries again. `attempts` is 0 if the call was not sent.
 */
export class TokenStoreError extends ApiError {
  static override readonly kind = "TokenStoreError";
  static override readonly code = "unavailable";
  declare readonly name: "TokenStoreError";
}
