import type { InjectedFaults } from "./engine/faults/faults.js";
import type { Sessions } from "./engine/state/sessions.js";
import type { Lifetime } from "./engine/time/lifetime.js";
import type { VirtualClock } from "./engine/time/virtual-clock.js";
import type { MockServer } from "./mock-server.js";

/** What the mock's own tools need of a server besides what users see. */
export interface Inside {
  readonly clock: VirtualClock;
  readonly faults: Pick<InjectedFaults, "probe">;
  readonly lifetime: Lifetime;
  /** The tokens of an API. Undefined if there is no such API. */
  sessions(api: string): Pick<Sessions<unknown>, "has" | "expire"> | undefined;
}

const insides = new WeakMap<object, Inside>();

/** Remembers what is inside of a server. */
export function setInside(server: MockServer, inside: Inside): void {
  insides.set(server, inside);
}

/** What is inside of a server. Undefined if `createMockServer` of this copy of the module did not make it. */
export function insideOf(server: unknown): Inside | undefined {
  return typeof server === "object" && server !== null ? insides.get(server) : undefined;
}
