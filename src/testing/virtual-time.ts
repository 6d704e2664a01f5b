import type { Clock } from "../core/call/clock.js";

interface Timer {
  readonly at: number;
  readonly fire: () => void;
}

/** Time that stands still until it is moved, for all simulated processes of one check. */
export class VirtualTime {
  /** An arbitrary day, late enough to be a date. */
  #now = Date.UTC(2026, 0, 1);
  #timers: Timer[] = [];

  get now(): number {
    return this.#now;
  }

  /** Calls back once after `ms` milliseconds. The function that it returns cancels that. */
  add(ms: number, fire: () => void): () => void {
    const timer = { at: this.#now + Math.max(1, ms), fire };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  /** Moves to the next moment at which something is due. Returns false if nothing ever is. */
  advance(): boolean {
    const at = Math.min(...this.#timers.map((timer) => timer.at));
    if (at === Infinity) return false;
    this.#now = Math.max(this.#now, at);
    const due = this.#timers.filter((timer) => timer.at <= at);
    this.#timers = this.#timers.filter((timer) => timer.at > at);
    for (const { fire } of due) fire();
    return true;
  }
}

/** One simulated process's view of the time. A process that is stopped sees no timer fire until it goes on. */
export class ProcessClock implements Clock {
  readonly #time: VirtualTime;
  /** What has fallen due while the process was stopped. Undefined while it runs. */
  #late: (() => void)[] | undefined;
  #sleeping = 0;

  constructor(time: VirtualTime) {
    this.#time = time;
  }

  /** Whether the process waits for time to pass. */
  get isAsleep(): boolean {
    return this.#sleeping > 0;
  }

  now(): number {
    return this.#time.now;
  }

  setTimeout(callback: () => void, ms: number): () => void {
    let isCanceled = false;
    const fire = () => {
      if (!isCanceled) callback();
    };
    const cancel = this.#time.add(ms, () => (this.#late ? this.#late.push(fire) : fire()));
    return () => {
      isCanceled = true;
      cancel();
    };
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      this.#sleeping++;
      const end = () => {
        this.#sleeping--;
        signal?.removeEventListener("abort", onAbort);
      };
      const onAbort = () => {
        cancel();
        end();
        reject(signal?.reason);
      };
      const cancel = this.setTimeout(() => {
        end();
        resolve();
      }, ms);
      signal?.addEventListener("abort", onAbort, { once: true });
    });
  }

  /** Stops the process, as SIGSTOP does. */
  stop(): void {
    this.#late ??= [];
  }

  /** Lets the process go on. */
  continue(): void {
    const late = this.#late ?? [];
    this.#late = undefined;
    for (const fire of late) fire();
  }
}
