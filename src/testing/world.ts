import type { Clock } from "../core/call/clock.js";
import type { Refresh } from "../core/tokens/refresh-options.js";
import type { TokenStore } from "../core/tokens/stores/token-store.js";
import { Process } from "./process.js";
import { withinLimit } from "./settle-limit.js";
import { ProcessClock, VirtualTime } from "./virtual-time.js";

/** The real milliseconds without progress after which time is moved, even if a process seems to be busy. */
const busyLimitMs = 20;
/**
 * The longest time without progress if no process waits for time, in real milliseconds. It is less than the 5 s that test runners
 * give a test. It is more than one operation of a store may take, because the error for the operation is clearer.
 */
const longestMs = 4_500;

/** The place where a store keeps its content, such as a file. Each check gets a new one. */
export interface StorePlace {
  /**
   * Opens the store as a separate process would: at the same place, with nothing shared in memory.
   *
   * @param clock - the clock of the process. The checks are fast if the lock waits on it. `load`, `save` and `clear` must not:
   * its time stands still while they run, and each of them may take four real seconds.
   */
  open(clock: Clock): TokenStore | Promise<TokenStore>;
  /** Replaces the stored content with a text. Without this function, leave out the checks of corrupt content: see `corrupts`. */
  corrupt?(text: string): void | Promise<void>;
  /** Releases the resources of the place. Called once, at the end of a check. */
  close?(): void | Promise<void>;
}

/** A place whose content a check can corrupt. */
export type CorruptiblePlace = StorePlace & Required<Pick<StorePlace, "corrupt">>;

/** Simulated processes that share a store, on virtual time. */
export class World {
  readonly time = new VirtualTime();
  readonly #place: StorePlace;
  readonly #processes: Process[] = [];
  /** The operations of stores that are under way. No time passes during them. */
  readonly #operations = new Set<Promise<unknown>>();
  /** The error of an operation that has not settled. A process goes on after it, but the check ends. */
  #hung: Error | undefined;
  /** The real time of the last progress, in milliseconds. */
  #progressAt = 0;

  constructor(place: StorePlace) {
    this.#place = place;
  }

  /**
   * Opens the store without a process, on its own clock. The end of each operation counts as progress, because a disk
   * may be slow.
   */
  async open(): Promise<TokenStore> {
    const store = await this.#place.open(new ProcessClock(this.time));
    return wrapped(store, (name, work) => this.#limited(name, work()));
  }

  /**
   * Starts a process.
   *
   * @param refresh - gets new tokens.
   * @param disk - while `isFull` is true, nothing can be saved.
   */
  async process(refresh: Refresh, disk: { isFull: boolean } = { isFull: false }): Promise<Process> {
    const clock = new ProcessClock(this.time);
    const store = this.#counted(await this.#place.open(clock), disk);
    const process = new Process({ store, refresh }, clock);
    this.#processes.push(process);
    return process;
  }

  /**
   * Moves time until a promise settles. Returns its value.
   *
   * @param problem - the text of the error if it does not settle.
   * @param limitMs - how long it may take, in milliseconds of virtual time.
   */
  async until<T>(
    promise: Promise<T>,
    problem = "nothing happens: processes wait for each other, or for longer than five minutes",
    limitMs = 300_000,
  ): Promise<T> {
    let isSettled = false;
    const settle = () => {
      isSettled = true;
    };
    promise.then(settle, settle);
    const latest = this.time.now + limitMs;
    await this.#run(() => isSettled || this.time.now > latest, promise);
    if (!isSettled) throw new Error(problem);
    return promise;
  }

  /** Lets some milliseconds of virtual time pass. */
  async pass(ms: number): Promise<void> {
    let isOver = false;
    this.time.add(ms, () => {
      isOver = true;
    });
    await this.#run(() => isOver);
  }

  /**
   * Moves time until `isDone` returns true, or nothing happens any more. When `settled` settles, `isDone` is called
   * again.
   */
  async #run(isDone: () => boolean, settled: Promise<unknown> = new Promise(() => {})): Promise<void> {
    const { turn, close } = eventLoopTurns();
    this.#progressAt = performance.now();
    try {
      await turn();
      while (!isDone() && !this.#hung) {
        // Without a process, nothing shows whether a store is at rest.
        const isAtRest = this.#processes.length > 0 && !this.#processes.some(({ isBusy }) => isBusy);
        const waitedMs = performance.now() - this.#progressAt;
        if (this.#operations.size > 0) {
          // It waits without turns of the event loop, because a store may need the processor.
          await Promise.race([...this.#operations, settled]).catch(() => {});
        } else if (isAtRest || waitedMs > busyLimitMs) {
          if (this.time.advance()) this.#progressAt = performance.now();
          else if (waitedMs > longestMs) return;
        }
        // Work that a timer has started must begin before the processes are checked again.
        for (let times = 0; times < 3; times++) await turn();
      }
      if (this.#hung) throw this.#hung;
    } finally {
      close();
    }
  }

  /** Returns what an operation returns. It fails if it does not settle although no other one makes progress. */
  async #limited<T>(name: string, operation: Promise<T>): Promise<T> {
    try {
      return await withinLimit(
        operation,
        () => this.#progressAt,
        (limit) => {
          this.#hung = new Error(
            `${name}() has not settled within ${limit}. Time on the clock of \`open\` stands still during an operation, so the operation must not wait for it.`,
          );
          return this.#hung;
        },
      );
    } finally {
      this.#progressAt = performance.now();
    }
  }

  /** Wraps a store so that its operations under way are counted, and no time passes during them. */
  #counted(store: TokenStore, disk: { isFull: boolean }): TokenStore {
    const counted = wrapped(store, async (name, work) => {
      const operation = this.#limited(name, work());
      this.#operations.add(operation);
      try {
        return await operation;
      } finally {
        this.#operations.delete(operation);
      }
    });
    return {
      ...counted,
      save: (next, expected) =>
        disk.isFull ? Promise.reject(new Error("the disk is full")) : counted.save(next, expected),
    };
  }
}

/** Runs each operation of a store through `run`. */
function wrapped(
  store: TokenStore,
  run: <T>(name: string, work: () => Promise<T>) => Promise<T>,
): TokenStore {
  return {
    name: store.name,
    lock: store.lock?.bind(store),
    load: () => run("load", () => store.load()),
    clear: () => run("clear", () => store.clear()),
    save: (next, expected) => run("save", () => store.save(next, expected)),
  };
}

/** Waits for turns of the event loop. It does not use timers, because a test runner may have replaced them. */
function eventLoopTurns(): { turn(): Promise<void>; close(): void } {
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
