import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
// For its `declare global`.
import type {} from "./secrets/page.js";
import { bundle, pageWith } from "./support/bundle.js";
import { launch, openPage } from "./support/chromium.js";
import { type Served, serve } from "./support/serve.js";

let browser: Browser;
let site: Served;

beforeAll(async () => {
  const script = await bundle("test/browser/secrets/page.ts");
  site = await serve({ routes: { "/index.html": pageWith("page.js"), "/page.js": script } });
  browser = await launch();
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

// Chromium writes the message that an error was created with into its stack.
it("an error's stack in Chromium contains no token that the server returned", async () => {
  const token = "neo_at_v1_11111111-2222-4333-8444-555555555555";
  const { page } = await openPage(browser, site.url);
  const stacks = await page.evaluate((secret) => window.stacksOfFailures(secret), token);
  expect(stacks).toHaveLength(2);
  for (const stack of stacks) {
    expect(stack).toContain("busy: [secret]");
    expect(stack).not.toContain(token);
  }
  await page.context().close();
});
