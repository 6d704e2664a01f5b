import type { Actor, Simulation } from "../explore/simulation.js";
import { Channel, steadyActor } from "./channel.js";

/** How long a message between a tab and the browser takes at most, in milliseconds. */
const longestMs = 20;

interface Request {
  readonly tab: Actor;
  readonly name: string;
  readonly mode: "shared" | "exclusive";
  /** The message that the lock is granted, or that it is not available. */
  readonly grant: (isGranted: boolean) => void;
  /** The message that the lock was stolen. */
  readonly lose: () => void;
}

/** A lock that was taken from its holder. */
export interface Steal {
  readonly name: string;
  readonly thief: Actor;
  readonly holder: Actor;
  /** How long this tab had held the lock, in milliseconds. */
  readonly heldMs: number;
}

/** How the locks can be broken, to show that the rules find it. */
export type Flaw = "query shows none" | "all are available";

/** How browsers differ, as the specification permits. */
interface Options {
  readonly flaw?: Flaw | undefined;
  /**
   * Whether a tab may receive the message that its lock was stolen before the message that it was granted. The callback is
   * called all the same. In Chromium, the messages arrive in order.
   */
  readonly stealsOvertake?: boolean;
}

/** The Web Locks of a browser, for all its tabs, after https://w3c.github.io/web-locks/. */
export class WebLocks {
  held: Request[] = [];
  queue: Request[] = [];
  readonly steals: Steal[] = [];
  readonly #simulation: Simulation;
  readonly #browser = steadyActor("the browser");
  readonly #options: Options;
  /** Which tab has got each lock last, and since when it has had it. */
  readonly #since = new Map<string, { readonly tab: Actor; readonly at: number }>();

  constructor(simulation: Simulation, options: Options = {}) {
    this.#simulation = simulation;
    this.#options = options;
  }

  /** What `navigator.locks` is in a tab. */
  of(
    tab: Actor,
  ): Pick<LockManager, "query"> & { request: (name: string, ...rest: unknown[]) => Promise<unknown> } {
    const up = new Channel(this.#simulation, this.#browser, longestMs);
    const down = new Channel(this.#simulation, tab, longestMs);
    const infoOf = ({ name, mode, tab }: Request) => ({ name, mode, clientId: tab.name });
    return {
      query: () =>
        new Promise((resolve) => {
          up.send(() => {
            const held = this.#options.flaw === "query shows none" ? [] : this.held.map(infoOf);
            const pending = this.queue.map(infoOf);
            down.send(() => resolve({ held, pending }));
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

  async #request(
    { tab, up, down }: { tab: Actor; up: Channel; down: Channel },
    name: string,
    rest: readonly unknown[],
  ): Promise<unknown> {
    const work = rest.at(-1);
    const options: LockOptions = rest.length > 1 && typeof rest[0] === "object" ? { ...rest[0] } : {};
    const { mode = "exclusive", signal, steal, ifAvailable } = options;
    if (typeof work !== "function") throw new TypeError("no callback");
    if (name.startsWith("-") || (steal && ifAvailable) || (signal && (steal || ifAvailable)))
      throw new DOMException("These options do not go together.", "NotSupportedError");
    signal?.throwIfAborted();
    return new Promise((resolve, reject) => {
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
      const loseSoon = () => {
        const steals = new Channel(this.#simulation, tab, longestMs);
        (this.#options.stealsOvertake ? steals : down).send(lose);
      };
      const grantSoon = (isGranted: boolean) => down.send(() => grant(isGranted));
      const request: Request = { tab, name, mode, grant: grantSoon, lose: loseSoon };
      signal?.addEventListener("abort", abort);
      up.send(() => {
        if (isOver || tab.isDead) return;
        if (steal) this.#steal(name, tab);
        const isGiven = steal || (ifAvailable && this.#options.flaw === "all are available");
        if (isGiven || this.#isFree(request, this.queue)) this.#grant(request);
        else if (ifAvailable) grantSoon(false);
        else this.queue.push(request);
      });
    });
  }

  #isFree({ name, mode }: Request, queue: readonly Request[]): boolean {
    const isIn = (lock: Request) => lock.name === name && (mode === "exclusive" || lock.mode === "exclusive");
    return !this.held.some(isIn) && !queue.some((lock) => lock.name === name);
  }

  #grant(request: Request): void {
    const { tab, name } = request;
    this.held.push(request);
    if (this.#since.get(name)?.tab !== tab) this.#since.set(name, { tab, at: this.#simulation.now });
    request.grant(true);
  }

  #grantNext(): void {
    for (const request of [...this.queue]) {
      const before = this.queue.slice(0, this.queue.indexOf(request));
      if (!this.#isFree(request, before)) continue;
      this.queue = this.queue.filter((other) => other !== request);
      this.#grant(request);
    }
  }

  #steal(name: string, thief: Actor): void {
    const lost = this.held.filter((lock) => lock.name === name);
    this.held = this.held.filter((lock) => lock.name !== name);
    const { now } = this.#simulation;
    for (const { tab, lose } of lost) {
      this.steals.push({ name, thief, holder: tab, heldMs: now - (this.#since.get(name)?.at ?? now) });
      lose();
    }
  }
}
