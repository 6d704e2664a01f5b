import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { bundle, pageWith } from "./support/bundle.js";
import { launch } from "./support/chromium.js";
import { type Served, serve } from "./support/serve.js";
// For its `declare global`.
import type {} from "./tokens/page.js";

let browser: Browser;
let site: Served;
let refreshes = 0;
/** Lets the refreshes that wait be answered. */
let answer = () => {};

beforeAll(async () => {
  const script = await bundle("test/browser/tokens/page.ts");
  site = await serve({
    routes: {
      "/index.html": pageWith("page.js"),
      "/page.js": script,
      "/refresh": (_request, response) => {
        refreshes += 1;
        const tokens = {
          accessToken: `token-${refreshes}`,
          refreshToken: "next",
          expiresAt: Date.now() + 3_600_000,
        };
        answer = () => response.end(JSON.stringify(tokens));
      },
    },
  });
  browser = await launch();
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

it("three tabs whose token has expired make one refresh", async () => {
  const context = await browser.newContext();
  const tabs = await Promise.all([context.newPage(), context.newPage(), context.newPage()]);
  for (const tab of tabs) await tab.goto(site.url);
  await tabs[0].evaluate(() =>
    localStorage.setItem(
      "tokens",
      JSON.stringify({ accessToken: "old", refreshToken: "first", expiresAt: 0 }),
    ),
  );

  const tokens = Promise.all(tabs.map((tab) => tab.evaluate(() => window.token())));
  // One refreshes, and the two others wait for the lock that it holds.
  await vi.waitUntil(async () => (await tabs[0].evaluate(() => window.waiting())) === 2, { timeout: 10_000 });
  expect(refreshes).toBe(1);
  answer();

  expect(await tokens).toEqual(["token-1", "token-1", "token-1"]);
  expect(refreshes).toBe(1);
  await context.close();
});
