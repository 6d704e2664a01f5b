import type { Transport } from "@connectrpc/connect";
import { authLayer, type TokenSource } from "./auth.js";
import { callLayer } from "./call-layer.js";
import { systemClock } from "./clock.js";
import { hooksLayer } from "./hooks.js";
import type { CommonOptions } from "./options.js";
import { type RetryBudget, retryLayer } from "./retry.js";

/**
 * Puts the layers on a base, outermost last: a call passes
 * `call → retry → auth → hooks → base`, and its answer comes back the same way.
 */
export function layered(
  base: Transport,
  options: CommonOptions,
  shared: { source: TokenSource | undefined; budget: RetryBudget; baseUrl?: string | undefined },
): Transport {
  const {
    clock = systemClock,
    hooks = {},
    headers,
    retry = {},
    attemptTimeoutMs,
    timeoutMs = 60_000,
  } = options;
  let transport = hooksLayer(base, hooks, clock);
  transport = authLayer(transport, { source: shared.source, headers, clock });
  transport = retryLayer(transport, { retry, attemptTimeoutMs, budget: shared.budget, clock, hooks });
  return callLayer(transport, { baseUrl: shared.baseUrl, timeoutMs, clock, hooks });
}
