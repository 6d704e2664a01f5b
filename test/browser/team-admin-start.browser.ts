import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { audit } from "./support/audit.js";
import { built } from "./support/build-example.js";
import { launch, openPage } from "./support/chromium.js";
import { type Routes, type Served, serve } from "./support/serve.js";

let browser: Browser;
let site: Served;

beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser?.close());
afterEach(() => site?.close());

const title = "The mock server did not start";

describe("the example, if its mock server cannot start", () => {
  it.each<[string, Routes]>([
    [
      "without the worker's script",
      { "/mockServiceWorker.js": (_, response) => response.writeHead(404).end() },
    ],
    [
      "with a server that sends the page in place of the script, as `vite preview` does",
      {
        async "/mockServiceWorker.js"(_, response) {
          const page = await readFile(join(built, "index.html"));
          response.writeHead(200, { "content-type": "text/html" }).end(page);
        },
      },
    ],
  ])("shows what to do: %s", async (_name, routes) => {
    site = await serve({ directory: built, routes });
    for (const colorScheme of ["light", "dark"] as const) {
      const { page, consoleErrors } = await openPage(browser, site.url, { colorScheme });
      await page.getByRole("heading", { name: title }).waitFor();
      const text = await page.getByRole("alert").textContent();
      expect(text).toContain("The worker’s script, /mockServiceWorker.js, is not there.");
      expect(text).toContain("run npm run build and npm run preview");
      expect(consoleErrors).toEqual([]);
      expect(await audit(page)).toEqual([]);
      await page.context().close();
    }
  });

  it("shows that Service Workers need https or localhost if the browser has none", async () => {
    site = await serve({ directory: built });
    const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
    // Browsers have no Service Workers on pages without https, except on localhost.
    await context.addInitScript(() => Reflect.deleteProperty(Navigator.prototype, "serviceWorker"));
    const page = await context.newPage();
    await page.goto(site.url);
    await page.getByRole("heading", { name: title }).waitFor();
    expect(await page.getByRole("alert").textContent()).toContain("for https and for localhost only");
    const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(sideways).toBeLessThanOrEqual(0);
    await context.close();
  });
});
