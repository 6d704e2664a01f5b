import type { StorePlace, World } from "./world.js";

/** A check, and the world that it takes place in. */
export interface WorldCheck {
  readonly name: string;
  readonly run: (world: World, place: StorePlace) => Promise<void>;
  /** Whether it needs `corrupt` of the place. */
  readonly corrupts?: boolean;
}
