import { type Clock, systemClock } from "../call/clock.js";
import { invalidArgument } from "../errors/invalid-argument.js";
import { isRecord } from "../json/fields.js";
import type { Refresh } from "./refresh/send-refresh.js";
import type { Windows } from "./refresh/token-life.js";
import type { RefreshableTokenOptions } from "./refresh-options.js";
import { memoryStore } from "./stores/memory-store.js";
import { type TokenLock, webLock } from "./stores/token-lock.js";
import type { TokenStore } from "./stores/token-store.js";
import { readTokens, type StoredTokens } from "./tokens.js";

/** The options of a source, checked and complete. */
export interface CheckedOptions extends Windows {
  readonly refresh: Refresh;
  readonly initial: StoredTokens | undefined;
  readonly store: TokenStore;
  readonly lock: TokenLock;
  readonly clock: Clock;
  readonly timeoutMs: number;
  readonly takeOverMs: number;
  readonly followSignIns: boolean;
}

const names: readonly (keyof RefreshableTokenOptions)[] = [
  "refresh",
  "initial",
  "store",
  "advisoryMs",
  "mandatoryMs",
  "timeoutMs",
  "takeOverMs",
  "followSignIns",
  "clock",
  "lock",
];

/** @throws InvalidArgumentError if an option is wrong. */
export function checkRefreshOptions(options: RefreshableTokenOptions): CheckedOptions {
  if (!isRecord(options)) throw invalidArgument("options", "must be an object with a `refresh` function");
  for (const name of Object.keys(options)) {
    if (!names.some((known) => known === name)) {
      throw invalidArgument(
        name,
        `is not an option of refreshableToken. The options are: ${names.join(", ")}`,
      );
    }
  }
  const { refresh, store, lock, clock = systemClock, followSignIns = false } = options;
  if (typeof refresh !== "function") throw invalidArgument("refresh", "must be a function");
  if (typeof followSignIns !== "boolean") throw invalidArgument("followSignIns", "must be true or false");
  if (lock !== undefined && typeof lock !== "function") throw invalidArgument("lock", "must be a function");
  checkMethods("store", store, ["load", "save", "clear"]);
  checkMethods("clock", clock, ["now", "setTimeout", "sleep"]);
  return {
    refresh,
    initial: options.initial === undefined ? undefined : checkInitial(options.initial),
    store: store ?? memoryStore(),
    lock: lock ?? lockOf(store, clock) ?? ((critical) => critical()),
    clock,
    advisoryMs: span(options, "advisoryMs", 120_000, 0),
    mandatoryMs: span(options, "mandatoryMs", 30_000, 0),
    timeoutMs: span(options, "timeoutMs", 30_000, 1),
    takeOverMs: span(options, "takeOverMs", 30_000, 0),
    followSignIns,
  };
}

function lockOf(store: TokenStore | undefined, clock: Clock): TokenLock | undefined {
  if (!store?.lock) return store && webLock("tenantry", clock);
  // Called on the store: it may be an instance of a class.
  return (critical, signal) => (store.lock ? store.lock(critical, signal) : critical());
}

function checkInitial(initial: unknown): StoredTokens {
  const read = readTokens(initial);
  if (typeof read === "string") throw invalidArgument("initial", read);
  return read;
}

function checkMethods(name: string, value: object | undefined, methods: readonly string[]): void {
  if (value === undefined) return;
  const missing = methods.find((method) => !isRecord(value) || typeof value[method] !== "function");
  if (missing) throw invalidArgument(name, `must have a method \`${missing}\``);
}

function span(
  options: RefreshableTokenOptions,
  name: "advisoryMs" | "mandatoryMs" | "timeoutMs" | "takeOverMs",
  fallback: number,
  least: number,
): number {
  const value = options[name] ?? fallback;
  if (typeof value === "number" && value >= least) return value;
  throw invalidArgument(name, `must be a number of milliseconds, at least ${least}`);
}
