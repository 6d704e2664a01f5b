import { describe, expect, it, vi } from "vitest";
import { bySize, inPages, pagedApi } from "../../../test/support/paged-api.js";
import { apiErrorOf, settled } from "../../../test/support/promises.js";
import { UnexpectedResponseError } from "../errors/errors.js";
import { List } from "./list.js";

describe("a list", () => {
  it("can be iterated for its items, page after page", async () => {
    const api = pagedApi(inPages([1, 2], [3], [4, 5]));
    const items: number[] = [];
    for await (const item of api.list()) items.push(item);
    expect(items).toEqual([1, 2, 3, 4, 5]);
    expect(api.asked).toEqual(["", "1", "2"]);
  });

  it("can be awaited for its first page", async () => {
    const { items, cursor } = await pagedApi(inPages([1, 2], [3])).list();
    expect(items).toEqual([1, 2]);
    expect(cursor).toBeTypeOf("string");
  });

  it("can be iterated for its pages", async () => {
    const pages: (readonly number[])[] = [];
    for await (const page of pagedApi(inPages([1, 2], [3]))
      .list()
      .pages())
      pages.push(page.items);
    expect(pages).toEqual([[1, 2], [3]]);
  });

  it("toArray() returns all its items", async () => {
    const list = pagedApi(inPages([1, 2], [3, 4], [5])).list();
    expect(await list.toArray()).toEqual([1, 2, 3, 4, 5]);
    expect(await list.toArray({ limit: 3 })).toEqual([1, 2, 3]);
  });

  it("returns its first item from any page, or undefined if there is none", async () => {
    expect(
      await pagedApi(inPages([], [7, 8]))
        .list()
        .first(),
    ).toBe(7);
    expect(await pagedApi(inPages([])).list().first()).toBeUndefined();
  });

  it("requests only the pages up to the first item", async () => {
    const api = pagedApi(inPages([1, 2], [3]));
    await api.list().first();
    expect(api.asked).toEqual([""]);
  });

  it("sends nothing until it is used", async () => {
    const api = pagedApi(inPages([1]));
    api.list();
    api.list().pages();
    await settled();
    expect(api.asked).toEqual([]);
  });

  it("fetches its first page once, however often it is awaited", async () => {
    const api = pagedApi(inPages([1], [2]));
    const list = api.list();
    const [one, other] = await Promise.all([list, list]);
    expect(await list).toBe(one);
    expect(other).toBe(one);
    expect(api.asked).toEqual([""]);
  });

  it("starts again with each iteration, and two may run at once", async () => {
    const list = pagedApi(inPages([1, 2], [3])).list();
    const [one, other] = await Promise.all([list.toArray(), list.toArray()]);
    expect([one, other, await list.toArray()]).toEqual([
      [1, 2, 3],
      [1, 2, 3],
      [1, 2, 3],
    ]);
  });

  it("passes on the page size and the call's options to each page's request", async () => {
    const fetchPage = vi.fn(async () => ({ items: [1], nextToken: "" }));
    const { signal } = new AbortController();
    await new List(fetchPage, { pageSize: 5, timeoutMs: 100, headers: { "x-a": "b" }, limit: 3, signal });
    expect(fetchPage).toHaveBeenCalledExactlyOnceWith({
      token: "",
      pageSize: 5,
      options: { timeoutMs: 100, headers: { "x-a": "b" }, signal },
    });
  });

  it("never changes its options, and ignores later changes of them", async () => {
    const options = Object.freeze({ limit: 3, pageSize: 2, headers: Object.freeze({}) });
    expect(
      await pagedApi(bySize([1, 2, 3, 4]))
        .list(options)
        .toArray(),
    ).toEqual([1, 2, 3]);

    const changing = { limit: 1 };
    const list = pagedApi(inPages([1, 2])).list(changing);
    changing.limit = 2;
    expect(await list.toArray()).toEqual([1]);
  });
});

