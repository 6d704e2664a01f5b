import type { StorePlace, World } from "./world.js";

/** A check that runs in a simulated world. */
export interface WorldCheck {
  readonly name: string;
  readonly run: (world: World, place: StorePlace) => Promise<void>;
  /** Whether it needs the `corrupt` function of the place. Default false. */
  readonly corrupts?: boolean;
}

/** Checks a condition. @throws Error with the text if it is false. */
export function expect(condition: boolean, text: string): asserts condition {
  if (!condition) throw new Error(text);
}

/** Checks that two values are the same as JSON. @throws Error if they differ. The text begins with `what`. */
export function expectSame(actual: unknown, expected: unknown, what: string): void {
  const [is, should] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (is !== should) throw new Error(`${what} must be ${should}, but is ${is}`);
}
