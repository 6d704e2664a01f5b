import type { Cost } from "../harness.js";

/** What a bench file exports as `bench`. */
export interface Bench {
  /** As in `npm run bench -- NAME`, and the file's name. */
  readonly name: string;
  /** A heading, and what is measured in a sentence or two. */
  readonly title: string;
  readonly about: string;
  run(): Promise<Table[]>;
}

/** Costs to be read side by side. The first is what the others are held against. */
export interface Table {
  readonly title: string;
  readonly unit: Unit;
  readonly costs: readonly Cost[];
  readonly goals?: readonly Goal[];
}

/** CPU time in microseconds or milliseconds, the clock on the wall, bytes. */
type Unit = "µs CPU" | "ms CPU" | "ns CPU" | "ms wall" | "B" | "MB";

/** What must hold: a cost is at most so many times another one, or at most so much. */
export interface Goal {
  readonly of: string;
  /** Default: nothing; `atMost` is then in the table's unit. */
  readonly over?: string;
  readonly atMost: number;
  /** What stands in the way, where it isn't reached: a sentence or two. */
  readonly obstacle?: string;
}
