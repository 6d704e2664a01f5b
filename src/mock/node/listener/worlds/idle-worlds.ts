import type { Clock } from "../../../engine/time/clock.js";
import type { MockServer } from "../../../mock-server.js";

/** How long a world may be idle, in milliseconds. */
const idleMs = 3_600_000;

/** The clock that measures how long worlds are idle. */
export interface IdleClock extends Pick<Clock, "now"> {
  /** Starts a timer. A mock server's clock calls `onDrop` if a reset drops it. */
  setTimeout(callback: () => void, delayMs: number, onDrop?: () => void): () => void;
}

/** Real time. Its timers do not keep the process alive. */
export const realTime: IdleClock = {
  now: () => performance.now(),
  setTimeout(callback, delayMs) {
    const timer = setTimeout(callback, delayMs);
    // In Jest's jsdom environment, a timer is a number.
    timer.unref?.();
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

  /** `end` ends a world. It may also be called for a world that has already ended. */
  constructor(clock: IdleClock, end: (world: MockServer) => void) {
    this.#clock = clock;
    this.#end = end;
  }

  /** Adds a world that was just created. */
  add(world: MockServer): void {
    this.#uses.set(world, { world, open: 0, lastAt: this.#clock.now() });
    if (this.#cancel === undefined) this.#wait(idleMs);
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
    return () => {
      use.open--;
      use.lastAt = this.#clock.now();
    };
  }

  /** Stops the timers, so that no further world is ended. */
  close(): void {
    this.#cancel?.();
    this.#uses.clear();
  }

  #wait(ms: number): void {
    const look = () => this.#look();
    this.#cancel = this.#clock.setTimeout(look, Math.ceil(ms), look);
  }

  #look(): void {
    this.#cancel = undefined;
    const now = this.#clock.now();
    let next = Number.POSITIVE_INFINITY;
    for (const use of this.#uses.values()) {
      // A reset may have set the clock back.
      use.lastAt = Math.min(use.lastAt, now);
      const left = use.open > 0 ? idleMs : use.lastAt + idleMs - now;
      if (left > 0) {
        next = Math.min(next, left);
        continue;
      }
      this.#uses.delete(use.world);
      this.#end(use.world);
    }
    if (this.#uses.size > 0) this.#wait(next);
  }
}
