import { describe, expect, it } from "vitest";
import { InvalidArgumentError } from "../errors/errors.js";
import { listByNumber, type NumberedPage } from "./list-by-number.js";

type Numbers = Partial<NumberedPage<number>>;

/** A list over what a server answers to each page number; `asked` are the numbers it was asked for. */
function over(answer: (page: number) => Numbers) {
  const asked: number[] = [];
  const list = listByNumber<number>(async (page) => {
    asked.push(page);
    if (asked.length > 20) throw new Error("it does not end");
    return { items: [], page, perPage: 0, total: 0, ...answer(page) };
  }, undefined);
  return { asked, list };
}

/** What a server has of `items` on a page. */
function slice(items: readonly number[], page: number, perPage: number): number[] {
  return items.slice((page - 1) * perPage, page * perPage);
}

const five = [1, 2, 3, 4, 5];

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

  it("by an empty page if the server sends no page size", async () => {
    const { list, asked } = over((page) => ({ items: slice(five, page, 2), perPage: 0, total: 5 }));
    expect(await list.toArray()).toEqual(five);
    expect(asked).toEqual([1, 2, 3, 4]);
  });

  it("by an empty page if the server does not count", async () => {
    const { list, asked } = over((page) => ({ items: slice(five, page, 2), perPage: 2, total: 0 }));
    expect(await list.toArray()).toEqual(five);
    expect(asked).toEqual([1, 2, 3, 4]);
  });

  it("if pages are shorter than the server says", async () => {
    const { list } = over((page) => ({ items: slice(five, page, 2), perPage: 100, total: 5 }));
    expect(await list.toArray()).toEqual(five);
  });

  it("if the total grows or shrinks meanwhile", async () => {
    const grows = over((page) => ({ items: slice(five, page, 2), perPage: 2, total: page + 3 }));
    expect(await grows.list.toArray()).toEqual(five);
    const shrinks = over((page) => ({ items: slice(five, page, 2), perPage: 2, total: 7 - page }));
    expect(await shrinks.list.toArray()).toEqual(five);
    const pages = [];
    for await (const { total } of shrinks.list.pages()) pages.push(total);
    expect(pages.slice(0, 3)).toEqual([6, 5, 4]);
  });
});

it("empty pages in the middle don't end it", async () => {
  const { list } = over((page) => ({ items: page === 2 ? [] : slice(five, page, 2), perPage: 2, total: 5 }));
  expect(await list.toArray()).toEqual([1, 2, 5]);
});

it("nothing is returned twice if the server repeats its last page", async () => {
  const { list, asked } = over((page) => {
    const answered = Math.min(page, 2);
    // It has counted one that is not there.
    return { items: slice([1, 2, 3, 4], answered, 2), page: answered, perPage: 2, total: 5 };
  });
  expect(await list.toArray()).toEqual([1, 2, 3, 4]);
  expect(asked).toEqual([1, 2, 3]);
});

it.each([
  ["says nothing", { page: 0 }],
  ["always says page 1", { page: 1 }],
  ["says a total alone", { page: 0, total: 9 }],
])("a server that ignores the number and %s does not make it endless", async (_what, numbers) => {
  const { list, asked } = over(() => ({ items: [1, 2], perPage: 0, ...numbers }));
  await list.toArray();
  expect(asked.length).toBeLessThanOrEqual(2);
});

it.each(["0:next", "0:0", "0:-1", "0:1e9", "0:1234567890", "3:2.5"])(
  "the cursor %j is of another list",
  async (cursor) => {
    const list = listByNumber(async () => ({ items: [], page: 1, perPage: 1, total: 0 }), { cursor });
    await expect(list.toArray()).rejects.toBeInstanceOf(InvalidArgumentError);
  },
);
