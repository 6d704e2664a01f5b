import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll } from "vitest";
import { launch } from "./chromium.js";
import { type Inspector, inspect, type Settings } from "./inspector.js";

/** Starts a browser for the tests of a file. Returns a function that opens an inspector of a new server until the test ends. */
export function useInspector(): (settings?: Settings) => Promise<Inspector> {
  const opened: Inspector[] = [];
  let browser: Browser | undefined;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());
  afterEach(async () => {
    for (const inspector of opened.splice(0)) await inspector.close();
  });
  return async (settings) => {
    if (browser === undefined) throw new Error("the browser is not open yet");
    const inspector = await inspect(browser, settings);
    opened.push(inspector);
    return inspector;
  };
}
