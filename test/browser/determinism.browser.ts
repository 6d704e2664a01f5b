import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
// For its `declare global`.
import type {} from "./determinism/page.js";
import { usePage } from "./support/use-page.js";

const open = usePage("test/browser/determinism/page.ts");

it("the mock returns the same bytes in Chromium as in Node", async () => {
  const page = await open();
  const golden = await readFile(new URL("../determinism/scenario.golden.txt", import.meta.url), "utf8");
  expect(await page.evaluate(() => window.recordScenario())).toBe(golden);
});
