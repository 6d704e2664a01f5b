import { describe, expect, it } from "vitest";
import { failureOf } from "../../../test/support/promises.js";
import { layeredOver } from "../../../test/support/scripted.js";
import type { Method } from "../call/method.js";
import { InvalidArgumentError, UnexpectedResponseError } from "../errors/errors.js";
import type { List, ListOptions } from "./list.js";
import { listByNumber, type NumberedPage } from "./list-by-number.js";

const listNumbers: Method<{ number: number }> = {
  service: "acme.v1.NumberService",
  name: "ListNumbers",
  idempotency: "no_side_effects",
};

type Numbers = Partial<NumberedPage<number>>;

function listOver(
  server: (page: number) => Promise<NumberedPage<number>>,
  options?: ListOptions,
): List<number> {
  let page: NumberedPage<number> = { items: [], perPage: 0, total: 0 };
  const { caller } = layeredOver([
    async ({ message }) => {
      page = await server(Number(Object.values(message)[0]));
    },
  ]);
  return listByNumber(
    caller,
    listNumbers,
    (number) => ({ number }),
    () => page,
    options,
  );
}

/** A list over a server that returns these pages. `asked` contains the requested page numbers. */
function over(respond: (page: number) => Numbers) {
  const asked: number[] = [];
  const list = listOver(async (page) => {
    asked.push(page);
    if (asked.length > 2_000) throw new Error("it does not end");
    return { items: [], perPage: 0, total: 0, ...respond(page) };
  });
  return { asked, list };
}

/** The items of a page. */
function slice(items: readonly number[], page: number, perPage: number): number[] {
  return items.slice((page - 1) * perPage, page * perPage);
}

/** The items that a loop over the list returns, and the error that it ends with. */
async function read(list: List<number>): Promise<{ items: number[]; error: unknown }> {
  const items: number[] = [];
  const loop = async () => {
    for await (const item of list) items.push(item);
    throw undefined;
  };
  return { error: await failureOf(loop()), items };
}

const five = [1, 2, 3, 4, 5];
const seven = [1, 2, 3, 4, 5, 6, 7];

describe("the last page is known", () => {
  it("by the totals", async () => {
    const { list, asked } = over((page) => ({ items: slice(five, page, 2), perPage: 2, total: 5 }));
    expect(await list.toArray()).toEqual(five);
    expect(asked).toEqual([1, 2, 3]);
  });

  it("by the totals if it is full, or the only one, or empty", async () => {
    const full = over((page) => ({ items: slice([1, 2, 3, 4], page, 2), perPage: 2, total: 4 }));
    expect(await full.list.toArray()).toEqual([1, 2, 3, 4]);
    expect(full.asked).toEqual([1, 2]);
    const only = over(() => ({ items: [1], perPage: 2, total: 1 }));
    expect(await only.list.toArray()).toEqual([1]);
    expect(only.asked).toEqual([1]);
    const none = over(() => ({ perPage: 2, total: 0 }));
    expect(await none.list).toStrictEqual({ items: [], total: 0 });
  });

  it("by the total if the server sends no page size", async () => {
    const { list, asked } = over((page) => ({ items: slice(five, page, 2), perPage: 0, total: 5 }));
    expect(await list.toArray()).toEqual(five);
    expect(asked).toEqual([1, 2, 3]);
  });

  it("by an empty page if the server does not count, and then pages have no total", async () => {
    const { list, asked } = over((page) => ({ items: slice(five, page, 2), perPage: 2, total: 0 }));
    expect(await list).not.toHaveProperty("total");
    asked.length = 0;
    expect(await list.toArray()).toEqual(five);
    expect(asked).toEqual([1, 2, 3, 4]);
  });

  it("if pages are shorter than the server's page size", async () => {
    const { list } = over((page) => ({ items: slice(five, page, 2), perPage: 100, total: 5 }));
    expect(await list.toArray()).toEqual(five);
  });

  it("if the list grows or shrinks between two pages", async () => {
    const changing = (items: (page: number) => number[]) =>
      over((page) => ({ items: slice(items(page), page, 2), perPage: 2, total: items(page).length }));
    const grows = changing((page) => five.slice(0, 2 + page));
    expect(await grows.list.toArray()).toEqual([1, 2, 3, 4]);
    const growsLater = changing((page) => (page === 2 ? five : five.slice(0, 4)));
    expect(await growsLater.list.toArray()).toEqual([1, 2, 3, 4]);
    const shrinks = changing((page) => seven.slice(0, 8 - page));
    const totals = [];
    for await (const { total } of shrinks.list.pages()) totals.push(total);
    expect(totals).toEqual([7, 6, 5]);
    expect(await shrinks.list.toArray()).toEqual(five);
    const loses = changing((page) => (page === 3 ? [] : seven));
    expect(await loses.list.toArray()).toEqual([1, 2, 3, 4]);
  });
});

