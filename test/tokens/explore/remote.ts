import type { Actor, Simulation } from "./simulation.js";

/** What can go wrong with a request of a process to a store or a server. */
export interface Faults {
  /** How likely a request is lost before it has had an effect. */
  refused: number;
  /** How likely only the response is lost. */
  lostResponse: number;
}

/**
 * Sends a request of an actor: it takes effect later, and then the response comes, later still. What was sent takes effect
 * even if the actor has died.
 *
 * @param effect - what the request does, all at once.
 */
export function request<T>(
  simulation: Simulation,
  actor: Actor,
  what: string,
  effect: () => T,
  faults: Faults,
): Promise<T> {
  const text = `${actor.name} ${what}`;
  return new Promise((resolve, reject) => {
    const fail = (reason: unknown) => simulation.add(actor, `${text} fails`, () => reject(reason));
    simulation.add(undefined, text, () => {
      if (simulation.chance(faults.refused)) return fail(new TypeError("fetch failed"));
      let result: T;
      try {
        result = effect();
      } catch (reason) {
        return fail(reason);
      }
      if (simulation.chance(faults.lostResponse)) return fail(new TypeError("fetch failed: response lost"));
      simulation.add(actor, `${text}: response`, () => resolve(result));
    });
  });
}
