import {
  create,
  type DescMessage,
  type DescMethodUnary,
  type MessageInitShape,
  type MessageShape,
} from "@bufbuild/protobuf";
import { Code, ConnectError, type HandlerContext } from "@connectrpc/connect";
import { CallEntry, type CallLog } from "./calls/call-log.js";
import type { Caller } from "./calls/calls.js";
import type { FaultEffect, InjectedFaults } from "./faults/faults.js";
import { planWireFault } from "./faults/transport-faults.js";
import { isBeforeTheCall, type WireFault } from "./faults/wire-faults.js";
import { deadlineError } from "./http/timeout.js";
import { checkRules, type RulesVersion } from "./rules.js";
import type { Ids } from "./state/ids.js";
import type { PastTokens } from "./state/past-tokens.js";
import type { Guard } from "./state/strict.js";
import type { Clock } from "./time/clock.js";
import { type Era, eraKey, type Lifetime } from "./time/lifetime.js";

/** What all APIs of one server share. */
export interface Engine {
  /** The name of the world that the server is. Undefined if it is none. */
  readonly world: string | undefined;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly lifetime: Pick<Lifetime, "current">;
  /** The tokens from before a reset. */
  readonly past: PastTokens;
  readonly calls: Pick<CallLog, "begin" | "end">;
  readonly faults: Pick<InjectedFaults, "effectOn">;
  /** Whether requests are checked by the rules in their schema. */
  readonly validate: boolean;
  /** Whether the server accepts what older vendor SDKs send. */
  readonly lenient: boolean;
  /** Checks the invariants after each call. Undefined if the server is not strict. */
  readonly guard: Guard | undefined;
}

/**
 * Carries out a call. It never waits, so no other call sees the state in between. It throws before it writes, unless the real
 * server keeps what it wrote too.
 */
export type Respond<I extends DescMessage, O extends DescMessage, Who> = (
  request: MessageShape<I>,
  caller: Who,
  header: Headers,
) => MessageInitShape<O>;

/** A method as a Connect router takes it. */
export type Rpc<I extends DescMessage, O extends DescMessage> = (
  request: MessageShape<I>,
  context: HandlerContext,
) => MessageShape<O> | Promise<MessageShape<O>>;

/** How an API applies the rules of its schema. */
interface RulesPolicy {
  /** The version of protovalidate whose error texts it has. Default "1.2". */
  readonly version?: RulesVersion;
  /** Whether it applies the rules before it checks the token. Default false. */
  readonly beforeToken?: boolean;
  /** Whether it applies the rules at all. Default true. */
  readonly enforced?: boolean;
}

/**
 * Makes a function that turns a {@link Respond} into an RPC of an API. Each call is logged, delayed or failed if a fault says so,
 * authenticated, checked by the schema's rules (first, with `beforeToken`), refused if its deadline has passed, and carried out.
 *
 * @param authenticate - returns who calls, from the headers and the method's name. For RPCs without a token, make a second
 * function: `createUnary(engine, "ona", () => undefined)`.
 */
export function createUnary<Who extends Caller | undefined>(
  engine: Engine,
  api: string,
  authenticate: (header: Headers, method: string) => Who,
  { version = "1.2", beforeToken = false, enforced = true }: RulesPolicy = {},
) {
  const { clock, calls, faults, lifetime, guard } = engine;
  const validate = engine.validate && enforced;

  return function unary<I extends DescMessage, O extends DescMessage>(
    method: DescMethodUnary<I, O>,
    respond: Respond<I, O, Who>,
  ): Rpc<I, O> {
    const { name, input, output } = method;
    const whoCalls = (header: Headers) => authenticate(header, name);

    function carryOut(request: MessageShape<I>, header: Headers, entry: CallEntry): MessageShape<O> {
      if (validate && beforeToken) checkRules(input, request, clock.now(), version);
      const caller = whoCalls(header);
      entry.caller = caller;
      if (validate && !beforeToken) checkRules(input, request, clock.now(), version);
      const late = deadlineError(header);
      if (late !== undefined) throw late;
      const act = () => respond(request, caller, header);
      const response = create(output, guard === undefined ? act() : guard.watch(api, name, act));
      entry.response = response;
      return response;
    }

    async function carryOutWithFault(
      effect: FaultEffect,
      request: MessageShape<I>,
      context: HandlerContext,
      entry: CallEntry,
      era: Era,
    ) {
      try {
        if (effect.latencyMs > 0) await delay(clock, effect.latencyMs, context);
        era.check();
        if (effect.error !== undefined) throw effect.error;
        if (effect.wire !== undefined) planWire(effect, effect.wire, context, entry);
        const response = carryOut(request, context.requestHeader, entry);
        if (effect.lateError === undefined) return response;
      } catch (error) {
        throw recordError(entry, error);
      } finally {
        await effect.afterwards?.();
        // A reset may have set the clock back.
        entry.durationMs = Math.max(0, clock.now() - entry.at);
        calls.end(entry);
      }
      // The log has the response, as with a wire fault.
      throw effect.lateError;
    }

    /** Plans a wire fault for the response. @throws ConnectError if the call must not be carried out. */
    function planWire(effect: FaultEffect, wire: WireFault, context: HandlerContext, entry: CallEntry): void {
      planWireFault(context.values, `${api}.${name}`, { ...effect, wire, clock });
      entry.wire = wire;
      if (isBeforeTheCall(wire)) throw new ConnectError(`${wire} (injected fault)`, Code.Unavailable);
    }

    return (request, context) => {
      const era = context.values.get(eraKey) ?? lifetime.current;
      era.check();
      const entry = new CallEntry(api, name, request, clock.now());
      calls.begin(entry);
      try {
        const effect = faults.effectOn(entry, context, whoCalls);
        // Not awaited: it logs its own end.
        if (effect !== undefined) return carryOutWithFault(effect, request, context, entry, era);
        const response = carryOut(request, context.requestHeader, entry);
        calls.end(entry);
        return response;
      } catch (error) {
        const failed = recordError(entry, error);
        calls.end(entry);
        throw failed;
      }
    };
  };
}

/** Waits on the server's clock, at most until the caller's deadline, which is counted on this clock too. */
async function delay(clock: Clock, ms: number, context: HandlerContext): Promise<void> {
  // The header's value, because `context.timeoutMs()` gets smaller as real time passes.
  const header = context.requestHeader.get("connect-timeout-ms");
  const left = header === null ? context.timeoutMs() : Number(header);
  if (left === undefined || ms < left) return clock.sleep(ms, context.signal);
  await clock.sleep(Math.max(0, left), context.signal);
  throw new ConnectError("the operation timed out", Code.DeadlineExceeded);
}

function recordError(entry: CallEntry, reason: unknown): ConnectError {
  const error = ConnectError.from(reason, Code.Internal);
  entry.error = error;
  return error;
}
