import type { CallLog } from "./calls/call-log.js";
import type { InjectedFaults } from "./faults/faults.js";
import type { Ids } from "./state/ids.js";
import type { PastTokens } from "./state/past-tokens.js";
import type { Clock } from "./time/clock.js";
import type { Lifetime } from "./time/lifetime.js";

/** The parts of a server that all of its APIs share. */
export interface Engine {
  /** The server's name as a world. Undefined if it is not a world. */
  readonly world: string | undefined;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly lifetime: Pick<Lifetime, "current">;
  /** The tokens that a reset has removed. It also explains why any other token is not valid. */
  readonly past: PastTokens;
  readonly calls: Pick<CallLog, "begin" | "end">;
  readonly faults: Pick<InjectedFaults, "effectOn">;
  /** Whether requests are checked by the rules in their schema. */
  readonly validate: boolean;
  /** Whether the server accepts what older vendor SDKs send. */
  readonly lenient: boolean;
  /** Creates the ids of requests. Undefined if responses have none. A reset replaces it. */
  readonly requestIds: Ids | undefined;
  /** Carries out a call, and undoes it if it breaks an invariant. Undefined if the server is not strict. */
  readonly runStrictly: (<T>(call: string, act: () => T) => T) | undefined;
}
