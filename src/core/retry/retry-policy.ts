import type { ApiError } from "../errors/api-error.js";
import type { ErrorCode } from "../errors/error-code.js";

/** How a client retries failed calls. Every wait ends at the call's deadline, or when its signal aborts. */
export interface RetryOptions {
  /**
   * The largest number of attempts of a call, including the first: a whole number, at least 1. Default 4; 1 for no
   * retry.
   */
  readonly maxAttempts?: number | undefined;
  /**
   * The longest back-off before the second attempt, in milliseconds. It doubles for each further attempt, and the
   * client waits a random part of it. Default 200; 0 for none.
   */
  readonly initialDelayMs?: number | undefined;
  /**
   * The longest back-off before any attempt, in milliseconds. Default 10 000. A server's `Retry-After` may be longer.
   */
  readonly maxDelayMs?: number | undefined;
  /**
   * The number of retries for all calls of the client together: a whole number. Each retry uses one up, and each
   * successful call adds a tenth of one, up to this number. It keeps clients from overloading a server that is down.
   * Default 100; 0 for no retries, Infinity for no limit.
   */
  readonly budget?: number | undefined;
  /**
   * Returns a number from 0 to below 1, for the random part of the back-off. Default `Math.random`. Tests pass their
   * own.
   */
  readonly random?: (() => number) | undefined;
}

/** Retry options for one call. */
export interface CallRetryOptions extends Omit<RetryOptions, "budget"> {
  /** Retries this call even if that is not safe. The server may then act twice. Default false. */
  readonly unsafe?: boolean | undefined;
}

/** The state that the decision depends on, in addition to the error. */
export interface RetryState {
  /** The number of attempts so far, including the failed one. A request that is repeated with a new token does not count again. */
  readonly attempts: number;
  /** Whether the attempt exceeded its own time limit. */
  readonly timedOut: boolean;
  /**
   * Whether a retry is safe: because of the method, because of the option `unsafe`, or because the server did not act.
   */
  readonly repeatable: boolean;
  /** The time left for the call, in milliseconds. */
  readonly remainingMs: number;
  /** The number of retries left in the client's budget. */
  readonly budget: number;
}

const retryableCodes: readonly ErrorCode[] = ["unavailable", "resource_exhausted", "aborted"];

/**
 * Returns how many milliseconds to wait before the next attempt, or undefined if there must be no further attempt. The
 * result depends only on the arguments and on `random`.
 */
export function retryDelayMs(
  { code, retryAfterMs }: Pick<ApiError, "code" | "retryAfterMs">,
  state: RetryState,
  options: Omit<RetryOptions, "budget">,
): number | undefined {
  const { maxAttempts = 4, initialDelayMs = 200, maxDelayMs = 10_000, random = Math.random } = options;
  // Ten tenths add up to a little less than 1.
  if (state.attempts >= maxAttempts || state.budget < 0.99 || !state.repeatable) return undefined;
  if (!state.timedOut && !retryableCodes.includes(code)) return undefined;
  const backOffMs = Math.round(
    random() * Math.min(maxDelayMs, initialDelayMs * 2 ** Math.min(state.attempts - 1, 50)),
  );
  const delayMs = retryAfterMs ?? backOffMs;
  // If the wait does not end before the deadline, fail now.
  return delayMs < state.remainingMs ? delayMs : undefined;
}
