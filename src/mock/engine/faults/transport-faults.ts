import {
  Code,
  ConnectError,
  type ContextKey,
  type ContextValues,
  createContextValues,
} from "@connectrpc/connect";
import type { UniversalHandler, UniversalServerRequest } from "@connectrpc/connect/protocol";
import { readAll } from "../http/bytes.js";
import type { Era, Lifetime } from "../time/lifetime.js";
import { applyWireFault, type PlannedWireFault } from "./apply-wire-fault.js";
import type { WireFault } from "./wire-faults.js";

/** The data that the transport of one call shares with its handler. */
interface CallTransport {
  /** The era in which the request arrived. Undefined if the services do not belong to a mock server. */
  readonly era: Era | undefined;
  /** The wire faults that the transport cannot produce, and why. */
  readonly limits: TransportLimits | undefined;
  /** What the transport does to the response. The handler sets it. */
  planned: PlannedWireFault | undefined;
}

/** The wire faults that a transport cannot produce. */
export interface TransportLimits {
  readonly cannot: readonly WireFault[];
  /** Completes the text "the call came through …". */
  readonly reason: string;
}

const key: ContextKey<CallTransport | undefined> = {
  // The listener may come from another copy of this module than the server.
  id: Symbol.for("tenantry.mock.call-transport"),
  defaultValue: undefined,
};

/**
 * Applies the wire faults that a method's handler plans to its responses.
 *
 * @param lifetime - the eras of the method's server. A call belongs to the era in which its request arrives here.
 * @param limits - the faults that this transport cannot produce. Default: it can produce all of them.
 * @throws ConnectionLost if the fault breaks the connection.
 */
export function withWireFaults(
  handler: UniversalHandler,
  lifetime: Lifetime | undefined,
  limits?: TransportLimits,
): UniversalHandler {
  async function handle(request: UniversalServerRequest) {
    if (lifetime?.isOver) return never();
    const era = lifetime?.current;
    const transport: CallTransport = { era, limits, planned: undefined };
    const contextValues = (request.contextValues ?? createContextValues()).set(key, transport);
    const signal = lifetime?.bound(request.signal) ?? request.signal;
    const response = await handler({ ...request, signal, contextValues });
    if (lifetime?.isOver) {
      // The response is read although no client receives it, because a handler keeps the timer of its deadline until its
      // response has ended.
      await readAll(response.body);
      return never();
    }
    const { planned } = transport;
    return planned === undefined ? response : applyWireFault(response, planned, signal, era);
  }
  return Object.assign(handle, handler);
}

/**
 * Plans a wire fault for the response to a call.
 *
 * @param method - the RPC, for the error's text.
 * @throws ConnectError `internal` if the call's transport cannot produce the fault.
 */
export function planWireFault(values: ContextValues, method: string, planned: PlannedWireFault): void {
  const { wire } = planned;
  const transport = values.get(key);
  if (transport !== undefined && canProduce(values, wire)) {
    transport.planned = planned;
    return;
  }
  const reason = transport?.limits?.reason ?? "a router that the mock does not control";
  throw new ConnectError(
    `the fault "${wire}" cannot be applied to ${method}: the call came through ${reason}. ` +
      "Use server.fetch (session.connect() has it) or the URL of a listener (tenantry/mock/node).",
    Code.Internal,
  );
}

/** Checks whether the transport of a call can produce a wire fault. */
export function canProduce(values: ContextValues, wire: WireFault): boolean {
  const transport = values.get(key);
  return transport !== undefined && !transport.limits?.cannot.includes(wire);
}

function never(): Promise<never> {
  return new Promise(() => {});
}

/** Returns the era in which the request of a call arrived. Undefined if its transport does not belong to the server. */
export function eraOf(values: ContextValues): Era | undefined {
  return values.get(key)?.era;
}

/** Checks whether a wire fault is planned for the response to a call. */
export function isFaultPlanned(values: ContextValues | undefined): boolean {
  return values?.get(key)?.planned !== undefined;
}
