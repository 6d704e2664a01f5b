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
import type { Carried } from "./calls/method-names.js";
import type { FaultBook, Stroke } from "./faults/faults.js";
import { planWireFault } from "./faults/transport-faults.js";
import { isBeforeTheCall, type WireFault } from "./faults/wire-faults.js";
import { passedDeadline } from "./http/timeout.js";
import { checkRules, type RulesVersion } from "./rules.js";
import type { Ids } from "./state/ids.js";
import type { PastTokens } from "./state/past-tokens.js";
import type { Guard } from "./state/strict.js";
import type { Clock } from "./time/clock.js";
import { type Era, eraKey, type Lifetime } from "./time/lifetime.js";

/** What all APIs of one server share. */
export interface Engine {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly lifetime: Pick<Lifetime, "current">;
  /** The tokens from before a reset. */
  readonly past: PastTokens;
  readonly calls: Pick<CallLog<Carried>, "begin" | "end">;
  readonly faults: Pick<FaultBook<string>, "strike">;
  /** Whether requests are checked by the rules in their schema. */
  readonly validate: boolean;
  /** Looks after each call whether what must always hold still does. */
  readonly guard?: Guard | undefined;
}

/**
 * What answers a call: all at once, so that no other call sees it half done. It throws before it writes, except if the
 * real server also keeps what it wrote.
 */
export type Resource<I extends DescMessage, O extends DescMessage, Who> = (
  request: MessageShape<I>,
  caller: Who,
) => MessageInitShape<O>;

/** How an API applies the rules of its schema. */
interface RulesPolicy {
  /** The version of protovalidate whose texts it has. Default "1.2". */
  readonly version?: RulesVersion;
  /** Whether it applies the rules before it looks at the token. Default false. */
  readonly beforeToken?: boolean;
}

/**
 * Makes RPCs of an API out of the functions that answer them. Each call is logged, delayed or failed if a fault says so,
 * authenticated, checked by the schema's rules, and answered, in this order.
 *
 * `authenticate` tells who calls, from the headers and the method's name. For RPCs that are open to all, make a second
 * one that asks for nothing: `createUnary(engine, "ona", () => undefined)`. The last parameter tells how the
 * API applies rules.
 */
export function createUnary<Who extends Caller | undefined>(
  engine: Engine,
  api: string,
  authenticate: (header: Headers, method: string) => Who,
  { version = "1.2", beforeToken = false }: RulesPolicy = {},
) {
  const { clock, calls, faults, lifetime, validate, guard } = engine;

  return function unary<I extends DescMessage, O extends DescMessage>(
    method: DescMethodUnary<I, O>,
    resource: Resource<I, O, Who>,
  ) {
    const { name, input, output } = method;
    const whoCalls = (header: Headers) => authenticate(header, name);

    function answer(request: MessageShape<I>, header: Headers, entry: CallEntry): MessageShape<O> {
      if (validate && beforeToken) checkRules(input, request, version);
      const caller = whoCalls(header);
      entry.caller = caller;
      if (validate && !beforeToken) checkRules(input, request, version);
      const late = passedDeadline(header);
      if (late !== undefined) throw late;
      const act = () => resource(request, caller);
      const response = create(output, guard === undefined ? act() : guard.watch(api, name, act));
      entry.response = response;
      return response;
    }

    async function strike(
      stroke: Stroke,
      request: MessageShape<I>,
      context: HandlerContext,
      entry: CallEntry,
      era: Era,
    ) {
      try {
        if (stroke.latencyMs > 0) await delay(clock, stroke.latencyMs, context);
        era.check();
        if (stroke.error !== undefined) throw stroke.error;
        if (stroke.wire !== undefined) applyLater(stroke, stroke.wire, context, entry);
        return answer(request, context.requestHeader, entry);
      } catch (error) {
        throw fail(entry, error);
      } finally {
        // A reset sets the clock back.
        entry.durationMs = Math.max(0, clock.now() - entry.at);
        calls.end(entry);
      }
    }

    /** Plans a wire fault for the response. @throws ConnectError if the call must not be carried out. */
    function applyLater(stroke: Stroke, wire: WireFault, context: HandlerContext, entry: CallEntry): void {
      planWireFault(context.values, `${api}.${name}`, { ...stroke, wire, clock });
      entry.wire = wire;
      if (isBeforeTheCall(wire)) throw new ConnectError(`${wire} (injected fault)`, Code.Unavailable);
    }

    return (
      request: MessageShape<I>,
      context: HandlerContext,
    ): MessageShape<O> | Promise<MessageShape<O>> => {
      const era = context.values.get(eraKey) ?? lifetime.current;
      era.check();
      const entry = new CallEntry(api, name, request, clock.now());
      calls.begin(entry);
      try {
        const stroke = faults.strike(entry, context.requestHeader, whoCalls);
        if (stroke !== undefined) return strike(stroke, request, context, entry, era);
        const response = answer(request, context.requestHeader, entry);
        calls.end(entry);
        return response;
      } catch (error) {
        const failed = fail(entry, error);
        calls.end(entry);
        throw failed;
      }
    };
  };
}

/** Waits on the server's clock, but no longer than the caller does: its deadline passes on this clock, too. */
async function delay(clock: Clock, ms: number, context: HandlerContext): Promise<void> {
  const left = context.timeoutMs();
  if (left === undefined || ms < left) return clock.sleep(ms, context.signal);
  await clock.sleep(Math.max(0, left), context.signal);
  throw new ConnectError("the operation timed out", Code.DeadlineExceeded);
}

function fail(entry: CallEntry, reason: unknown): ConnectError {
  const error = ConnectError.from(reason, Code.Internal);
  entry.error = error;
  return error;
}
