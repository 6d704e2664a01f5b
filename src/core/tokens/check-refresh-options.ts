import { type Clock, systemClock } from "../call/clock.js";
import { flag } from "../checks/arguments.js";
import {
  type Checks,
  callback,
  checkedElsewhere,
  checkOptions,
  clock as clockCheck,
  millis,
  withMethods,
} from "../checks/check-options.js";
import { invalidArgument } from "../errors/invalid-argument.js";
import type { RefreshWindows } from "./refresh/token-life.js";
import type { Refresh, RefreshableTokenOptions } from "./refresh-options.js";
import { memoryStore } from "./stores/memory-store.js";
import { type TokenLock, webLock } from "./stores/token-lock.js";
import type { TokenStore } from "./stores/token-store.js";
import { readNewTokens, type StoredTokens } from "./tokens.js";

/** The options of a source, checked and complete. */
export interface CheckedOptions extends RefreshWindows {
  readonly refresh: Refresh;
  readonly initial: StoredTokens | undefined;
  readonly store: TokenStore;
  readonly lock: TokenLock;
  readonly clock: Clock;
  readonly timeoutMs: number;
  readonly takeOverMs: number;
  readonly followSignIns: boolean;
}

/** Returns the options with their defaults. @throws InvalidArgumentError if an option is wrong. */
export function checkRefreshOptions(options: RefreshableTokenOptions): CheckedOptions {
  const of = "refreshableToken";
  // Created in the function, so that a bundle without the function does not contain it.
  const checks: Checks<RefreshableTokenOptions> = {
    refresh: callback,
    initial: checkedElsewhere,
    store: withMethods("load", "save", "clear"),
    advisoryMs: millis(0),
    mandatoryMs: millis(0),
    timeoutMs: millis(1),
    takeOverMs: millis(0),
    followSignIns: flag,
    clock: clockCheck,
    lock: callback,
  };
  checkOptions(options, checks, of);
  const { refresh, initial, store, lock, clock = systemClock } = options;
  callback(refresh, "refresh", of);
  return {
    refresh,
    initial: initial === undefined ? undefined : checkInitial(initial),
    store: store ?? memoryStore(),
    lock: lock ?? defaultLock(store, clock) ?? ((critical) => critical()),
    clock,
    advisoryMs: options.advisoryMs ?? 120_000,
    mandatoryMs: options.mandatoryMs ?? 30_000,
    timeoutMs: options.timeoutMs ?? 30_000,
    takeOverMs: options.takeOverMs ?? 30_000,
    followSignIns: options.followSignIns ?? false,
  };
}

function defaultLock(store: TokenStore | undefined, clock: Clock): TokenLock | undefined {
  // Bound, because the store may be an instance of a class. Only pages and workers have a location. Node 24 has Web Locks too, but
  // there, the stores of all users would share this lock.
  return store && (store.lock?.bind(store) ?? (globalThis.location && webLock("tenantry", clock)));
}

function checkInitial(initial: unknown): StoredTokens {
  const read = readNewTokens(initial);
  if (typeof read === "string") throw invalidArgument("initial", read);
  return read;
}
