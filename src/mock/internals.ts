import type { InjectedFaults } from "./engine/faults/faults.js";
import type { Sessions } from "./engine/state/sessions.js";
import type { Lifetime } from "./engine/time/lifetime.js";
import type { VirtualClock } from "./engine/time/virtual-clock.js";
import type { MockServer } from "./mock-server.js";

/** The functions that a server calls. Its worlds and its forks call them too. */
export interface Hooks {
  /** Called at the end of each reset, and for each new world. Sets the initial faults and the initial clock. */
  prepare?: (server: MockServer) => void;
  /** Called once for each new world. */
  onWorld?: (world: MockServer) => void;
}

/** The parts of a server for the mock's own tools. They are not public. */
export interface Internals {
  readonly hooks: Hooks;
  readonly clock: VirtualClock;
  readonly faults: Pick<InjectedFaults, "probe">;
  readonly lifetime: Lifetime;
  /** Returns the tokens of an API. Undefined if there is no such API. */
  sessions(api: string): Pick<Sessions<unknown>, "has" | "expire"> | undefined;
}

const allInternals = new WeakMap<object, Internals>();

/** Stores the internals of a server. */
export function setInternals(server: MockServer, internals: Internals): void {
  allInternals.set(server, internals);
}

/**
 * Returns the internals of a server. Undefined if the server was not created by `createMockServer` of this copy of the
 * module.
 */
export function internalsOf(server: unknown): Internals | undefined {
  return typeof server === "object" && server !== null ? allInternals.get(server) : undefined;
}

/** Returns the internals of a server that this copy of the module has created. @throws Error for any other value. */
export function requireInternals(server: MockServer): Internals {
  const internals = internalsOf(server);
  if (internals === undefined)
    throw new Error("this is not a mock server: give one that createMockServer of this module has created");
  return internals;
}
