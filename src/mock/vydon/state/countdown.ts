import { type Check, count, object, optional, text } from "../../engine/check-json.js";
import type { Entity, Table } from "../../engine/state/tables.js";

/** How many of the next calls are affected. */
export interface VydonNextCalls {
  /** The number of calls, 0 or more. Default 1. */
  times?: number | undefined;
}

/** Checks how many of the next calls are affected. @throws Error with the path to the wrong value. */
export const checkNextCalls: Check<VydonNextCalls> = object({ times: optional(count) });

/** The number of calls that are left. A table has at most one such row. */
export interface CountdownRow extends Entity {
  readonly left: number;
}

/** The check for a {@link CountdownRow}. */
export const checkCountdown: Check<CountdownRow> = object({ id: text, left: count });

/** The id of the only row of a countdown's table. */
const rowId = "next";

/** The number of next calls that must fail. It is in a table, so forks and snapshots include it. */
export class Countdown {
  readonly #table: Table<CountdownRow>;

  constructor(table: Table<CountdownRow>) {
    this.#table = table;
  }

  /** Sets the number of calls. */
  set(left: number): void {
    this.#table.delete(rowId);
    this.#table.insert({ id: rowId, left });
  }

  /** Counts one call. Returns whether it must fail. */
  take(): boolean {
    const left = this.#table.get(rowId)?.left ?? 0;
    if (left === 0) return false;
    this.set(left - 1);
    return true;
  }
}
