import type { Actor, Simulation } from "../explore/simulation.js";

/** Carries messages one way, late and in order. */
export class Channel {
  readonly #simulation: Simulation;
  readonly #receiver: Actor;
  readonly #longestMs: number;
  readonly #queue: (() => void)[] = [];

  constructor(simulation: Simulation, receiver: Actor, longestMs: number) {
    this.#simulation = simulation;
    this.#receiver = receiver;
    this.#longestMs = longestMs;
  }

  send(arrive: () => void): void {
    this.#queue.push(arrive);
    const ms = this.#simulation.number() * this.#longestMs;
    this.#simulation.timer(this.#receiver, ms, () => this.#queue.shift()?.());
  }
}

/** Creates an actor that is never stopped. */
export function steadyActor(name: string): Actor {
  return { name, isStopped: false, isDead: false };
}
