import { Code, ConnectError, type HandlerContext } from "@connectrpc/connect";
import { methodNames } from "../apis.js";
import type { CallEntry } from "../engine/calls/call-log.js";
import type { FaultEffect } from "../engine/faults/faults.js";
import { canProduce } from "../engine/faults/transport-faults.js";
import { tokenIn } from "../engine/state/sessions.js";
import type { Internals } from "../internals.js";
import { type Case, type ExploreFault, exploreFaults, type Place } from "./cases.js";

/** A request of the test. */
export interface SeenCall extends Place {
  /** The faults that can hit it, the simplest first. */
  readonly faults: readonly ExploreFault[];
}

/** The requests of one run, while it lasts. */
export interface SeenCalls {
  /** The requests in order, without the requests of the second actor. */
  readonly calls: readonly SeenCall[];
  /** The number of requests, including the requests of the second actor. */
  readonly count: number;
  /** Whether the request of the case has been made. */
  readonly wasHit: boolean;
  /** Called with each request. */
  onCall: () => void;
}

/** Records the requests that reach a server, and applies the case to its request. `act` runs the second actor. */
export function watchCalls(
  internals: Internals,
  target: Case | undefined,
  act: () => Promise<void>,
): SeenCalls {
  const calls: SeenCall[] = [];
  const counts = new Map<string, number>();
  const seen = { calls, count: 0, wasHit: false, onCall: () => {} };
  let isActing = false;

  async function runActor(): Promise<void> {
    isActing = true;
    await act();
    isActing = false;
  }

  internals.faults.probe = (entry, context) => {
    seen.count++;
    seen.onCall();
    if (isActing) return undefined;
    const method = methodNames().of(entry);
    const nth = (counts.get(method) ?? 0) + 1;
    counts.set(method, nth);
    const faults = exploreFaults.filter((fault) => canHit(fault, internals, entry, context));
    calls.push({ method, nth, faults });
    if (target?.method !== method || target.nth !== nth) return undefined;
    seen.wasHit = true;
    return effectOf(target.fault, internals, entry, context, runActor);
  };
  return seen;
}

function canHit(
  fault: ExploreFault,
  { sessions }: Internals,
  { api }: CallEntry,
  { requestHeader, values, timeoutMs }: HandlerContext,
): boolean {
  switch (fault) {
    case "lost_response":
      return canProduce(values, "lost_response");
    case "cut_body":
      return canProduce(values, "cut_body");
    case "expired_token":
      return sessions(api)?.has(tokenIn(requestHeader.get("authorization")) ?? "") === true;
    case "slower_than_deadline":
      return timeoutMs() !== undefined;
    default:
      return true;
  }
}

function effectOf(
  fault: ExploreFault,
  { sessions }: Internals,
  { api }: CallEntry,
  { requestHeader, timeoutMs }: HandlerContext,
  act: () => Promise<void>,
): Partial<FaultEffect> | undefined {
  switch (fault) {
    case "unavailable_before_commit":
      return { error: unavailable() };
    case "unavailable_after_commit":
      return { lateError: unavailable() };
    case "lost_response":
      return { wire: "lost_response" };
    case "cut_body":
      return { wire: "cut_body" };
    case "rate_limited":
      return {
        error: new ConnectError("too many requests (explored fault)", Code.ResourceExhausted, {
          "retry-after": "2",
        }),
      };
    case "slower_than_deadline":
      // The handler ends at the deadline, which is always earlier than this.
      return { latencyMs: (timeoutMs() ?? 0) + 60_000 };
    case "second_actor":
      return { afterwards: act };
    case "expired_token":
      sessions(api)?.expire(tokenIn(requestHeader.get("authorization")) ?? "");
      return undefined;
  }
}

/** Returns an error. Its text is the same before and after the commit, because a client cannot distinguish the two. */
function unavailable(): ConnectError {
  return new ConnectError("the server is unavailable (explored fault)", Code.Unavailable);
}
