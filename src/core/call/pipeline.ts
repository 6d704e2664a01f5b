import type { RetryBudget } from "../retry/retry-budget.js";
import { retryLayer } from "../retry/retry-layer.js";
import type { TokenSource } from "../tokens/auth.js";
import { authLayer } from "../tokens/auth-layer.js";
import { attemptLayer } from "./attempt-layer.js";
import type { HeaderRecord } from "./call.js";
import { type Caller, createCaller } from "./caller.js";
import { systemClock } from "./clock.js";
import { logHooks } from "./log-hooks.js";
import type { CommonOptions } from "./options.js";
import type { ClientTransport } from "./transport.js";

/** The parts of a client that `withOptions` shares with the new client. */
export interface Connection {
  readonly transport: ClientTransport;
  /** The address that hooks report. */
  readonly baseUrl: string | undefined;
  readonly budget: RetryBudget;
  /** Undefined for calls without a token. */
  readonly source: TokenSource | undefined;
  /** Whether the calls need no token. If so, errors do not suggest to set `auth`. */
  readonly needsNoToken?: boolean | undefined;
}

/** The options of a client, with the headers as they are sent. */
export interface PipelineOptions extends CommonOptions {
  readonly headers?: HeaderRecord | undefined;
}

/**
 * Puts the layers around a transport. A call passes through `call → retry → auth → attempt → transport`, and its
 * response comes back the same way.
 */
export function pipeline(connection: Connection, options: PipelineOptions): Caller {
  const { clock = systemClock, hooks, logger, logLevel } = options;
  const hookSets = [hooks, logHooks(logger, logLevel)].filter((set) => set !== undefined);
  const settings = { ...options, ...connection, clock, hooks: hookSets };
  let send = attemptLayer(settings);
  send = authLayer(send, settings);
  send = retryLayer(send, settings);
  return createCaller(send, settings);
}
