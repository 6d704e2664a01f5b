import type { TokenLock } from "tenantry";
import type { Actor, Simulation } from "./simulation.js";

/** How good a lock is. The tokens must be right even if a lock is lost, or excludes no process. */
export type LockKind = "none" | "fair" | "short" | "failing" | "deaf";

/** How long a lock stays that is not released, in milliseconds. */
const lockMs = { fair: 1_000, short: 50 };

/** A lock for several actors. */
export class SharedLock {
  readonly #simulation: Simulation;
  readonly #kind: LockKind;
  #holder: object | undefined;
  #queue: (() => void)[] = [];
  readonly #world: Actor = { name: "the lock", isStopped: false, isDead: false };

  constructor(simulation: Simulation, kind: LockKind) {
    this.#simulation = simulation;
    this.#kind = kind;
  }

  of(actor: Actor): TokenLock {
    return async (critical, signal) => {
      const kind = this.#kind;
      if (kind === "none") return critical();
      if (kind === "deaf") return new Promise(() => {});
      await this.#turn(actor, "asks for the lock");
      if (kind === "failing" && this.#simulation.chance(0.5)) throw new Error("the folder is read-only");
      const leave = await this.#enter(actor, signal, lockMs[kind === "short" ? "short" : "fair"]);
      try {
        return await critical();
      } finally {
        leave();
        await this.#turn(actor, "releases the lock");
      }
    };
  }

  #turn(actor: Actor, what: string): Promise<void> {
    return new Promise((resolve) => this.#simulation.add(actor, `${actor.name} ${what}`, resolve));
  }

  #enter(actor: Actor, signal: AbortSignal, limitMs: number): Promise<() => void> {
    return new Promise((resolve, reject) => {
      const me = {};
      const leave = () => {
        if (this.#holder !== me) return;
        this.#holder = undefined;
        this.#queue.shift()?.();
      };
      const enter = () => {
        if (signal.aborted || actor.isDead) return this.#queue.shift()?.();
        signal.removeEventListener("abort", abort);
        this.#holder = me;
        const cancel = this.#simulation.timer(this.#world, limitMs, leave);
        this.#simulation.add(actor, `${actor.name} has the lock`, () =>
          resolve(() => {
            cancel();
            leave();
          }),
        );
      };
      const abort = () => reject(signal.reason);
      if (signal.aborted) return abort();
      signal.addEventListener("abort", abort);
      if (this.#holder) this.#queue.push(enter);
      else enter();
    });
  }
}
