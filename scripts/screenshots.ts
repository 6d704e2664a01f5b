/**
 * Writes the pictures of the README: `npm run screenshots`. Builds the example, opens it in Chromium at a fixed time, lets two
 * calls fail, and takes `docs/images/team-admin.png`. Only the milliseconds in the log of calls differ from run to run.
 */
import { mkdirSync, statSync } from "node:fs";
import { built, setup } from "../test/browser/support/build-example.js";
import { launch } from "../test/browser/support/chromium.js";
import { serve } from "../test/browser/support/serve.js";

const path = "docs/images/team-admin.png";
const limitBytes = 250_000;

setup();
mkdirSync("docs/images", { recursive: true });
const site = await serve({ directory: built });
const browser = await launch();
try {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    colorScheme: "light",
    reducedMotion: "reduce",
    locale: "en-US",
    timezoneId: "UTC",
  });
  const page = await context.newPage();
  await page.clock.setFixedTime("2026-03-02T09:00:00Z");
  // The client's waits are random.
  await page.addInitScript(() => {
    Math.random = () => 0.7;
  });
  await page.goto(site.url);
  await page.getByText("nightly-sync").waitFor();
  await page.getByRole("button", { name: "Two failures" }).click();
  await page.getByRole("log").getByText("3 attempts, 2 waits").waitFor();
  await page.screenshot({ path });
} finally {
  await browser.close();
  await site.close();
}

const { size } = statSync(path);
console.log(`${path}: ${size} bytes`);
if (size > limitBytes) {
  console.error(`It is larger than ${limitBytes} bytes, which is too much for the package.`);
  process.exitCode = 1;
}
