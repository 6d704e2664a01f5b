import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bySize, inPages, type PagedApi, pagedApi } from "../../../test/support/paged-api.js";
import { seeded } from "../../../test/support/seeded.js";
import { ApiError } from "../errors/api-error.js";
import { UnavailableError, UnexpectedResponseError } from "../errors/errors.js";
import type { List, ListOptions } from "./list.js";

/** Pages of any number and size, with the numbers from 0 on as items. */
const pageShapes = fc.array(fc.nat({ max: 5 }), { minLength: 1, maxLength: 8 }).map((sizes) => {
  let item = 0;
  return sizes.map((size) => Array.from({ length: size }, () => item++));
});

/** A server that has such pages, or whose pages have the requested size. */
const servers = pageShapes.chain((pages) =>
  fc.constantFrom(
    { items: pages.flat(), open: () => pagedApi(inPages(...pages)) },
    { items: pages.flat(), open: () => pagedApi(bySize(pages.flat())) },
  ),
);

const callOptions: fc.Arbitrary<ListOptions> = fc.record(
  { pageSize: fc.integer({ min: 1, max: 7 }), prefetch: fc.boolean() },
  { requiredKeys: [] },
);

const limits = fc.option(fc.oneof(fc.nat({ max: 45 }), fc.constant(Number.POSITIVE_INFINITY)), {
  nil: undefined,
});

const options = fc.tuple(callOptions, limits).map(([own, limit]): ListOptions => ({ ...own, limit }));

/** The cursor to resume an iteration from, unless it reached its end. */
type End = { readonly cursor: string | undefined } | "ended";

/** A way to stop an iteration. It adds the returned items to `items`. */
interface Interruption {
  /** For the report of a counterexample. */
  readonly name: string;
  run(api: PagedApi, options: ListOptions, items: number[]): Promise<End>;
}

const byLimit = (limit: number): Interruption => ({
  name: `a limit of ${limit}`,
  async run(api, listOptions, items) {
    let cursor: string | undefined;
    for await (const page of api.list({ ...listOptions, limit }).pages()) {
      items.push(...page.items);
      if (page.cursor === undefined) return "ended";
      ({ cursor } = page);
    }
    return { cursor };
  },
});

const afterPages = (count: number): Interruption => ({
  name: `leaving after page ${count}`,
  async run(api, listOptions, items) {
    let left = count;
    for await (const page of api.list(listOptions).pages()) {
      items.push(...page.items);
      if (page.cursor === undefined) return "ended";
      left -= 1;
      if (left === 0) return { cursor: page.cursor };
    }
    return "ended";
  },
});

const byError = (request: number): Interruption => ({
  name: `a failure of request ${request}`,
  async run(api, listOptions, items) {
    api.before = () => {
      if (api.asked.length === request) throw new UnavailableError("try later");
    };
    return throughError(api.list(listOptions), items);
  },
});

const byAbort = (count: number): Interruption => ({
  name: `an abort after ${count} items`,
  async run(api, listOptions, items) {
    const controller = new AbortController();
    let left = count;
    return throughError(api.list({ ...listOptions, signal: controller.signal }), items, () => {
      left -= 1;
      if (left === 0) controller.abort();
    });
  },
});

async function throughError(list: List<number>, items: number[], onItem?: () => void): Promise<End> {
  try {
    for await (const item of list) {
      items.push(item);
      onItem?.();
    }
    return "ended";
  } catch (error) {
    if (error instanceof ApiError) return { cursor: error.cursor };
    throw error;
  }
}

/** The items of a loop over the list: `prefetch` has an effect on loops only. */
async function itemsOf(list: List<number>): Promise<number[]> {
  const items: number[] = [];
  for await (const item of list) items.push(item);
  return items;
}

const interruptions = fc
  .tuple(fc.constantFrom(byLimit, afterPages, byError, byAbort), fc.integer({ min: 1, max: 40 }))
  .map(([make, when]) => make(when));

describe("for any pages and options", () => {
  it("each item is returned once, in order", async () => {
    await fc.assert(
      fc.asyncProperty(servers, options, async ({ items, open }, listOptions) => {
        const wanted = items.slice(0, listOptions.limit);
        expect(await itemsOf(open().list(listOptions))).toEqual(wanted);
        const paged: number[] = [];
        for await (const page of open().list(listOptions).pages()) paged.push(...page.items);
        expect(paged).toEqual(wanted);
        expect(await open().list(listOptions).toArray()).toEqual(wanted);
        expect(await open().list(listOptions).first()).toBe(wanted[0]);
      }),
      seeded(100),
    );
  });

  it("prefetch changes neither the items nor the requests", async () => {
    await fc.assert(
      fc.asyncProperty(servers, options, async ({ open }, listOptions) => {
        const eager = open();
        const lazy = open();
        expect(await itemsOf(eager.list({ ...listOptions, prefetch: true }))).toEqual(
          await itemsOf(lazy.list({ ...listOptions, prefetch: false })),
        );
        expect(eager.asked).toEqual(lazy.asked);
      }),
      seeded(100),
    );
  });

  it("a resumed iteration returns the rest of the interrupted one", async () => {
    await fc.assert(
      fc.asyncProperty(
        servers,
        fc.array(fc.tuple(interruptions, callOptions), { minLength: 1, maxLength: 4 }),
        callOptions,
        async ({ items, open }, interrupted, last) => {
          const seen: number[] = [];
          let end: End = { cursor: undefined };
          for (const [interruption, own] of interrupted) {
            if (end !== "ended") end = await interruption.run(open(), { ...own, ...end }, seen);
          }
          const rest =
            end === "ended"
              ? []
              : await open()
                  .list({ ...last, ...end })
                  .toArray();
          expect([...seen, ...rest]).toEqual(items);
        },
      ),
      seeded(500),
    );
  });

  it("a cycle ends in an error after each of its pages was returned", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: 20 }),
        fc.integer({ min: 1, max: 30 }),
        fc.boolean(),
        async (tail, length, prefetch) => {
          // The first page has no token of its own, so a cycle cannot lead back to it.
          const next = (index: number) => (index < tail + length ? index + 1 : tail + 1);
          const api = pagedApi((token) => ({ items: [], nextToken: String(next(Number(token))) }));
          await expect(itemsOf(api.list({ prefetch }))).rejects.toBeInstanceOf(UnexpectedResponseError);
          expect(new Set(api.asked).size).toBe(1 + tail + length);
          expect(api.asked.length).toBeLessThanOrEqual(2 + 3 * (tail + length));
        },
      ),
      seeded(100),
    );
  });
});
