import { ConnectError, type HandlerContext } from "@connectrpc/connect";
import type { CallEntry } from "../calls/call-log.js";
import type { Caller, CallRecord } from "../calls/calls.js";
import { isNameOf, type MethodNames } from "../calls/method-names.js";
import { type CodeName, codes } from "../errors.js";
import { Ids } from "../state/ids.js";
import { type Duration, toMs } from "../time/duration.js";
import { checkFault } from "./check-fault.js";
import type { FaultOptions } from "./fault-options.js";
import { faultsFromJson } from "./faults-from-json.js";
import type { WireFault } from "./wire-faults.js";

/** A fault that was set. */
export interface FaultHandle {
  /** The options of the fault. */
  readonly options: Readonly<FaultOptions>;
  /** How many calls it has hit. */
  readonly hits: number;
  /** Removes the fault. A second call does nothing. */
  remove(): void;
}

/**
 * Makes calls fail on purpose. A fault hits before the server handles the call, so nothing is checked and nothing is written. Some wire
 * faults hit after it ({@link WireFault}). A fork starts without faults.
 */
export interface Faults<Method extends string = string> {
  /**
   * Adds a fault. If several faults apply to one call, their latencies add up, and the first one with a code or a wire fault makes the
   * call fail. The faults after it do not count the call.
   *
   * ```ts
   * server.faults.inject({ method: "GetTeamAccountMembers", code: "unavailable", times: 2, retryAfter: "1s" });
   * server.faults.inject({ accountId, wire: "html_502", every: 3 });
   * server.faults.inject({ when: ({ caller }) => caller?.userId === ada.userId, latencyMs: 5_000 });
   * ```
   *
   * `server.fetch` and a listener can produce every wire fault. `server.transport()` cannot break a connection: a fault that
   * it can't produce fails the call with `internal`, and the text explains why.
   *
   * @throws Error for a method that the server does not have, for an unknown or wrong option, and for options that cannot be
   * combined.
   */
  inject(options: FaultOptions<Method>): FaultHandle;
  /**
   * Sets faults from JSON: a list of the options of {@link Faults.inject}, without `when`. A detail is written
   * `{ "type": "google.rpc.RetryInfo", "value": { "retryDelay": "2s" } }`, with one of google.rpc's types.
   *
   * @param path - the name of the list in errors. Default `faults`.
   * @throws Error with the path to a mistake. In that case no fault is set.
   */
  load(json: unknown, path?: string): FaultHandle[];
  /** Returns the faults that are set, in order, including faults that have reached their `times`. */
  all(): FaultHandle[];
  /** Returns the faults that hit a call of this server, in order. Empty if no fault hit it. */
  thatHit(call: CallRecord): readonly FaultHandle[];
  /** Removes all faults. */
  clear(): void;
}

/** The effect of the faults on one call. */
export interface FaultEffect {
  readonly latencyMs: number;
  readonly error?: ConnectError;
  readonly wire?: WireFault;
  /** The value of `Retry-After`, for a gateway's page. */
  readonly retryAfter?: string | undefined;
  /** How long a drip takes, in milliseconds. Default: ten seconds. */
  readonly dripMs?: number | undefined;
  /** The error of a call that was carried out. */
  readonly lateError?: ConnectError;
  /** Runs after the call was carried out, and before its response. It must not throw. */
  readonly afterwards?: () => Promise<void>;
}

/**
 * A function that is called with each call, before the faults. Returns its own effect on the call, or undefined if it
 * has none.
 */
export type Probe = (entry: CallEntry, context: HandlerContext) => Partial<FaultEffect> | undefined;

/** A fault that is set. `seen` counts the calls that it applies to. */
class InjectedFault implements FaultHandle {
  readonly options: Readonly<FaultOptions>;
  readonly remove: () => void;
  seen = 0;
  hits = 0;

  constructor(options: FaultOptions, remove: (fault: InjectedFault) => void) {
    this.options = options;
    this.remove = () => remove(this);
  }
}

/** The faults of a server, as its handlers use them. */
export class InjectedFaults<Method extends string = string> implements Faults<Method> {
  readonly #names: MethodNames;
  readonly #seed: number;
  #random: Ids;
  #faults: InjectedFault[] = [];
  readonly #hits = new WeakMap<CallRecord, FaultHandle[]>();
  /** It stays set when the faults are removed. */
  probe: Probe | undefined = undefined;

