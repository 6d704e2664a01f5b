import { failure } from "../errors.js";
import { mapValues } from "../records.js";
import type { VirtualClock } from "../time/virtual-clock.js";
import type { Ids } from "./ids.js";
import { brokenSince, type HasInvariants } from "./strict.js";
import type { Tables } from "./tables.js";

/** An object that has tables, such as an API. */
export interface HasTables {
  readonly tables: Tables;
}

/** The tables of APIs at one moment, by API. It never changes, and any number of servers may start with it. */
export type Checkpoint = Readonly<Record<string, Tables>>;

/** Copies the tables of APIs. This is cheap: rows are shared until an API writes. */
export function checkpoint(apis: Readonly<Record<string, HasTables>>): Checkpoint {
  return mapValues(apis, ({ tables }) => mapValues(tables, (table) => table.fork()));
}

/** Replaces the tables of APIs with the tables of a checkpoint, which may be from another server. */
export function restore(apis: Readonly<Record<string, HasTables>>, from: Checkpoint): void {
  for (const [api, { tables }] of Object.entries(apis)) {
    for (const [name, table] of Object.entries(tables)) {
      const other = from[api]?.[name];
      if (other !== undefined) table.adopt(other);
    }
  }
}

/** Runs a change. If it throws an error, the tables of the APIs and the ids stay as they were. */
export function allOrNothing<T>(apis: Readonly<Record<string, HasTables>>, ids: Ids, change: () => T): T {
  const before = checkpoint(apis);
  const idState = ids.state;
  try {
    return change();
  } catch (error) {
    restore(apis, before);
    ids.state = idState;
    throw error;
  }
}

/** The state of a server at one moment. A reset restores it, and a world starts with it. */
export interface SavedState {
  readonly tables: Checkpoint;
  /** The state of the generator of ids. */
  readonly ids: number;
  /** The server's time, in milliseconds since 1970. */
  readonly at: number;
  /** How long the server's clock had run, in milliseconds. */
  readonly ranMs: number;
}

/** Saves, restores and changes the tables and the ids of one server. */
export class StateKeeper {
  readonly #apis: Readonly<Record<string, HasInvariants>>;
  readonly #ids: Ids;
  readonly #clock: Pick<VirtualClock, "now" | "ranMs">;

  constructor(
    apis: Readonly<Record<string, HasInvariants>>,
    ids: Ids,
    clock: Pick<VirtualClock, "now" | "ranMs">,
  ) {
    this.#apis = apis;
    this.#ids = ids;
    this.#clock = clock;
  }

  /** Saves the current state. `tables` are the current tables, if they were saved already. */
  save(tables: Checkpoint = checkpoint(this.#apis)): SavedState {
    return { tables, ids: this.#ids.state, at: this.#clock.now(), ranMs: this.#clock.ranMs };
  }

  /** Restores the tables and the ids. The time does not change. */
  restore({ tables, ids }: SavedState): void {
    restore(this.#apis, tables);
    this.#ids.state = ids;
  }

  /**
   * Changes the state. If `change` throws an error, the state stays as it was. @throws the error of `change`, and Error
   * if the server is strict and the change breaks an invariant.
   */
  change(isStrict: boolean, change: () => void): void {
    const before = this.save();
    try {
      change();
      const broken = isStrict ? brokenSince(this.#apis, before.tables) : "";
      if (broken !== "") throw new Error(`strict: ${broken}`);
    } catch (error) {
      this.restore(before);
      throw error;
    }
  }

  /**
   * Carries out a call of a strict server. A call that fails may have changed the state, as on the real server. @throws
   * ConnectError `internal` if the call succeeds but breaks an invariant. In that case, the call is undone.
   */
  runStrictly<T>(call: string, act: () => T): T {
    const before = this.save();
    const response = act();
    const broken = brokenSince(this.#apis, before.tables);
    if (broken === "") return response;
    this.restore(before);
    throw failure("internal", `strict: ${call} was undone, because it broke ${broken}`);
  }
}
