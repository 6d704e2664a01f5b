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
  const over = { accessToken: "old", refreshToken: "first", expiresAt: Date.UTC(2020, 0, 1) };
  const stored = JSON.stringify({ v: 1, tokens: over, revision: "1", sessionId: "ada" });
  await tabs[0].evaluate((text) => localStorage.setItem("tokens", text), stored);

  const tokens = Promise.all(tabs.map((tab) => tab.evaluate(() => window.token())));
  // One refreshes, and the two others wait for it.
  await vi.waitUntil(() => refreshes > 0, { timeout: 10_000 });
  await Promise.all(tabs.map((tab) => tab.evaluate(() => navigator.locks.query())));
  answer();

  expect(await tokens).toEqual(["token-1", "token-1", "token-1"]);
  expect(refreshes).toBe(1);
  await context.close();
});

it("a tab whose user has been replaced in another tab fails, and does not act as the other", async () => {
  const context = await browser.newContext();
  const [adas, graces] = await Promise.all([context.newPage(), context.newPage()]);
  for (const tab of [adas, graces]) await tab.goto(site.url);
  await adas.evaluate(() => window.signIn({ accessToken: "ada" }));
  expect(await adas.evaluate(() => window.token())).toBe("ada");
  await graces.evaluate(() => window.signIn({ accessToken: "grace" }));

  const failure = await adas.evaluate(() => window.token("ada").catch((error) => error.name));
  expect(failure).toBe("SessionChangedError");
  expect(await graces.evaluate(() => window.token())).toBe("grace");
  // The next page begins with the new session.
  await adas.reload();
  expect(await adas.evaluate(() => window.token())).toBe("grace");
  await context.close();
});
