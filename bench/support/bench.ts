import type { Cost } from "../harness.js";

/** What a bench file exports as `bench`. */
export interface Bench {
  /** The file's name, as in `npm run bench -- NAME`. */
  readonly name: string;
  /** Its heading in the docs. */
  readonly title: string;
  /** What is measured, for users: a few sentences. */
  readonly about: string;
  /** Why others are faster than us, for `docs/performance.md`. It shows a reason only if they are. */
  readonly ahead?: readonly Ahead[];
  run(): Promise<Table[]>;
}

/** A contender that may be faster than ours. */
interface Ahead {
  /** The contender that may be faster. */
  readonly name: string;
  /** Ours. */
  readonly of: string;
  readonly why: string;
}

/** Costs side by side. The ratios are to the first one. */
export interface Table {
  readonly title: string;
  readonly unit: Unit;
  readonly costs: readonly Cost[];
  readonly goals?: readonly Goal[];
}

/** CPU time, the time that passes, or a size. */
type Unit = "µs CPU" | "ms CPU" | "ns CPU" | "ms" | "B" | "kB" | "MB";

/** A limit of a cost, absolute or relative to another cost. Only the console shows it. */
export interface Goal {
  readonly of: string;
  /** The cost that `of` is divided by. Default: none, and `atMost` is in the table's unit. */
  readonly over?: string;
  readonly atMost: number;
}
