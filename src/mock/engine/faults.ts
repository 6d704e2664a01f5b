import { ConnectError } from "@connectrpc/connect";
import { type Duration, toMs } from "./duration.js";
import { type CodeName, codes } from "./errors.js";
import type { MethodNames } from "./methods.js";

/** A detail of an error: a message and its schema. */
export type FaultDetail = NonNullable<ConstructorParameters<typeof ConnectError>[3]>[number];

/** What goes wrong, for which calls. */
export interface FaultOptions<Method extends string = string> {
  /** The RPC: `"GetUser"`, or `"vydon.GetUser"` where two APIs share a name. */
  method: Method;
  /** The error's code. Without one the call is only late. */
  code?: CodeName;
  /** The error's text. Default: `injected fault`. */
  message?: string;
  /** How many calls it strikes before it is spent. Default: all. */
  times?: number;
  /** How many calls it lets pass first. Default: 0. */
  after?: number;
  /** The error's details, such as `{ desc: RetryInfoSchema, value: { retryDelay: { seconds: 2n } } }`. */
  details?: FaultDetail[];
  /** Sends a `Retry-After` header: whole seconds, rounded up. */
  retryAfter?: Duration;
  /** How late the answer comes, on the server's clock. */
  latencyMs?: number;
}

/** A fault that was set. */
export interface FaultHandle {
  /** How many calls it has struck. */
  readonly hits: number;
  /** Takes it away; a second time does nothing. */
  remove(): void;
}

/** Makes calls fail on purpose. A fault strikes before the server looks at the call: nothing is checked, nothing written. */
export interface Faults<Method extends string = string> {
  /**
   * Sets a fault. Of several for one method, latencies add up, and the first that has a code and is due fails the call.
   *
   * ```ts
   * server.faults.inject({ method: "GetTeamAccountMembers", code: "unavailable", times: 2, retryAfter: "1s" });
   * ```
   *
   * @throws Error for a method that the server doesn't carry, and for options that make no sense.
   */
  inject(options: FaultOptions<Method>): FaultHandle;
  /** Takes all faults away. */
  clear(): void;
}

/** What befalls one call. */
export interface Stroke {
  readonly latencyMs: number;
  readonly error: ConnectError | undefined;
}

interface Armed {
  readonly options: FaultOptions;
  passed: number;
  hits: number;
}

/** The faults that are set, as the handler asks for them. */
export class FaultBook<Method extends string> implements Faults<Method> {
  readonly #names: MethodNames;
  #armed: Armed[] = [];

  /** No faults yet; `names` are the methods that there may be some for. */
  constructor(names: MethodNames) {
    this.#names = names;
  }

  inject(options: FaultOptions<Method>): FaultHandle {
    this.#names.check(options.method);
    check(options);
    const armed: Armed = { options: { ...options }, passed: 0, hits: 0 };
    this.#armed.push(armed);
    return {
      get hits() {
        return armed.hits;
      },
      remove: () => {
        this.#armed = this.#armed.filter((other) => other !== armed);
      },
    };
  }

  clear(): void {
    this.#armed = [];
  }

  /** What befalls the next call of a method, counted; undefined for nothing. */
  strike(api: string, method: string): Stroke | undefined {
    if (this.#armed.length === 0) return undefined;
    let latencyMs = 0;
    let struck = false;
    for (const armed of this.#armed) {
      const { options } = armed;
      if (options.method !== method && options.method !== `${api}.${method}`) continue;
      if (armed.passed < (options.after ?? 0)) {
        armed.passed++;
        continue;
      }
      if (armed.hits >= (options.times ?? Number.POSITIVE_INFINITY)) continue;
      armed.hits++;
      struck = true;
      latencyMs += options.latencyMs ?? 0;
      if (options.code !== undefined) return { latencyMs, error: toError(options.code, options) };
    }
    return struck ? { latencyMs, error: undefined } : undefined;
  }
}

function toError(code: CodeName, { message, details, retryAfter }: FaultOptions): ConnectError {
  const header =
    retryAfter === undefined ? undefined : { "retry-after": String(Math.ceil(toMs(retryAfter) / 1_000)) };
  return new ConnectError(message ?? "injected fault", codes[code], header, details);
}

function check(options: FaultOptions): void {
  if (options.code === undefined && options.latencyMs === undefined) {
    throw new Error("a fault needs a code, to fail the call with, or latencyMs, to delay it");
  }
  if (options.code !== undefined && !Object.hasOwn(codes, options.code)) {
    throw new Error(`"${options.code}" is not a code: give one of ${Object.keys(codes).join(", ")}`);
  }
  for (const name of ["times", "after"] as const) {
    const count = options[name];
    if (count !== undefined && !(Number.isInteger(count) && count >= 0)) {
      throw new RangeError(`${name} is ${count}: give a whole number, 0 or more`);
    }
  }
  toMs(options.latencyMs ?? 0);
  toMs(options.retryAfter ?? 0);
}
