import { expect, it } from "vitest";
import { type Explored, exploreTabs } from "./tabs/explore.js";
import type { Flaw } from "./tabs/web-locks.js";

async function explored(runs: number, flaw?: Flaw): Promise<Explored[]> {
  const results: Explored[] = [];
  for (let seed = 1; seed <= runs; seed++) results.push(await exploreTabs(seed, flaw));
  return results;
}

it("tabs that share a storage keep the rules in 1,000 random orders of events", async () => {
  const results = await explored(1_000);
  // The rules apply to most runs, and tabs lose their locks in many.
  expect(results.filter(({ excuse }) => excuse === undefined).length).toBeGreaterThan(750);
  expect(results.filter(({ steals }) => steals > 0).length).toBeGreaterThan(200);
});

it.each<[Flaw, RegExp]>([
  ["query shows none", /but T\d has written/],
  ["all are available", /but T\d has written/],
])("the search through random orders finds locks of which %s", async (flaw, text) => {
  await expect(explored(2_000, flaw)).rejects.toThrow(text);
});