  /** `names` are the methods that a fault can apply to. Probabilities depend on the random seed. */
  constructor(names: MethodNames, seed: number) {
    this.#names = names;
    // The faults have their own generator, because a probability must not change the server's next id.
    this.#seed = seed ^ 0x6661756c;
    this.#random = new Ids(this.#seed);
  }

  inject(options: FaultOptions<Method>): FaultHandle {
    checkFault(options, "fault");
    this.#checkMethod(options, "fault");
    return this.#add(options);
  }

  load(json: unknown, path = "faults"): FaultHandle[] {
    const faults = faultsFromJson(json, path);
    faults.forEach((options, index) => {
      this.#checkMethod(options, `${path}[${index}]`);
    });
    return faults.map((options) => this.#add(options));
  }

  all(): FaultHandle[] {
    return [...this.#faults];
  }

  thatHit(call: CallRecord): readonly FaultHandle[] {
    return this.#hits.get(call) ?? [];
  }

  clear(): void {
    this.#faults = [];
    this.#random = new Ids(this.#seed);
  }

  /** Counts a call, and returns the effect of the faults on it. Undefined if there is none. */
  effectOn(
    entry: CallEntry,
    context: HandlerContext,
    authenticate: (header: Headers) => Caller | undefined,
  ): FaultEffect | undefined {
    const probed = this.probe?.(entry, context);
    const own = this.#effectOn(entry, context.requestHeader, authenticate);
    if (probed === undefined) return own;
    return { ...own, ...probed, latencyMs: (own?.latencyMs ?? 0) + (probed.latencyMs ?? 0) };
  }

  #effectOn(
    entry: CallEntry,
    header: Headers,
    authenticate: (header: Headers) => Caller | undefined,
  ): FaultEffect | undefined {
    if (this.#faults.length === 0) return undefined;
    let latencyMs = 0;
    const hits: FaultHandle[] = [];
    for (const fault of this.#faults) {
      const { options } = fault;
      if (!isFor(options, entry, header, authenticate) || !this.#isDue(fault)) continue;
      if (hits.push(fault) === 1) this.#hits.set(entry, hits);
      const { code, wire, retryAfter } = options;
      // The latency of a drip is not a delay: its body takes this long.
      if (wire === "drip") return { latencyMs, wire, dripMs: options.latencyMs };
      latencyMs += options.latencyMs ?? 0;
      if (code !== undefined) return { latencyMs, error: toError(code, options) };
      if (wire !== undefined) return { latencyMs, wire, retryAfter: seconds(retryAfter) };
    }
    return hits.length > 0 ? { latencyMs } : undefined;
  }

  #isDue(fault: InjectedFault): boolean {
    const { after = 0, every = 1, times = Number.POSITIVE_INFINITY, probability = 1 } = fault.options;
    const turn = ++fault.seen - after;
    if (turn <= 0 || turn % every !== 0 || fault.hits >= times) return false;
    if (probability < 1 && this.#random.random() >= probability) return false;
    fault.hits++;
    return true;
  }

  #checkMethod({ method }: FaultOptions, path: string): void {
    if (method !== undefined) this.#names.check(method, `${path}: `);
  }

  #add(options: FaultOptions): FaultHandle {
    const fault = new InjectedFault({ ...options }, (removed) => {
      this.#faults = this.#faults.filter((other) => other !== removed);
    });
    this.#faults = [...this.#faults, fault];
    return fault;
  }
}

function isFor(
  { method, accountId, when }: FaultOptions,
  entry: CallEntry,
  header: Headers,
  authenticate: (header: Headers) => Caller | undefined,
): boolean {
  if (method !== undefined && !isNameOf(method, entry)) return false;
  if (accountId !== undefined && accountId !== entry.accountId) return false;
  if (when === undefined) return true;
  return when({
    api: entry.api,
    method: entry.method,
    request: entry.request,
    accountId: entry.accountId,
    at: entry.at,
    header,
    get caller() {
      try {
        return authenticate(header);
      } catch {
        return undefined;
      }
    },
  });
}

function toError(code: CodeName, { message, details, retryAfter }: FaultOptions): ConnectError {
  const after = seconds(retryAfter);
  const header = after === undefined ? undefined : { "retry-after": after };
  return new ConnectError(message ?? "injected fault", codes[code], header, details && [...details]);
}

function seconds(retryAfter: Duration | undefined): string | undefined {
  return retryAfter === undefined ? undefined : String(Math.ceil(toMs(retryAfter) / 1_000));
}
