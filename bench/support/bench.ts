import type { Cost } from "../harness.js";

/** What a bench file exports as `bench`. */
export interface Bench {
  /** As in `npm run bench -- NAME`, and the file's name. */
  readonly name: string;
  /** A heading. */
  readonly title: string;
  /** What is measured, for users: a few sentences. */
  readonly about: string;
  /** Why others are ahead of us, for `docs/performance.md`. It shows the reason only if they are. */
  readonly ahead?: readonly Ahead[];
  run(): Promise<Table[]>;
}

/** Somebody who may be ahead of us in the tables of a bench. */
interface Ahead {
  /** The contender that is ahead. */
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

/** What must hold: a cost is at most so many times another one, or at most so much. Only the console shows it. */
export interface Goal {
  readonly of: string;
  /** Default: none; `atMost` is then in the table's unit. */
  readonly over?: string;
  readonly atMost: number;
}