describe("a list of an unusual server", () => {
  it("continues after empty pages", async () => {
    const list = pagedApi(inPages([], [1], [], [], [2], [])).list();
    expect(await list.toArray()).toEqual([1, 2]);
  });

  it("ends without an error at a page past the end", async () => {
    const { cursor } = await pagedApi(inPages([1], [2])).list();
    expect(
      await pagedApi(inPages([1]))
        .list({ cursor })
        .toArray(),
    ).toEqual([]);
  });

  it("stops at once if a page is its own next page", async () => {
    const tokens = ["1", "2", "2"];
    const api = pagedApi((token) => ({ items: [Number(token)], nextToken: tokens[Number(token)] ?? "" }));
    const items: number[] = [];
    const looping = async () => {
      for await (const item of api.list()) items.push(item);
    };
    const error = await apiErrorOf(looping());
    expect(error).toBeInstanceOf(UnexpectedResponseError);
    expect(error.message).toContain("The list does not end");
    expect(items).toEqual([0, 1, 2]);
  });

  it.each([1, 2, 3, 10, 100])("detects a cycle of %i pages", async (length) => {
    // Three pages, then the cycle.
    const next = (index: number) => (index + 1 < 3 + length ? index + 1 : 3);
    const api = pagedApi((token) => ({ items: [Number(token)], nextToken: String(next(Number(token))) }));
    const error = await apiErrorOf(api.list().toArray());
    expect(error).toBeInstanceOf(UnexpectedResponseError);
    expect(new Set(api.asked).size).toBe(3 + length);
    expect(api.asked.length).toBeLessThan(3 * (3 + length));
  });

  it("that repeats a page token has a cursor after the last item, so nothing comes twice", async () => {
    const api = pagedApi((token) =>
      token === "" ? { items: [1], nextToken: "a" } : { items: [2, 3], nextToken: "a" },
    );
    const items: number[] = [];
    const read = async (cursor: string | undefined) => {
      for await (const item of api.list({ cursor })) items.push(item);
    };
    const { cursor } = await apiErrorOf(read(undefined));
    expect(items).toEqual([1, 2, 3]);
    await apiErrorOf(read(cursor));
    expect(items).toEqual([1, 2, 3]);
  });

  it("cancels the page that was prefetched before the repeated token is detected", async () => {
    const api = pagedApi(() => ({ items: [1], nextToken: "1" }));
    let last: AbortSignal | undefined;
    api.before = (_token, signal) => {
      last = signal;
      return api.asked.length < 3 ? undefined : new Promise(() => {});
    };
    const iterating = async () => {
      for await (const _ of api.list({ prefetch: true }));
    };
    expect(await apiErrorOf(iterating())).toBeInstanceOf(UnexpectedResponseError);
    expect(api.asked).toEqual(["", "1", "1"]);
    expect(last?.aborted).toBe(true);
  });

  it("continues after 999 empty pages in a row, several times", async () => {
    const pages = [...Array<number[]>(999).fill([]), [1], ...Array<number[]>(999).fill([]), [2]];
    expect(
      await pagedApi(inPages(...pages))
        .list()
        .toArray(),
    ).toEqual([1, 2]);
  });

  it.each([false, true])("stops after 1,000 empty pages in a row, with prefetch %s", async (prefetch) => {
    const api = pagedApi((token) => ({ items: token ? [] : [1], nextToken: String(Number(token) + 1) }));
    const items: number[] = [];
    const endless = async () => {
      for await (const item of api.list({ prefetch })) items.push(item);
    };
    const error = await apiErrorOf(endless());
    expect(error).toBeInstanceOf(UnexpectedResponseError);
    expect(error.message).toBe("The list does not end: 1000 pages in a row are empty.");
    expect(items).toEqual([1]);
    expect(api.asked).toHaveLength(prefetch ? 1_002 : 1_001);
    // A caller can still go on from there.
    const more = pagedApi(() => ({ items: [2], nextToken: "" }));
    expect(await more.list({ cursor: error.cursor }).toArray()).toEqual([2]);
    expect(more.asked).toEqual(["1001"]);
  });

  it("returns items of a cycle up to the limit", async () => {
    const api = pagedApi(() => ({ items: [1], nextToken: "same" }));
    expect(await api.list({ limit: 2 }).toArray()).toEqual([1, 1]);
  });

  it("has each page's own total", async () => {
    const totals = new Map([
      ["", 3],
      ["b", 2],
    ]);
    const list = new List(async ({ token }) => ({
      items: [token],
      nextToken: token ? "" : "b",
      total: totals.get(token),
    }));
    const seen: (number | undefined)[] = [];
    for await (const { total } of list.pages()) seen.push(total);
    expect(seen).toEqual([3, 2]);
  });

  it("has no total if the API has none", async () => {
    expect(await pagedApi(inPages([1])).list()).toStrictEqual({ items: [1] });
  });
});
