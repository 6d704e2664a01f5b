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

/** Finds the invariants of one API's state that were broken since an earlier state. */
export type FindBroken = (before: Tables) => BrokenInvariant[];

/** Returns a function that finds the broken invariants of a state. `empty` creates an empty state of the same type. */
export function createFindBroken<State extends Tables>(
  state: State,
  empty: () => State,
  invariants: Invariants<State>,
): FindBroken {
  return (saved) => {
    const before = empty();
    for (const [name, table] of Object.entries(before)) table.adopt(saved[name] ?? table);
    const broken = [...invariants(state, before)];
    if (broken.length === 0) return broken;
    const old = new Set(Array.from(invariants(before, before), keyOf));
    return broken.filter((breach) => !old.has(keyOf(breach)));
  };
}

/** An object that has tables with invariants, such as an API. */
export interface HasInvariants {
  readonly tables: Tables;
  readonly findBroken: FindBroken;
}

/** Lists the invariants that were broken since `before`, the earlier tables by API, as text. The text is empty if none was broken. */
export function brokenSince(
  apis: Readonly<Record<string, HasInvariants>>,
  before: Readonly<Record<string, Tables>>,
): string {
  const broken = Object.entries(apis).flatMap(([api, { tables, findBroken }]) => {
    const saved = before[api] ?? {};
    if (Object.entries(tables).every(([name, table]) => table.hasRowsOf(saved[name] ?? table))) return [];
    return findBroken(saved).map(({ table, id, message }) => `${api}.${table} ${id}: ${message}`);
  });
  return broken.join("; ");
}

function keyOf({ table, id, message }: BrokenInvariant): string {
  return `${table}\n${id}\n${message}`;
}
