import { failure } from "../errors.js";
import type { Tables } from "./tables.js";

/** Something that must always hold, and does not. */
export interface Breach {
  /** The table in which it shows, and the row's id. */
  readonly table: string;
  readonly id: string;
  /** What is wrong: `the team "acme" has no admin`. */
  readonly message: string;
}

/** Says what doesn't hold in a state. `before` is the one before the call, for what must hold of a change alone. */
export type Invariants<State> = (state: State, before: State) => Iterable<Breach>;

/** Sees what is broken in one API's state. */
export interface Watcher {
  /** Remembers how things stand; the function that comes back says what has been broken since. */
  begin(): () => Breach[];
}

/** Watches over a state. `empty` makes another of its kind. */
export function watchOver<State extends Tables>(
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

/** Undoes what breaks that which must always hold. */
export class Guard {
  readonly #watchers: () => Readonly<Record<string, Watcher>>;
  readonly #remember: () => () => void;

  /** Watches over APIs; `remember` gives what brings everything back. */
  constructor(watchers: () => Readonly<Record<string, Watcher>>, remember: () => () => void) {
    this.#watchers = watchers;
    this.#remember = remember;
  }

  /** Does what a call of an API does. @throws ConnectError `internal`, with all undone, when that broke something. */
  watch<T>(api: string, method: string, act: () => T): T {
    const back = this.#remember();
    const broken = this.begin([api]);
    const answer = act();
    const breaches = broken();
    if (breaches === "") return answer;
    back();
    throw failure("internal", `strict: ${api}.${method} was undone, it broke ${breaches}`);
  }

  /** Remembers how things stand; the function that comes back lists what has been broken since: the empty text for nothing. */
  begin(apis?: readonly string[]): () => string {
    const watchers = Object.entries(this.#watchers()).filter(([api]) => apis?.includes(api) ?? true);
    const looks = watchers.map(([api, watcher]) => [api, watcher.begin()] as const);
    return () => looks.flatMap(([api, look]) => look().map((breach) => describe(api, breach))).join("; ");
  }
}

function describe(api: string, { table, id, message }: Breach): string {
  return `${api}.${table} ${id}: ${message}`;
}

function keyOf({ table, id, message }: Breach): string {
  return `${table}\n${id}\n${message}`;
}

function revisionOf(tables: Tables): number {
  let sum = 0;
  for (const { revision } of Object.values(tables)) sum += revision;
  return sum;
}
