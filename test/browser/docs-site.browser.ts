import { execFileSync } from "node:child_process";
import { resolve } from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { audit } from "./support/audit.js";
import { launch, openPage } from "./support/chromium.js";
import { type Served, serve } from "./support/serve.js";

const built = resolve(".tmp/docs-site");
const pages = [
  "",
  "testing.html",
  "testing/playwright.html",
  "testing/apis.html",
  "performance.html",
  "methods.html",
  "compare.html",
  "cookbook/index.html",
  "modules/tenantry.html",
  "modules/tenantry_vydon_methods.html",
  "modules/tenantry_ona.html",
  "functions/tenantry_query.onaMutations.html",
  "interfaces/tenantry_query.VydonConversion.html",
  "interfaces/tenantry_vydon.VydonMembers.html",
];
const wide = { viewport: { width: 1280, height: 800 } };
const narrow = { viewport: { width: 390, height: 844 } };

let site: Served;
let browser: Browser;
beforeAll(async () => {
  execFileSync("npx", ["tsx", "scripts/docs.ts", built], { stdio: ["ignore", "ignore", "inherit"] });
  site = await serve({ directory: built });
  browser = await launch();
});
afterAll(() => Promise.all([browser?.close(), site?.close()]));

async function open(path: string, options: BrowserContextOptions): Promise<Page> {
  const { page, consoleErrors } = await openPage(browser, site.url + path, options);
  await page.locator("#tsd-nav-container a").first().waitFor({ state: "attached" });
  expect(consoleErrors).toEqual([]);
  return page;
}

async function find(text: string): Promise<string[]> {
  const page = await open("", wide);
  await page.getByRole("button", { name: "Search" }).click();
  await page.locator("#tsd-search-input").fill(text);
  const results = page.locator("#tsd-search-results li");
  await results.first().waitFor();
  return (await results.allInnerTexts()).map((result) => result.replace(/\s+/g, ""));
}

it.each([
  ["GetTeamAccountMembers", "tenantry/vydon.VydonMembers.list"],
  ["getteamaccountmembers", "tenantry/vydon.VydonMembers.list"],
  ["ListSSOLogins", "tenantry/ona.OnaAccounts.listSsoLogins"],
  ["permissions.checkAll", "tenantry/vydon.VydonPermissions.checkAll"],
])("the search finds %s", async (text, first) => {
  expect((await find(text))[0]).toBe(first);
});

it("the search finds a page by its title", async () => {
  expect(await find("Authentication")).toContain("Authentication");
});

it("the front page shows a client, a mock and a test on the first screen", async () => {
  const page = await open("", wide);
  expect(await page.getByRole("heading", { level: 1 }).allInnerTexts()).toEqual(["tenantry"]);
  for (const name of ["A client", "A mock", "A test"]) {
    const code = page.locator(".front").getByRole("heading", { name }).locator("xpath=following::pre[1]");
    const box = await code.boundingBox();
    expect(box && box.y + box.height).toBeLessThanOrEqual(800);
    expect(await code.evaluate((pre) => pre.scrollWidth - pre.clientWidth)).toBe(0);
  }
});

it.each(pages)("/%s has one h1 heading and fits the width of a phone", async (path) => {
  const page = await open(path, narrow);
  expect(await page.getByRole("heading", { level: 1 }).count()).toBe(1);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
});

// TypeDoc makes the structure of the pages. The colours are ours.
it.each(["light", "dark"] as const)("pages have enough contrast in the %s theme", async (colorScheme) => {
  for (const path of ["", "getting-started.html", "interfaces/tenantry_vydon.VydonMembers.html"]) {
    const page = await open(path, { ...wide, colorScheme });
    expect(await audit(page, ["color-contrast"]), path).toEqual([]);
  }
});
