import { expect, it } from "vitest";
import { explore } from "./explore/explore.js";
import { exploreTables } from "./explore/tables.js";

it("a mock server keeps its rules in random orders of calls and steps", async () => {
  for (let seed = 1; seed <= 50; seed++) expect(await explore(seed)).toContain("\nthe end\n");
});

it("the same random order gives the same bytes", async () => {
  for (let seed = 1; seed <= 5; seed++) expect(await explore(seed)).toBe(await explore(seed));
});

it("a table and its indexes have the rows of a plain list in random orders of steps", () => {
  for (let seed = 1; seed <= 100; seed++) expect(() => exploreTables(seed)).not.toThrow();
});
