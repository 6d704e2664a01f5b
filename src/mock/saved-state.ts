import type { Api } from "./engine/api.js";
import { type Checkpoint, checkpoint, restore } from "./engine/state/checkpoint.js";
import type { Ids } from "./engine/state/ids.js";
import type { StrictGuard } from "./engine/state/strict.js";
import type { VirtualClock } from "./engine/time/virtual-clock.js";

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
  readonly #apis: Readonly<Record<string, Api>>;
  readonly #ids: Ids;
  readonly #clock: Pick<VirtualClock, "now" | "ranMs">;

  constructor(apis: Readonly<Record<string, Api>>, ids: Ids, clock: Pick<VirtualClock, "now" | "ranMs">) {
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
   * if the change breaks an invariant.
   */
  change(change: () => void, guard: StrictGuard | undefined): void {
    const before = this.save();
    const findBroken = guard?.begin() ?? (() => "");
    try {
      change();
      const broken = findBroken();
      if (broken !== "") throw new Error(`strict: ${broken}`);
    } catch (error) {
      this.restore(before);
      throw error;
    }
  }
}
