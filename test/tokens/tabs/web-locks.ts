import type { Actor, Simulation } from "../explore/simulation.js";
import { Channel, steadyActor } from "./channel.js";

/** How long a message between a tab and the browser takes at most, in milliseconds. */
const longestMs = 20;

interface Request {
  readonly tab: Actor;
  readonly name: string;
  readonly mode: "shared" | "exclusive";
  readonly tell: Channel;
  readonly grant: (isGranted: boolean) => void;
  readonly lose: () => void;
}

/** How the locks can be broken, to show that the rules find it. */
export type Flaw = "query shows none" | "all are available";

/** The Web Locks of a browser, for all its tabs. */
export class WebLocks {
  held: Request[] = [];
  queue: Request[] = [];
  /** How often a lock was stolen from its holder. */
  steals = 0;
  readonly #simulation: Simulation;
  readonly #browser = steadyActor("the browser");

  readonly #flaw: Flaw | undefined;

  constructor(simulation: Simulation, flaw?: Flaw) {
    this.#simulation = simulation;
    this.#flaw = flaw;
  }

  /** What `navigator.locks` is in a tab. */
  of(
    tab: Actor,
  ): Pick<LockManager, "query"> & { request: (name: string, ...rest: unknown[]) => Promise<unknown> } {
    const up = new Channel(this.#simulation, this.#browser, longestMs);
    const down = new Channel(this.#simulation, tab, longestMs);
    return {
      query: () =>
        new Promise((resolve) => {
          up.send(() => {
            const visible = this.#flaw === "query shows none" ? [] : this.held;
            const held = visible.map(({ name, mode }) => ({ name, mode }));
            down.send(() => resolve({ held, pending: [] }));
          });
        }),
      request: (name, ...rest) => this.#request({ tab, up, down }, name, rest),
    };
  }

  /** The browser notices that a tab is gone. */
  forget(tab: Actor): void {
    this.held = this.held.filter((lock) => lock.tab !== tab);
    this.queue = this.queue.filter((lock) => lock.tab !== tab);
    this.#grantNext();
  }

  #request(
    { tab, up, down }: { tab: Actor; up: Channel; down: Channel },
    name: string,
    rest: readonly unknown[],
  ): Promise<unknown> {
    const work = rest.at(-1);
    const options: LockOptions = rest.length > 1 && typeof rest[0] === "object" ? { ...rest[0] } : {};
    const { mode = "exclusive", signal, steal, ifAvailable } = options;
    if (typeof work !== "function") throw new TypeError("no callback");
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      let isOver = false;
      const drop = () => {
        this.held = this.held.filter((lock) => lock !== request);
        this.queue = this.queue.filter((lock) => lock !== request);
        this.#grantNext();
      };
      const abort = () => {
        isOver = true;
        reject(signal?.reason);
        up.send(drop);
      };
      const grant = async (isGranted: boolean) => {
        signal?.removeEventListener("abort", abort);
        if (isOver) return;
        const finish = (settle: () => void) => {
          up.send(() => {
            drop();
            down.send(settle);
          });
        };
        try {
          const result = await work(isGranted ? { name, mode } : null);
          finish(() => resolve(result));
        } catch (reason) {
          finish(() => reject(reason));
        }
      };
      const lose = () => reject(new DOMException("The lock was stolen.", "AbortError"));
      const request: Request = { tab, name, mode, tell: down, grant, lose };
      signal?.addEventListener("abort", abort);
      up.send(() => {
        if (isOver || tab.isDead) return;
        if (steal) this.#steal(name);
        const isGiven = steal || (ifAvailable && this.#flaw === "all are available");
        if (isGiven || this.#isFree(request, this.queue)) this.#grant(request);
        else if (ifAvailable) down.send(() => grant(false));
        else this.queue.push(request);
      });
    });
  }

  #isFree({ name, mode }: Request, queue: readonly Request[]): boolean {
    const isIn = (lock: Request) => lock.name === name && (mode === "exclusive" || lock.mode === "exclusive");
    return !this.held.some(isIn) && !queue.some((lock) => lock.name === name);
  }

  #grant(request: Request): void {
    this.held.push(request);
    request.tell.send(() => request.grant(true));
  }

  #grantNext(): void {
    for (const request of [...this.queue]) {
      const before = this.queue.slice(0, this.queue.indexOf(request));
      if (!this.#isFree(request, before)) continue;
      this.queue = this.queue.filter((other) => other !== request);
      this.#grant(request);
    }
  }

  #steal(name: string): void {
    const lost = this.held.filter((lock) => lock.name === name);
    this.held = this.held.filter((lock) => lock.name !== name);
    this.steals += lost.length;
    // In order, as in Chromium: a tab knows that it has a lock before it knows that it has lost it.
    for (const { tell, lose } of lost) tell.send(lose);
  }
}
