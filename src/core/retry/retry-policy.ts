import type { ApiError } from "../errors/api-error.js";
import type { ErrorCode } from "../errors/error-code.js";

/** How a client repeats failed calls. Every wait is bounded by the call's deadline and ends on abort. */
export interface RetryOptions {
  /** How many attempts a call has, with the first: a whole number, at least 1. Default 4; 1 means no retry. */
  readonly maxAttempts?: number;
  /** The back-off before the second attempt, in milliseconds, doubled for each one after. Default 200; 0 for none. */
  readonly initialDelayMs?: number;
  /** The longest back-off, in milliseconds. Default 10 000. A server's own `Retry-After` may be longer. */
  readonly maxDelayMs?: number;
  /**
   * How many retries the client may spend ahead of its successes, over all its calls. Each success gives a tenth of one
   * back. It keeps many clients from overloading a server that is down. A whole number. Default 100; 0 for no retries, Infinity
   * for no limit.
   */
  readonly budget?: number;
  /** A source of numbers from 0 to below 1, for the jitter. Default `Math.random`; tests pass their own. */
  readonly random?: () => number;
}

/** Retry options for one call. */
export interface CallRetryOptions extends Omit<RetryOptions, "budget"> {
  /**
   * Repeat this call even if its method is not safe to repeat. The server may then act twice. Default false.
   */
  readonly unsafe?: boolean;
}

/** What a decision depends on, apart from the error. */
export interface RetryState {
  /** Attempts so far, the failed one included. */
  readonly attempts: number;
  /** Whether the attempt ran out of its own time. */
  readonly timedOut: boolean;
  /** Whether a repeat does no harm: by the method, because the caller said so, or because the server did not act. */
  readonly repeatable: boolean;
  /** Milliseconds left of the call's time. */
  readonly remainingMs: number;
  /** Retries left in the client's budget. */
  readonly budget: number;
}

const retryableCodes: readonly ErrorCode[] = ["unavailable", "resource_exhausted", "aborted"];

/**
 * How many milliseconds to wait before the next attempt; undefined if there must be none. A pure function of its arguments
 * and of `random`.
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
  const backOffMs = Math.round(random() * Math.min(maxDelayMs, initialDelayMs * 2 ** (state.attempts - 1)));
  const delayMs = retryAfterMs ?? backOffMs;
  // A wait that the deadline would cut short is useless: better to fail now.
  return delayMs < state.remainingMs ? delayMs : undefined;
}
