import type { StorePlace, World } from "./world.js";

/** A check that runs in a simulated world. */
export interface WorldCheck {
  readonly name: string;
  readonly run: (world: World, place: StorePlace) => Promise<void>;
  /** Whether it needs the `corrupt` function of the place. Default false. */
  readonly corrupts?: boolean;
}
