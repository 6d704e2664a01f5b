import type { DescMethod } from "@bufbuild/protobuf";
import { MethodOptions_IdempotencyLevel } from "@bufbuild/protobuf/wkt";
import { Code, ConnectError, type Transport } from "@connectrpc/connect";
import { isTimeout, within } from "./abort.js";
import { callOf, retryOptionsOf } from "./call.js";
import type { Clock } from "./clock.js";
import { retryAfterMsOf } from "./error-details.js";
import { isNetworkFailure, provesUnsent } from "./failure.js";
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
    const base = settings.retry || { maxAttempts: 1 };
    const options =
      override === false ? { maxAttempts: 1 } : override ? { ...settings.retry, ...override } : base;
    const repeatable = isRepeatable(method) || (override ? override.unsafe === true : false);
    for (let attempts = 1; ; attempts++) {
      const remainingMs = deadline - clock.now();
      try {
        const send = (bounded: AbortSignal | undefined, limitMs: number) =>
          next.unary(
            method,
            bounded,
            Number.isFinite(limitMs) ? limitMs : undefined,
            header,
            input,
            contextValues,
          );
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
          // The attempt's own limit: kept by us, by Connect or by the server, whoever was first.
          noAnswer: isTimeout(reason) || error.code === Code.DeadlineExceeded || isNetworkFailure(reason),
          unsent: provesUnsent(reason),
          retryAfterMs: retryAfterMsOf(error, clock.now()),
        };
        const state = { attempts, repeatable, remainingMs: deadline - clock.now(), budget: budget.left };
        const delayMs = retryDelayMs(failure, state, options);
        if (delayMs === undefined) throw reason;
        budget.spend();
        if (call && hooks.onRetry)
          emit(hooks.onRetry.bind(hooks), { call: call.info, attempts, delayMs, error });
        await clock.sleep(delayMs, signal);
      }
    }
  });
}

/** Whether our schemas declare that a repeat of the same request does no harm. */
function isRepeatable(method: DescMethod): boolean {
  return method.idempotency !== MethodOptions_IdempotencyLevel.IDEMPOTENCY_UNKNOWN;
}
