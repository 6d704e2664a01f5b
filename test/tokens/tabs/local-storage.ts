import type { Actor, Simulation } from "../explore/simulation.js";
import { Channel, steadyActor } from "./channel.js";

/** A tab's process. It can be stopped with the tab, or go on to receive what others write. */
export interface Copy {
  text: string | null;
  /** How many own writes the browser has not confirmed. What others write is ignored so long, as in Chromium. */
  unconfirmed: number;
  readonly owner: Actor;
  readonly down: Channel;
  /** Whether the storage is full. */
  isFull: boolean;
}

/** One item of `localStorage`. The browser puts all writes in one order, and sends them to the copy of each tab. */
export class LocalStorage {
  text: string | null = null;
  copies: Copy[] = [];
  readonly #simulation: Simulation;
  readonly #longestMs: number;
  readonly #browser = steadyActor("the browser");

  constructor(simulation: Simulation, longestMs: number) {
    this.#simulation = simulation;
    this.#longestMs = longestMs / 2;
  }

  /** The copy of a new tab, whose process receives what others write. */
  copy(owner: Actor): Copy {
    const down = new Channel(this.#simulation, owner, this.#longestMs);
    const copy: Copy = { text: this.text, unconfirmed: 0, owner, down, isFull: false };
    this.copies.push(copy);
    return copy;
  }

  /** What `localStorage` is in a tab. */
  of(copy: Copy, written: (text: string) => void): Pick<Storage, "getItem" | "setItem"> {
    const up = new Channel(this.#simulation, this.#browser, this.#longestMs);
    return {
      getItem: () => copy.text,
      setItem: (_key, text) => {
        if (copy.isFull) throw new DOMException("The storage is full.", "QuotaExceededError");
        written(text);
        copy.text = text;
        copy.unconfirmed++;
        up.send(() => this.write(text, copy));
      },
    };
  }

  /** A write arrives in the browser. */
  write(text: string | null, from?: Copy): void {
    this.text = text;
    for (const copy of this.copies) {
      copy.down.send(() => {
        if (copy === from) copy.unconfirmed--;
        else if (copy.unconfirmed === 0) copy.text = text;
      });
    }
  }
}
