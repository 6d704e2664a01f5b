/**
 * Writes the pictures of the README: `npm run screenshots`. Opens the example and the mock's inspector in Chromium, makes calls
 * fail, and takes `docs/images/*.png`. Two runs differ only in the milliseconds in the logs of calls.
 */
import { mkdirSync, statSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import { VydonClient } from "tenantry";
import { createMockServer, type MockServer } from "tenantry/mock";
import { listen } from "tenantry/mock/node";
import { built, setup } from "../test/browser/support/build-example.js";
import { launch } from "../test/browser/support/chromium.js";
import { serve } from "../test/browser/support/serve.js";

const folder = "docs/images";
const limitBytes = 250_000;

/** What each picture shows. */
const pictures: Readonly<Record<string, (browser: Browser, path: string) => Promise<void>>> = {
  "team-admin": takeExample,
  inspector: takeInspector,
};

mkdirSync(folder, { recursive: true });
const browser = await launch();
try {
  for (const [name, take] of Object.entries(pictures)) {
    const path = `${folder}/${name}.png`;
    await take(browser, path);
    checkSize(path);
  }
} finally {
  await browser.close();
}

async function takeExample(browser: Browser, path: string): Promise<void> {
  setup();
  const site = await serve({ directory: built });
  try {
    const page = await openPage(browser);
    await page.clock.setFixedTime("2026-03-02T09:00:00Z");
    // The client waits random times between attempts.
    await page.addInitScript(() => {
      Math.random = () => 0.7;
    });
    await page.goto(site.url);
    await page.getByText("nightly-sync").waitFor();
    await page.getByRole("button", { name: "Two failures" }).click();
    await page.getByRole("log").getByText("3 attempts, 2 waits: unavailable 2 times, ok").waitFor();
    await page.screenshot({ path });
  } finally {
    await site.close();
  }
}

async function takeInspector(browser: Browser, path: string): Promise<void> {
  const server = createMockServer({ now: "2026-03-02T09:00:00Z" });
  const listener = await listen(server, { admin: true });
  try {
    await useServer(server, listener.url);
    const page = await openPage(browser);
    await page.goto(listener.url);
    await page.getByRole("option").filter({ hasText: "×3" }).click();
    await page.getByText("Attempt 3").waitFor();
    await page.screenshot({ path });
  } finally {
    server.clock.freeze();
    await listener.close();
  }
}

/** Makes calls that succeed, one that is refused, and one that is retried. */
async function useServer(server: MockServer, baseUrl: string): Promise<void> {
  const as = (email: string) =>
    new VydonClient({ baseUrl, auth: server.vydon.signIn({ email }).token, retry: { random: () => 0.5 } });
  const ada = as("ada@example.com");
  const { accountId } = await ada.accounts.createTeam({ name: "acme" });
  server.clock.advance("2m");
  await ada.invites.create(accountId, { email: "grace@example.com", role: "job_viewer" });
  await as("barbara@example.com")
    .members.list(accountId)
    .toArray()
    .catch(() => {});
  server.clock.advance("40s");
  server.faults.inject({ method: "GetTeamAccountMembers", code: "unavailable", times: 2, retryAfter: "1s" });
  server.clock.run();
  await ada.members.list(accountId).toArray();
  server.faults.inject({ method: "GetUser", wire: "html_502", times: 1 });
  await as("grace@example.com")
    .users.current({ retry: false })
    .catch(() => {});
  await ada.accounts.list().toArray();
}

async function openPage(browser: Browser): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    colorScheme: "light",
    reducedMotion: "reduce",
    locale: "en-US",
    timezoneId: "UTC",
  });
  return context.newPage();
}

function checkSize(path: string): void {
  const { size } = statSync(path);
  console.log(`${path}: ${size} bytes`);
  if (size <= limitBytes) return;
  console.error(`It is larger than ${limitBytes} bytes, which is too much for the package.`);
  process.exitCode = 1;
}
