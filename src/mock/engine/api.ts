import type { ConnectRouter } from "@connectrpc/connect";
import type { Check } from "./shape.js";

/** One API as the server composes it with others. */
export interface Api<Seed> {
  /** All that it remembers. */
  readonly tables: Readonly<Record<string, { checkpoint(): () => void }>>;
  /** Puts its services on a router. */
  readonly routes: (router: ConnectRouter) => void;
  /** Looks at a seed's form. */
  readonly checkSeed: Check;
  /** Adds what a seed says. @throws Error, with part of it added, when it contradicts itself or what is there. */
  readonly plant: (seed: Seed, path: string) => void;
}

/** Remembers what APIs remember; the function that comes back brings it back, as often as it is called. */
export function checkpoint(apis: readonly Pick<Api<never>, "tables">[]): () => void {
  const back = apis.flatMap(({ tables }) => Object.values(tables).map((table) => table.checkpoint()));
  return () => {
    for (const restore of back) restore();
  };
}
