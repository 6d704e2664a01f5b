import type { ApiPromise } from "../../src/index.js";

/** What a method of a client returns, for a page that a test makes itself. */
export function apiPromise<T>(page: Promise<T>): ApiPromise<T> {
  return Object.assign(page, {
    withResponse: async () => ({ data: await page, status: 200, headers: new Headers(), attempts: 1 }),
  });
}
