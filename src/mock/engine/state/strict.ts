import { failure } from "../errors.js";
import type { Tables } from "./tables.js";

/** A broken invariant. */
export interface BrokenInvariant {
  /** The table, and the row's id. */
  readonly table: string;
  readonly id: string;
  /** The problem: `the team "acme" has no admin`. */
  readonly message: string;
}

/** Finds the broken invariants of a state. `before` is the state before the call, for invariants about a change. */
export type Invariants<State> = (state: State, before: State) => Iterable<BrokenInvariant>;

/** Finds the broken invariants of one API's state. */
export interface Watcher {
  /** Saves the current state. Returns a function that finds the invariants that were broken since then. */
  begin(): () => BrokenInvariant[];
}

/** Creates a watcher of a state. `empty` creates an empty state of the same type. */
export function createWatcher<State extends Tables>(
  state: State,
  empty: () => State,
  invariants: Invariants<State>,
): Watcher {
  return {
    begin() {
      const before = empty();
      for (const [name, table] of Object.entries(before)) table.adopt(state[name] ?? table);
      const revision = revisionOf(state);
      return () => {
        if (revisionOf(state) === revision) return [];
        const broken = [...invariants(state, before)];
        if (broken.length === 0) return broken;
        const old = new Set(Array.from(invariants(before, before), keyOf));
        return broken.filter((breach) => !old.has(keyOf(breach)));
      };
    },
  };
}

/** Undoes a call that breaks an invariant. */
export class StrictGuard {
  readonly #watchers: () => Readonly<Record<string, Watcher>>;
  readonly #remember: () => () => void;

  /**
   * `watchers` returns the watchers of the APIs. `remember` saves the current state of all APIs, and returns a function
   * that restores it.
   */
  constructor(watchers: () => Readonly<Record<string, Watcher>>, remember: () => () => void) {
    this.#watchers = watchers;
    this.#remember = remember;
  }

  /**
   * Carries out a call of an API. @throws ConnectError `internal` if the call breaks an invariant. In that case, the
   * call is undone.
   */
  run<T>(api: string, method: string, act: () => T): T {
    const undo = this.#remember();
    const findBroken = this.begin([api]);
    const response = act();
    const broken = findBroken();
    if (broken === "") return response;
    undo();
    throw failure("internal", `strict: ${api}.${method} was undone, because it broke ${broken}`);
  }

  /**
   * Saves the current state. Returns a function that lists the invariants that were broken since then, as text. The
   * text is empty if no invariant was broken.
   */
  begin(apis?: readonly string[]): () => string {
    const watchers = Object.entries(this.#watchers()).filter(([api]) => apis?.includes(api) ?? true);
    const checks = watchers.map(([api, watcher]) => [api, watcher.begin()] as const);
    return () => checks.flatMap(([api, check]) => check().map((breach) => describe(api, breach))).join("; ");
  }
}

function describe(api: string, { table, id, message }: BrokenInvariant): string {
  return `${api}.${table} ${id}: ${message}`;
}

function keyOf({ table, id, message }: BrokenInvariant): string {
  return `${table}\n${id}\n${message}`;
}

function revisionOf(tables: Tables): number {
  let sum = 0;
  for (const { revision } of Object.values(tables)) sum += revision;
  return sum;
}
