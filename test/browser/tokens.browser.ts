import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { until } from "../support/until.js";
import { bundle, pageWith } from "./support/bundle.js";
import { launch } from "./support/chromium.js";
import { type Served, serve } from "./support/serve.js";
// For its `declare global`.
import type {} from "./tokens/page.js";

let browser: Browser;
let site: Served;
let refreshes = 0;
/** Responds to the pending refresh. */
let respond = () => {};

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
        respond = () => response.end(JSON.stringify(tokens));
      },
    },
  });
  browser = await launch();
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

it("three tabs with an expired token share one refresh", async () => {
  const context = await browser.newContext();
  const tabs = await Promise.all([context.newPage(), context.newPage(), context.newPage()]);
  for (const tab of tabs) await tab.goto(site.url);
  const expired = { accessToken: "old", refreshToken: "first", expiresAt: Date.UTC(2020, 0, 1) };
  const stored = JSON.stringify({ v: 1, tokens: expired, revision: "1", sessionId: "ada" });
  await tabs[0].evaluate((text) => localStorage.setItem("tokens", text), stored);

  const tokens = Promise.all(tabs.map((tab) => tab.evaluate(() => window.token())));
  // One tab refreshes, and the two others wait for it.
  await until(() => refreshes > 0);
  await Promise.all(tabs.map((tab) => tab.evaluate(() => navigator.locks.query())));
  respond();

  expect(await tokens).toEqual(["token-1", "token-1", "token-1"]);
  expect(refreshes).toBe(1);
  await context.close();
});

it("a tab rejects with SessionChangedError after another tab has signed another user in", async () => {
  const context = await browser.newContext();
  const [adaTab, graceTab] = await Promise.all([context.newPage(), context.newPage()]);
  for (const tab of [adaTab, graceTab]) await tab.goto(site.url);
  await adaTab.evaluate(() => window.signIn({ accessToken: "ada" }));
  expect(await adaTab.evaluate(() => window.token())).toBe("ada");
  await graceTab.evaluate(() => window.signIn({ accessToken: "grace" }));

  const failure = await adaTab.evaluate(() => window.token("ada").catch((error) => error.name));
  expect(failure).toBe("SessionChangedError");
  expect(await graceTab.evaluate(() => window.token())).toBe("grace");
  // A reloaded page starts with the new session.
  await adaTab.reload();
  expect(await adaTab.evaluate(() => window.token())).toBe("grace");
  await context.close();
});