describe("a server that sends all items", () => {
  it("may have an empty page in the middle", async () => {
    const pages = [[1, 2], [], [3, 4]];
    const { list } = over((page) => ({ items: pages[page - 1] ?? [], perPage: 1, total: 4 }));
    expect(await list.toArray()).toEqual([1, 2, 3, 4]);
  });

  it.each([0, 4])("may send its last page for every number after it (total %i)", async (total) => {
    const { list } = over((page) => ({ items: slice([1, 2, 3, 4], Math.min(page, 2), 2), total }));
    expect(await list.toArray()).toEqual([1, 2, 3, 4]);
  });

  it.each([0, 2])("may send all items for every page number (total %i)", async (total) => {
    const { list, asked } = over(() => ({ items: [1, 2], total }));
    expect(await list.toArray()).toEqual([1, 2]);
    expect(asked.length).toBeLessThanOrEqual(2);
  });
});

describe("an incomplete list ends with an error after its items, if the server", () => {
  it.each([3, 4, 100])("counts its pages from 0 (%i on a page)", async (perPage) => {
    const { list } = over((page) => ({ items: slice(seven, page + 1, perPage), perPage, total: 7 }));
    const { items, error } = await read(list);
    expect(items).toEqual(seven.slice(perPage));
    expect(error).toBeInstanceOf(UnexpectedResponseError);
    expect(error).toMatchObject({
      message: `The list is not complete: the server counts 7 items, but sent ${items.length} and then an empty page.`,
    });
  });

  it("ignores the number", async () => {
    const { list } = over(() => ({ items: [1, 2, 3], perPage: 3, total: 7 }));
    const { items, error } = await read(list);
    expect(items).toEqual([1, 2, 3]);
    expect(error).toBeInstanceOf(UnexpectedResponseError);
    expect(error).toMatchObject({
      message:
        "The list is not complete: the server counts 7 items, but sent 3 and then the same page again.",
    });
  });

  it("sends its last page again, and counts an item that does not exist", async () => {
    const { list } = over((page) => ({ items: slice([1, 2, 3, 4], Math.min(page, 2), 2), total: 5 }));
    const { items, error } = await read(list);
    expect(items).toEqual([1, 2, 3, 4]);
    expect(error).toBeInstanceOf(UnexpectedResponseError);
  });

  it("ends before its total", async () => {
    const { list } = over((page) => ({ items: slice(five, page, 2), perPage: 2, total: 6 }));
    expect(await read(list)).toMatchObject({ items: five, error: { name: "UnexpectedResponseError" } });
  });

  it("has another page size when a list continues from a cursor", async () => {
    const first = await over((page) => ({ items: slice(seven, page, 3), perPage: 3, total: 7 })).list;
    const rest = listOver(async (page) => ({ items: slice(seven, page, 5), perPage: 5, total: 7 }), {
      cursor: first.cursor,
    });
    expect(await read(rest)).toMatchObject({ items: [6, 7], error: { name: "UnexpectedResponseError" } });
  });
});

it("a huge total over empty pages is an error after 1,000 of them", async () => {
  const { list, asked } = over(() => ({ perPage: 25, total: 1_000_000_000 }));
  expect(await read(list)).toMatchObject({
    items: [],
    error: {
      name: "UnexpectedResponseError",
      message: expect.stringContaining("1000 pages in a row are empty"),
    },
  });
  expect(asked).toHaveLength(1_000);
});

it("a cursor inside of a page or after it continues without loss or duplicates", async () => {
  const server = (page: number) => ({ items: slice(seven, page, 3), perPage: 3, total: 7 });
  for (let limit = 1; limit < 7; limit++) {
    const items: number[] = [];
    let cursor: string | undefined;
    do {
      const list = listOver(async (page) => server(page), { cursor, limit });
      for await (const page of list.pages()) {
        items.push(...page.items);
        cursor = page.cursor;
      }
    } while (cursor);
    expect(items).toEqual(seven);
  }
});

it.each(["0:next", "0:0", "0:-1", "0:2", "0:1e9-3-a", "0:1234567890-3-a", "3:2.5", "0:2-x-a", "0:2-3-"])(
  "the cursor %j is of another list",
  async (cursor) => {
    const list = listOver(async () => ({ items: [], perPage: 1, total: 0 }), { cursor });
    const failed = expect(list.toArray()).rejects;
    await failed.toBeInstanceOf(InvalidArgumentError);
    await failed.toThrow("cursor must be a `cursor` of this list");
  },
);

it("pages may begin or end with the same item", async () => {
  const pages = [
    [1, 2],
    [1, 3],
    [4, 3],
  ];
  const { list } = over((page) => ({ items: pages[page - 1] ?? [], perPage: 2, total: 6 }));
  expect((await read(list)).items).toEqual(pages.flat());
});

it("a list of one page has a response", async () => {
  const { list } = over(() => ({ items: five, perPage: 5, total: 5 }));
  expect(await list.withResponse()).toMatchObject({ data: { items: five, total: 5 } });
});
