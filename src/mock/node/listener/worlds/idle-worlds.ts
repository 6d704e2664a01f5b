import type { Clock } from "../../../engine/time/clock.js";
import type { MockServer } from "../../../mock-server.js";

/** How long a world may be idle, in milliseconds. */
const idleMs = 3_600_000;

/** The clock that measures how long worlds are idle. */
export type IdleClock = Pick<Clock, "now" | "setTimeout">;

/** Real time. Its timers do not keep the process alive. */
export const realTime: IdleClock = {
  now: () => performance.now(),
  setTimeout(callback, delayMs) {
    const timer = setTimeout(callback, delayMs);
    timer.unref();
    return () => clearTimeout(timer);
  },
};

interface Use {
  readonly world: MockServer;
  /** How many requests are under way. */
  open: number;
  lastAt: number;
}

/** Ends the worlds of a listener that get no request for an hour. */
export class IdleWorlds {
  readonly #clock: IdleClock;
  readonly #end: (world: MockServer) => void;
  readonly #uses = new Map<MockServer, Use>();
  #cancel: (() => void) | undefined;

  /** `end` ends a world. It may also be called for a world that has ended. */
  constructor(clock: IdleClock, end: (world: MockServer) => void) {
    this.#clock = clock;
    this.#end = end;
  }

  /** Adds a world that was just created. */
  add(world: MockServer): void {
    this.#uses.set(world, { world, open: 0, lastAt: this.#clock.now() });
    this.#cancel ??= this.#clock.setTimeout(this.#look, idleMs);
  }

  /** Removes a world that has ended. */
  delete(world: MockServer): void {
    this.#uses.delete(world);
  }

  /** Counts a request to a world, which is then not idle. Returns a function that ends the request. */
  begin(world: MockServer): () => void {
    const use = this.#uses.get(world);
    if (use === undefined) return () => {};
    use.open++;
    use.lastAt = this.#clock.now();
    return () => {
      use.open--;
      use.lastAt = this.#clock.now();
    };
  }

  /** Ends no world from now on. */
  close(): void {
    this.#cancel?.();
    this.#uses.clear();
  }

  readonly #look = (): void => {
    const now = this.#clock.now();
    let next = Number.POSITIVE_INFINITY;
    for (const { world, open, lastAt } of this.#uses.values()) {
      const left = open > 0 ? idleMs : lastAt + idleMs - now;
      if (left > 0) {
        next = Math.min(next, left);
        continue;
      }
      this.#uses.delete(world);
      this.#end(world);
    }
    this.#cancel = this.#uses.size === 0 ? undefined : this.#clock.setTimeout(this.#look, Math.ceil(next));
  };
}
