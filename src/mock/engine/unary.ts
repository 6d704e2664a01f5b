import {
  create,
  type DescMessage,
  type DescMethodUnary,
  type MessageInitShape,
  type MessageShape,
} from "@bufbuild/protobuf";
import { Code, ConnectError, type HandlerContext } from "@connectrpc/connect";
import { CallEntry } from "./calls/call-log.js";
import type { Caller } from "./calls/calls.js";
import type { Engine } from "./engine.js";
import type { PlannedWireFault } from "./faults/apply-wire-fault.js";
import type { FaultEffect } from "./faults/faults.js";
import { eraOf, planWireFault } from "./faults/transport-faults.js";
import { isBeforeTheCall } from "./faults/wire-faults.js";
import { deadlineError, timeoutOf } from "./http/timeout.js";
import { checkRules, type RulesVersion } from "./rules.js";
import type { Clock } from "./time/clock.js";
import type { Era } from "./time/lifetime.js";

/**
 * Carries out a call. It never waits, so no other call sees an unfinished change. If it throws, it has written nothing, except if
 * the real server also keeps the writes before an error.
 */
export type Respond<I extends DescMessage, O extends DescMessage, Who> = (
  request: MessageShape<I>,
  caller: Who,
  header: Headers,
) => MessageInitShape<O>;

/** A method in the form that a Connect router accepts. */
export type Rpc<I extends DescMessage, O extends DescMessage> = (
  request: MessageShape<I>,
  context: HandlerContext,
) => MessageShape<O> | Promise<MessageShape<O>>;

/** How an API handles its calls. */
interface UnaryPolicy<Who> {
  /** Whether it applies the rules of the schema. Default true. */
  readonly appliesRules?: boolean;
  /** The version of protovalidate that its error texts come from. Default "1.2". */
  readonly version?: RulesVersion;
  /** Runs for each call with an authenticated caller. Default: does nothing. */
  readonly onCaller?: (caller: Who) => void;
}

/**
 * Creates a function that converts a {@link Respond} to an RPC of an API. The steps of a call are: log it, apply its fault, check the
 * rules of the schema, identify the caller, refuse it if its deadline has passed, and carry it out.
 *
 * @param authenticate - returns the caller, from the headers and the method's name. It must not change the state, because it also
 * runs for a fault's `when`. For RPCs without a token, create a second function: `createUnary(engine, "ona", () => undefined)`.
 * @returns the function. Its `accountOf` returns the account that the request names. Default: the field `accountId` or
 * `organizationId`.
 */
export function createUnary<Who extends Caller | undefined>(
  engine: Engine,
  api: string,
  authenticate: (header: Headers, method: string) => Who,
  { appliesRules = true, version, onCaller }: UnaryPolicy<Who> = {},
) {
  const { clock, calls, faults, lifetime, runStrictly, validate } = engine;

  return function unary<I extends DescMessage, O extends DescMessage>(
    { name, input, output }: DescMethodUnary<I, O>,
    respond: Respond<I, O, Who>,
    accountOf?: (request: MessageShape<I>) => string | undefined,
  ): Rpc<I, O> {
    const callerOf = (header: Headers) => authenticate(header, name);

    function carryOut(request: MessageShape<I>, header: Headers, entry: CallEntry): MessageShape<O> {
      if (validate && appliesRules) checkRules(input, request, clock.now(), version);
      const caller = callerOf(header);
      entry.caller = caller;
      onCaller?.(caller);
      if (timeoutOf(header) === 0) throw deadlineError();
      const act = () => respond(request, caller, header);
      const response = create(output, runStrictly === undefined ? act() : runStrictly(`${api}.${name}`, act));
      entry.response = response;
      return response;
    }

    return (request, context) => {
      const era = eraOf(context.values) ?? lifetime.current;
      era.check();
      const entry = new CallEntry(api, name, request, clock.now(), accountOf && (() => accountOf(request)));
      if (engine.requestIds !== undefined) {
        entry.requestId = engine.requestIds.uuid();
        context.responseHeader.set("x-request-id", entry.requestId);
      }
      calls.begin(entry);
      const header = context.requestHeader;
      try {
        const effect = faults.effectOn(entry, context, callerOf);
        // The promise is not awaited, because it logs its own end.
        if (effect !== undefined)
          return carryOutWithFault(engine, { entry, effect, context, era }, () =>
            carryOut(request, header, entry),
          );
        const response = carryOut(request, header, entry);
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

/** A call that a fault applies to. */
interface FaultyCall {
  readonly entry: CallEntry;
  readonly effect: FaultEffect;
  readonly context: HandlerContext;
  readonly era: Era;
}

async function carryOutWithFault<Response>(
  { clock, calls }: Engine,
  { entry, effect, context, era }: FaultyCall,
  carryOut: () => Response,
): Promise<Response> {
  try {
    if (effect.latencyMs > 0) await delay(clock, effect.latencyMs, context);
    era.check();
    if (effect.error !== undefined) throw effect.error;
    if (effect.wire !== undefined) planWire({ ...effect, wire: effect.wire, clock }, entry, context);
    const response = carryOut();
    if (effect.lateError === undefined) return response;
  } catch (error) {
    throw recordError(entry, error);
  } finally {
    await effect.afterwards?.();
    // A reset may have set the clock back.
    entry.durationMs = Math.max(0, clock.now() - entry.at);
    calls.end(entry);
  }
  // The log keeps the response, as with a wire fault.
  throw effect.lateError;
}

/** Plans a wire fault for the response. @throws ConnectError if the call must not be carried out. */
function planWire(planned: PlannedWireFault, entry: CallEntry, { values }: HandlerContext): void {
  const { wire } = planned;
  planWireFault(values, `${entry.api}.${entry.method}`, planned);
  entry.wire = wire;
  if (isBeforeTheCall(wire)) throw new ConnectError(`${wire} (injected fault)`, Code.Unavailable);
}

/** Waits on the server's clock, at most until the caller's deadline, which is counted on this clock too. */
async function delay(clock: Clock, ms: number, context: HandlerContext): Promise<void> {
  // The header's value, because `context.timeoutMs()` gets smaller as real time passes.
  const left = timeoutOf(context.requestHeader);
  if (left === undefined || ms < left) return clock.sleep(ms, context.signal);
  await clock.sleep(Math.max(0, left), context.signal);
  throw deadlineError();
}

function recordError(entry: CallEntry, reason: unknown): ConnectError {
  const error = ConnectError.from(reason, Code.Internal);
  entry.error = error;
  return error;
}
