import {
  create,
  type DescMessage,
  type DescMethodUnary,
  type MessageInitShape,
  type MessageShape,
} from "@bufbuild/protobuf";
import { Code, ConnectError, type HandlerContext } from "@connectrpc/connect";
import { CallEntry, type Caller, type CallLog } from "./calls.js";
import type { Clock } from "./clock.js";
import type { FaultBook, Stroke } from "./faults.js";
import type { Ids } from "./ids.js";
import type { Carried } from "./methods.js";
import { checkRules } from "./rules.js";

/** What all APIs of one server share. */
export interface Engine {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly calls: Pick<CallLog<Carried>, "begin">;
  readonly faults: Pick<FaultBook<string>, "strike">;
  /** Whether requests are checked by the rules in their schema. */
  readonly validate: boolean;
}

/**
 * What answers a call: all at once, so that no other call sees it half done. It throws before it writes, never after.
 */
export type Resource<I extends DescMessage, O extends DescMessage, Who> = (
  request: MessageShape<I>,
  caller: Who,
) => MessageInitShape<O>;

/**
 * Makes RPCs of an API out of the functions that answer them. Each call is logged, delayed or failed where a fault says so,
 * authenticated, checked by the schema's rules, and answered, in this order.
 *
 * `authenticate` says whom the headers stand for. For RPCs that are open to all, make a second one that asks for nothing:
 * `createUnary(engine, "ona", () => undefined)`.
 */
export function createUnary<Who extends Caller | undefined>(
  engine: Engine,
  api: string,
  authenticate: (header: Headers) => Who,
) {
  const { clock, calls, faults, validate } = engine;

  return function unary<I extends DescMessage, O extends DescMessage>(
    method: DescMethodUnary<I, O>,
    resource: Resource<I, O, Who>,
  ) {
    const { name, input, output } = method;

    function answer(request: MessageShape<I>, header: Headers, entry: CallEntry): MessageShape<O> {
      const caller = authenticate(header);
      entry.caller = caller;
      if (validate) checkRules(input, request);
      const response = create(output, resource(request, caller));
      entry.response = response;
      return response;
    }

    async function strike(
      stroke: Stroke,
      request: MessageShape<I>,
      context: HandlerContext,
      entry: CallEntry,
    ) {
      try {
        if (stroke.latencyMs > 0) await delay(clock, stroke.latencyMs, context);
        if (stroke.error !== undefined) throw stroke.error;
        return answer(request, context.requestHeader, entry);
      } catch (error) {
        throw fail(entry, error);
      } finally {
        entry.durationMs = clock.now() - entry.at;
      }
    }

    return (
      request: MessageShape<I>,
      context: HandlerContext,
    ): MessageShape<O> | Promise<MessageShape<O>> => {
      const entry = new CallEntry(api, name, request, clock.now());
      calls.begin(entry);
      const stroke = faults.strike(api, name);
      if (stroke !== undefined) return strike(stroke, request, context, entry);
      try {
        return answer(request, context.requestHeader, entry);
      } catch (error) {
        throw fail(entry, error);
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
