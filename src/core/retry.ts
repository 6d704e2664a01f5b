import type { DescMethod } from "@bufbuild/protobuf";
import { MethodOptions_IdempotencyLevel } from "@bufbuild/protobuf/wkt";
import { Code, ConnectError, type Transport } from "@connectrpc/connect";
import { isTimeout, within } from "./abort.js";
import { callOf, retryOptionsOf } from "./call.js";
import type { Clock } from "./clock.js";
import { retryAfterMsOf } from "./error-details.js";
import { isNetworkFailure, provesUnsent, toApiError } from "./failure.js";
import { emit, type Hooks } from "./hooks.js";
import { unaryLayer } from "./layer.js";
import { type RetryOptions, retryDelayMs } from "./retry-policy.js";

/** The retries that a client may still spend; clients made by `withOptions` share one. */
export class RetryBudget {
  readonly #capacity: number;
  #left: number;

  constructor(capacity = 100) {
    this.#capacity = capacity;
    this.#left = capacity;
  }

  get left(): number {
    return this.#left;
  }

  spend(): void {
    this.#left -= 1;
  }

  earn(): void {
    this.#left = Math.min(this.#capacity, this.#left + 0.1);
  }
}

/** The layer that gives each attempt its own time, and repeats those that failed where that is safe. */
export function retryLayer(
  next: Transport,
  settings: {
    retry: RetryOptions | false;
    attemptTimeoutMs: number | undefined;
    budget: RetryBudget;
    clock: Clock;
    hooks: Hooks;
  },
): Transport {
  const { budget, clock, hooks } = settings;
  const attemptMs = settings.attemptTimeoutMs ?? Number.POSITIVE_INFINITY;
  return unaryLayer(next, async (method, signal, timeoutMs, header, input, contextValues) => {
    const call = callOf(contextValues);
    const deadline = call?.deadline ?? clock.now() + (timeoutMs ?? Number.POSITIVE_INFINITY);
    const override = retryOptionsOf(contextValues);
    const never = { maxAttempts: 1 };
    const options = override === false ? never : { ...(settings.retry || never), ...override };
    const repeatable = isRepeatable(method) || (override !== false && override?.unsafe === true);
    for (let attempts = 1; ; attempts++) {
      const remainingMs = deadline - clock.now();
      try {
        const send = (bounded: AbortSignal | undefined, limitMs: number) =>
          next.unary(method, bounded, limitMs, header, input, contextValues);
        // The call's own deadline is kept above: an attempt needs a timer only where its time is shorter.
        const response = await (attemptMs < remainingMs
          ? within({ signal, timeoutMs: attemptMs, clock }, (bounded) => send(bounded, attemptMs))
          : send(signal, remainingMs));
        budget.earn();
        return response;
      } catch (reason) {
        if (signal?.aborted) throw reason;
        const error = ConnectError.from(reason);
        const failure = {
          code: error.code,
          noAnswer:
            isTimeout(reason) ||
            isNetworkFailure(reason) ||
            // The attempt's own limit again, kept by the server or by a transport.
            (error.code === Code.DeadlineExceeded && attemptMs < remainingMs),
          // A rate limiter refuses before anything is done. (Connect has the code for an answer too large, too.)
          unsent: provesUnsent(reason) || (error.code === Code.ResourceExhausted && error.isWireError),
          retryAfterMs: retryAfterMsOf(error, clock.now()),
        };
        const state = { attempts, repeatable, remainingMs: deadline - clock.now(), budget: budget.left };
        const delayMs = retryDelayMs(failure, state, options);
        if (delayMs === undefined) throw reason;
        budget.spend();
        if (call && hooks.onRetry) {
          const failed = toApiError(reason, { method, call, now: clock.now() });
          emit(hooks.onRetry.bind(hooks), {
            call: call.info,
            attempts: call.attempts,
            delayMs,
            error: failed,
          });
        }
        await clock.sleep(delayMs, signal);
      }
    }
  });
}

/** Whether our schemas declare that a repeat of the same request does no harm. */
function isRepeatable(method: DescMethod): boolean {
  return method.idempotency !== MethodOptions_IdempotencyLevel.IDEMPOTENCY_UNKNOWN;
}
