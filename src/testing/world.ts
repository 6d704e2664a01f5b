import type { Clock } from "../core/call/clock.js";
import type { RefreshRequest } from "../core/tokens/refresh/send-refresh.js";
import type { RefreshableToken } from "../core/tokens/refreshable-token.js";
import { refreshableToken } from "../core/tokens/refreshable-token.js";
import type { TokenStore } from "../core/tokens/stores/token-store.js";
import type { Tokens } from "../core/tokens/tokens.js";
import { type RefreshStep, withSteps } from "./steps.js";
import { ProcessClock, VirtualTime } from "./virtual-time.js";

/** How long nothing may happen, in real milliseconds, before time is moved on although a process seems to work. */
const patienceMs = 20;
/** How long nothing may happen, in real milliseconds, if no time is waited for. */
const longestMs = 5_000;

/** What a check needs of the store to be tested. */
export interface StorePlace {
  /**
   * Opens the store as a process of its own does: at the same place, with nothing shared in memory.
   *
   * @param clock - the process's time. A store that waits by it makes the checks fast.
   */
  open(clock: Clock): TokenStore | Promise<TokenStore>;
  /** Overwrites what is stored with a text. Without it, the check of corrupt content is left out. */
  corrupt?(text: string): void | Promise<void>;
  /** Frees what the place uses. Called once, at the end of a check. */
  close?(): void | Promise<void>;
}

/** A simulated process: one source on the store. */
export interface Process {
  readonly source: RefreshableToken;
  /** Lets the process run up to a step, and stops it there. Resolves when it has come there. */
  haltAt(step: RefreshStep): Promise<void>;
  /** Lets a process that has halted go on. Without it, the process is as good as dead. */
  continue(): void;
  /** Asks for a token, and waits for whatever comes of it. */
  token(): Promise<string | Error>;
}

/** Some processes that share a store, on virtual time. */
export class World {
  readonly time = new VirtualTime();
  readonly #place: StorePlace;
  readonly #isBusy: (() => boolean)[] = [];
  /** What the stores are doing. No time passes meanwhile. */
  readonly #operations = new Set<Promise<unknown>>();

  constructor(place: StorePlace) {
    this.#place = place;
  }

  /** The store alone, on a clock of its own. */
  open(): Promise<TokenStore> {
    return Promise.resolve(this.#place.open(new ProcessClock(this.time)));
  }

  /** @param disk - while `isFull` is set, nothing can be saved. */
  async process(
    refresh: (request: RefreshRequest) => Tokens | Promise<Tokens>,
    disk: { isFull: boolean } = { isFull: false },
  ): Promise<Process> {
    const clock = new ProcessClock(this.time);
    const inner = await this.#place.open(clock);
    let haltStep: RefreshStep | undefined;
    let isHalted = false;
    let arrive = () => {};
    let goOn = () => {};
    let asking = 0;
    const stepped = withSteps({ store: this.#counted(inner, disk), refresh }, (step) => {
      if (step !== haltStep) return Promise.resolve();
      haltStep = undefined;
      isHalted = true;
      clock.stop();
      arrive();
      return new Promise((resolve) => {
        goOn = resolve;
      });
    });
    const source = refreshableToken({ ...stepped, clock });
    this.#isBusy.push(() => asking > 0 && !isHalted && !clock.isAsleep);
    return {
      source,
      haltAt: (step) =>
        new Promise((resolve) => {
          haltStep = step;
          arrive = resolve;
        }),
      continue() {
        isHalted = false;
        clock.continue();
        goOn();
      },
      async token() {
        asking++;
        try {
          return await source.token({});
        } catch (reason) {
          return reason instanceof Error ? reason : new Error(String(reason));
        } finally {
          asking--;
        }
      },
    };
  }

  /**
   * Moves time on until a promise settles.
   *
   * @throws Error if that takes longer than five minutes of virtual time.
   */
  async until<T>(promise: Promise<T>): Promise<T> {
    let isSettled = false;
    const settle = () => {
      isSettled = true;
    };
    promise.then(settle, settle);
    const latest = this.time.now + 300_000;
    await this.#run(() => isSettled || this.time.now > latest, promise);
    if (!isSettled) throw new Error("nothing happens: a process waits for longer than five minutes");
    return promise;
  }

  /** Lets so many milliseconds pass. */
  async pass(ms: number): Promise<void> {
    let isOver = false;
    this.time.add(ms, () => {
      isOver = true;
    });
    await this.#run(() => isOver);
  }

  /** @param settled - if it settles, `isDone` is asked again. */
  async #run(isDone: () => boolean, settled: Promise<unknown> = new Promise(() => {})): Promise<void> {
    const { turn, close } = turns();
    let restless = performance.now();
    try {
      await turn();
      while (!isDone()) {
        // A store that is used without a process does not tell when it is at rest.
        const isAtRest = this.#isBusy.length > 0 && !this.#isBusy.some((isBusy) => isBusy());
        const waitedMs = performance.now() - restless;
        if (this.#operations.size > 0) {
          // A store may need the processor itself: do not keep it busy.
          await Promise.race([...this.#operations, settled]).catch(() => {});
        } else if (isAtRest || waitedMs > patienceMs) {
          if (this.time.advance()) restless = performance.now();
          else if (waitedMs > longestMs)
            throw new Error("nothing happens: all processes wait for each other");
        }
        // What a timer has started must have begun before the processes are looked at again.
        for (let turns = 0; turns < 3; turns++) await turn();
      }
    } finally {
      close();
    }
  }

  /** Keeps what is under way, so that no time passes meanwhile. */
  #counted(store: TokenStore, disk: { isFull: boolean }): TokenStore {
    const count = async <T>(work: () => Promise<T>): Promise<T> => {
      const operation = work();
      this.#operations.add(operation);
      try {
        return await operation;
      } finally {
        this.#operations.delete(operation);
      }
    };
    return {
      name: store.name,
      ...(store.lock && {
        lock: (critical, signal) => (store.lock ? store.lock(critical, signal) : critical()),
      }),
      load: () => count(() => store.load()),
      clear: () => count(() => store.clear()),
      save: (next, expected) =>
        disk.isFull ? Promise.reject(new Error("the disk is full")) : count(() => store.save(next, expected)),
    };
  }
}

/** Turns of the event loop. Not by timers, which a test runner may have replaced. */
function turns(): { turn(): Promise<void>; close(): void } {
  const { port1, port2 } = new MessageChannel();
  let next = () => {};
  port1.onmessage = () => next();
  return {
    turn: () =>
      new Promise((resolve) => {
        next = resolve;
        port2.postMessage(0);
      }),
    close: () => port1.close(),
  };
}
