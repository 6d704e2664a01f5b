import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { bundle, pageWith } from "../support/bundle.js";
import { launch, openPage } from "../support/chromium.js";
import { type Served, serve } from "../support/serve.js";
// For its `declare global`.
import type {} from "./storybook-page.js";

let browser: Browser;
let site: Served;

beforeAll(async () => {
  const script = await bundle("test/browser/recipes/storybook-page.ts");
  const worker = readFileSync(createRequire(import.meta.url).resolve("msw/mockServiceWorker.js"), "utf8");
  site = await serve({
    routes: { "/index.html": pageWith("page.js"), "/page.js": script, "/mockServiceWorker.js": worker },
  });
  browser = await launch();
});
afterAll(() => Promise.all([browser?.close(), site?.close()]));

it("each story shows the data of its own mock server", async () => {
  const { page, consoleErrors } = await openPage(browser, site.url);
  await page.evaluate(() => window.showStory("Members"));
  await page.getByText("ada@example.com: admin").waitFor();
  await page.evaluate(() => window.showStory("Stranger"));
  await page.getByText("Only members may see").waitFor();
  await page.evaluate(() => window.showStory("ServerAway"));
  await page.getByText("The server is unavailable.").waitFor();
  expect(consoleErrors).toEqual([]);
});
