import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
// For its `declare global`.
import type {} from "./contract/page.js";
import { bundle, pageWith } from "./support/bundle.js";
import { launch, openPage } from "./support/chromium.js";
import { type Served, serve } from "./support/serve.js";

let browser: Browser;
let site: Served;

beforeAll(async () => {
  const script = await bundle("test/browser/contract/page.ts", {
    alias: { vitest: resolve("test/browser/support/vitest-in-page.ts") },
  });
  const worker = readFileSync(createRequire(import.meta.url).resolve("msw/mockServiceWorker.js"), "utf8");
  site = await serve({
    routes: { "/index.html": pageWith("page.js"), "/page.js": script, "/mockServiceWorker.js": worker },
  });
  browser = await launch();
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

it("the contract tests pass through MSW in a Service Worker", async () => {
  const { page } = await openPage(browser, site.url);
  const outcomes = await page.evaluate(() => window.runContract());
  expect(outcomes.filter(({ error }) => error !== undefined)).toEqual([]);
  expect(outcomes.length).toBeGreaterThan(40);
});
