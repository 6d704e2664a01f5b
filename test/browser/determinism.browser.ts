import { readFile } from "node:fs/promises";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
// For its `declare global`.
import type {} from "./determinism/page.js";
import { bundle, pageWith } from "./support/bundle.js";
import { launch, openPage } from "./support/chromium.js";
import { type Served, serve } from "./support/serve.js";

let browser: Browser;
let site: Served;

beforeAll(async () => {
  const script = await bundle("test/browser/determinism/page.ts");
  site = await serve({ routes: { "/index.html": pageWith("page.js"), "/page.js": script } });
  browser = await launch();
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

it("the mock returns the same bytes in Chromium as in Node", async () => {
  const { page } = await openPage(browser, site.url);
  const golden = await readFile(new URL("../determinism/scenario.golden.txt", import.meta.url), "utf8");
  expect(await page.evaluate(() => window.recordScenario())).toBe(golden);
}, 60_000);
