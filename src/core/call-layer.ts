import type { Transport } from "@connectrpc/connect";
import { within } from "./abort.js";
import { type Call, withCall } from "./call.js";
import type { Clock } from "./clock.js";
import { toApiError } from "./failure.js";
import { emit, type Hooks } from "./hooks.js";
import { unaryLayer } from "./layer.js";

/**
 * The outermost layer. It opens the call, keeps its deadline and its caller's
 * abort, and makes an `ApiError` of whatever fails beneath it.
 */
export function callLayer(
  next: Transport,
  settings: { baseUrl: string | undefined; timeoutMs: number; clock: Clock; hooks: Hooks },
): Transport {
  const { baseUrl, clock, hooks } = settings;
  return unaryLayer(
    next,
    async (method, signal, timeoutMs = settings.timeoutMs, header, input, contextValues) => {
      // As in Connect, zero or less means no deadline.
      const limitMs = timeoutMs > 0 ? timeoutMs : Number.POSITIVE_INFINITY;
      const startedAt = clock.now();
      const call: Call = {
        info: { service: method.parent.typeName, method: method.name, baseUrl, startedAt },
        deadline: startedAt + limitMs,
        attempts: 0,
        authenticated: false,
      };
      const values = withCall(contextValues, call);
      try {
        return await within({ signal, timeoutMs: limitMs, clock }, (bounded) =>
          next.unary(method, bounded, limitMs, header, input, values),
        );
      } catch (reason) {
        const error = toApiError(reason, { method, call, canceled: signal?.aborted, now: clock.now() });
        emit(hooks.onError?.bind(hooks), { call: call.info, attempts: call.attempts, error });
        throw error;
      }
    },
  );
}
