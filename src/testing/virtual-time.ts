import type { Clock } from "../core/call/clock.js";

interface Timer {
  readonly at: number;
  readonly fire: () => void;
}

/** The time of all simulated processes of one check. It moves only when `advance` is called. */
export class VirtualTime {
  #now = Date.UTC(2026, 0, 1);
  #timers: Timer[] = [];

  get now(): number {
    return this.#now;
  }

  /** Calls `fire` once after `ms` milliseconds. Returns a function that cancels it. */
  add(ms: number, fire: () => void): () => void {
    const timer = { at: this.#now + Math.max(1, ms), fire };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  /** Moves to the time of the next timer, and fires it. Returns false if there is no timer. */
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

/** The clock of one simulated process. While the process is stopped, no timer fires. */
export class ProcessClock implements Clock {
  readonly #time: VirtualTime;
  /** The timers that were due while the process was stopped. Undefined while it runs. */
  #late: (() => void)[] | undefined;
  #sleeping = 0;

  constructor(time: VirtualTime) {
    this.#time = time;
  }

  /** Whether the process is in a `sleep`. */
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

  /** Continues the process, as SIGCONT does, and fires the timers that were due. */
  continue(): void {
    const late = this.#late ?? [];
    this.#late = undefined;
    for (const fire of late) fire();
  }
}
