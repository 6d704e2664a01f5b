import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import { bundle, pageWith } from "./bundle.js";
import { launch, openPage } from "./chromium.js";
import { type Served, serve } from "./serve.js";

/** Serves a page with one script for the tests of a file. Returns a function that opens it in a new Chromium window. */
export function usePage(script: string): () => Promise<Page> {
  let browser: Browser | undefined;
  let site: Served | undefined;
  beforeAll(async () => {
    const routes = { "/index.html": pageWith("page.js"), "/page.js": await bundle(script) };
    site = await serve({ routes });
    browser = await launch();
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });
  return async () => {
    if (browser === undefined || site === undefined) throw new Error("the page is not served yet");
    return (await openPage(browser, site.url)).page;
  };
}
