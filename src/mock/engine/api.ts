import type { ConnectRouter } from "@connectrpc/connect";
import type { Check } from "./check-json.js";
import type { Watcher } from "./state/strict.js";
import type { Tables } from "./state/tables.js";

/** One API as the server composes it with others. */
export interface Api<Seed> {
  /** All that it remembers. */
  readonly tables: Tables;
  /** What a row of each table must look like, for those that come as JSON. */
  readonly rows: Readonly<Record<string, Check>>;
  /** Sees what is broken. */
  readonly watcher: Watcher;
  /** Puts its services on a router. */
  readonly routes: (router: ConnectRouter) => void;
  /** Looks at a seed's form. */
  readonly checkSeed: Check;
  /** Adds what a seed says. @throws Error, with part of it added, when it contradicts itself or what is there. */
  readonly plant: (seed: Seed, path: string) => void;
}

/** The part of an API that remembers. */
export type Remembering = Pick<Api<never>, "tables">;

/** Remembers what APIs remember; the function that comes back brings it back, as often as it is called. */
export function checkpoint(apis: Iterable<Remembering>): () => void {
  const back = Array.from(apis).flatMap(({ tables }) =>
    Object.values(tables).map((table) => table.checkpoint()),
  );
  return () => {
    for (const restore of back) restore();
  };
}

/** Lets tables begin with what others of the same API hold, at no cost: rows are shared until either side writes. */
export function adopt(tables: Tables, from: Tables): void {
  for (const [name, table] of Object.entries(tables)) {
    const other = from[name];
    if (other !== undefined) table.adopt(other);
  }
}
