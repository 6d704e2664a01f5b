import type { ApiPromise } from "../../src/index.js";

/** Creates the ApiPromise of a page that a test has made. */
export function apiPromise<T>(page: Promise<T>): ApiPromise<T> {
  return Object.assign(page, {
    withResponse: async () => ({ data: await page, status: 200, headers: new Headers(), attempts: 1 }),
  });
}
