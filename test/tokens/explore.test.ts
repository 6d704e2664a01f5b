import { expect, it } from "vitest";
import { explore } from "./explore/explore.js";
import type { Break } from "./explore/world.js";

/** Returns the first failure of some random runs. */
async function firstFailure(runs: number, breaks?: Break): Promise<string | undefined> {
  for (let seed = 1; seed <= runs; seed++) {
    try {
      await explore(seed, breaks);
    } catch (reason) {
      return String(reason);
    }
  }
  return undefined;
}

it("processes that share a store keep the rules in 1,000 random orders of events", async () => {
  expect(await firstFailure(1_000)).toBeUndefined();
});

it.each<[string, Break, RegExp]>([
  [
    "a store that ignores the expected revision",
    (next, _expected, stored) => ({ next, expected: stored?.revision }),
    /saves the tokens of sign-in \d+|but the store has/,
  ],
  [
    "a store that loses the mark of a refresh",
    ({ refreshStartedAt: _, ...next }, expected) => ({ next, expected }),
    /sends \d+\.r\d+, which P\d has sent \d+ ms ago/,
  ],
])("the search through random orders finds %s", async (_what, breaks, text) => {
  expect(await firstFailure(500, breaks)).toMatch(text);
});
