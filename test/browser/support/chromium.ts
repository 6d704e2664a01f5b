import { existsSync } from "node:fs";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";

/** How long Playwright waits, in milliseconds. The default of 30 s is too short for a busy machine. */
const timeout = 120_000;

/** Chromium's engine without windows: Debian's package `chromium-headless-shell`. It opens a page four times as fast. */
const shell = "/usr/bin/chromium-headless-shell";

/** Starts the program in `CHROMIUM`, or the system's Chromium, without network services. `more` are further arguments. */
export function launch(more: readonly string[] = []): Promise<Browser> {
  return chromium.launch({
    timeout,
    executablePath: process.env["CHROMIUM"] ?? (existsSync(shell) ? shell : "/usr/bin/chromium"),
    args: [
      "--no-sandbox",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run",
      ...more,
    ],
  });
}

/** A page in a new profile, and the errors in it. */
export interface Watched {
  readonly page: Page;
  /** Errors and warnings in the console. */
  readonly consoleErrors: readonly string[];
  /** The status of each failed request, which Chromium itself logs. */
  readonly failedStatuses: readonly number[];
}

/** Opens a page and records its console. */
export async function openPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<Watched> {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(timeout);
  const page = await context.newPage();
  const consoleErrors: string[] = [];
  const failedStatuses: number[] = [];
  page.on("pageerror", (error) => consoleErrors.push(String(error)));
  page.on("console", (message) => {
    const text = message.text();
    if (text.startsWith("Failed to load resource")) {
      failedStatuses.push(Number(/status of (\d+)/.exec(text)?.[1] ?? 0));
    } else if (["error", "warning"].includes(message.type())) {
      consoleErrors.push(text);
    }
  });
  await page.goto(url);
  return { page, consoleErrors, failedStatuses };
}
