import { within } from "../call/abort.js";
import type { Send } from "../call/call.js";
import { type Clock, monotonicTime } from "../call/clock.js";
import { emit, type Hooks } from "../call/hooks.js";
import { RateLimitedError } from "../errors/errors.js";
import { provesUnsent } from "../errors/network.js";
import { toApiError } from "../errors/to-api-error.js";
import type { RetryBudget } from "./retry-budget.js";
import { type CallRetryOptions, type RetryOptions, retryDelayMs } from "./retry-policy.js";

/** Creates the layer that limits the time of each attempt and retries a failed one if that is safe. */
export function retryLayer(
  next: Send,
  settings: {
    readonly retry?: RetryOptions | false | undefined;
    readonly attemptTimeoutMs?: number | undefined;
    readonly budget: RetryBudget;
    readonly clock: Clock;
    readonly hooks: readonly Hooks[];
  },
): Send {
  const { budget, clock, hooks, attemptTimeoutMs: attemptMs = Infinity, retry = {} } = settings;
  const noRetry: CallRetryOptions = { maxAttempts: 1 };
  const defaults = retry || noRetry;
  return async (attempt) => {
    const { call, signal, deadline } = attempt;
    const own = (call.retry ?? defaults) || noRetry;
    // Only the call itself can allow this: a client's retry options have no `unsafe`.
    const isSafe = call.method.idempotency !== "unknown" || (call.retry || noRetry).unsafe === true;
    for (let attempts = 1; ; attempts++) {
      const startedAt = monotonicTime(clock);
      const remainingMs = deadline - startedAt;
      try {
        // The outermost layer enforces the call's deadline. An attempt needs a timer only if its own limit is shorter.
        const reply = await (attemptMs < remainingMs
          ? within({ signal, timeoutMs: attemptMs, clock }, (bounded) =>
              next({ ...attempt, signal: bounded, deadline: startedAt + attemptMs }),
            )
          : next(attempt));
        budget.left = Math.min(budget.capacity, budget.left + 0.1);
        return reply;
      } catch (reason) {
        if (signal.aborted) throw reason;
        const error = toApiError(reason, call);
        const state = {
          attempts,
          // The attempt's own limit may be enforced here, by the server, or by a transport.
          timedOut: error.code === "deadline_exceeded" && attemptMs < remainingMs,
          // A rate limiter refuses a request before the server acts on it.
          repeatable: isSafe || provesUnsent(reason) || error instanceof RateLimitedError,
          remainingMs: deadline - monotonicTime(clock),
          budget: budget.left,
        };
        const delayMs = retryDelayMs(error, state, {
          maxAttempts: own.maxAttempts ?? defaults.maxAttempts,
          initialDelayMs: own.initialDelayMs ?? defaults.initialDelayMs,
          maxDelayMs: own.maxDelayMs ?? defaults.maxDelayMs,
          random: own.random ?? defaults.random,
        });
        if (delayMs === undefined) throw reason;
        budget.left -= 1;
        emit(hooks, "onRetry", { call: call.info, attempts: call.attempts, delayMs, error });
        await clock.sleep(delayMs, signal);
      }
    }
  };
}
