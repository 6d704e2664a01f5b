import { describe, expect, it } from "vitest";
import { bySize, inPages, pagedApi } from "../../../test/support/paged-api.js";
import { apiErrorOf, failureOf, settled } from "../../../test/support/promises.js";
import { InvalidArgumentError, UnavailableError } from "../errors/errors.js";
import { List, type ListOptions } from "./list.js";

async function collect<T>(iterable: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const one of iterable) all.push(one);
  return all;
}

describe("limit", () => {
  it("cuts inside a page, and the cursor continues after the cut", async () => {
    const api = pagedApi(inPages([1, 2, 3], [4, 5, 6]));
    const pages = await collect(api.list({ limit: 5 }).pages());
    expect(pages.map((page) => page.items)).toEqual([
      [1, 2, 3],
      [4, 5],
    ]);
    expect(await api.list({ cursor: pages.at(-1)?.cursor }).toArray()).toEqual([6]);
  });

  it("fetches no page beyond it, even with prefetch", async () => {
    const api = pagedApi(inPages([1, 2], [3, 4], [5]));
    const items: number[] = [];
    for await (const item of api.list({ limit: 4, prefetch: true })) items.push(item);
    expect(items).toEqual([1, 2, 3, 4]);
    expect(api.asked).toEqual(["", "1"]);
  });

  it("is the smaller one of the list's and toArray's", async () => {
    const list = pagedApi(inPages([1, 2, 3])).list({ limit: 2 });
    expect(await list.toArray({ limit: 1 })).toEqual([1]);
    expect(await list.toArray({ limit: 3 })).toEqual([1, 2]);
  });

  it("of 0 sends nothing, and the cursor of its page starts at the beginning", async () => {
    const api = pagedApi(inPages([1]));
    const page = await api.list({ limit: 0 });
    expect(page.items).toEqual([]);
    expect(api.asked).toEqual([]);
    expect(await api.list({ cursor: page.cursor }).toArray()).toEqual([1]);
    const { cursor } = page;
    expect(await api.list({ limit: 0, cursor: `1${cursor}` })).toEqual({ items: [], cursor: `1${cursor}` });
  });
});

describe("withResponse", () => {
  it("fails if the list sends nothing, or if `fetchPage` returns no `call`", async () => {
    const api = pagedApi(inPages([1]));
    for (const [options, message] of [
      [{ limit: 0 }, "limit is 0, so there is no response"],
      [{}, "fetchPage must return the `call` of the page"],
    ] as const) {
      const error = await failureOf(api.list(options).withResponse());
      expect(error).toBeInstanceOf(InvalidArgumentError);
      expect(error).toMatchObject({ message });
    }
  });
});

describe("cursor", () => {
  it("of a page begins after that page", async () => {
    const api = pagedApi(inPages([1, 2], [3], [4]));
    const { cursor } = await api.list();
    expect(await api.list({ cursor }).toArray()).toEqual([3, 4]);
  });

  it("is undefined when there is nothing more", async () => {
    const pages = await collect(
      pagedApi(inPages([1], [2]))
        .list({ limit: 2 })
        .pages(),
    );
    expect(pages.map((page) => page.cursor)).toEqual([expect.any(String), undefined]);
  });

  it.each([1, 2, 3, 50])("continues with pages of another size: %i", async (pageSize) => {
    const api = pagedApi(bySize([1, 2, 3, 4, 5, 6, 7, 8]));
    const { cursor } = await api.list({ pageSize: 6, limit: 5 });
    expect(await api.list({ cursor, pageSize }).toArray()).toEqual([6, 7, 8]);
  });
});

describe("a page that fails", () => {
  it("has a cursor that continues without loss or duplicates", async () => {
    const api = pagedApi(inPages([1, 2], [3, 4], [5]));
    let failures = 1;
    api.before = (token) => {
      if (token === "1" && failures-- > 0) throw new UnavailableError("try later");
    };

    const items: number[] = [];
    let cursor: string | undefined;
    for (let done = false; !done; ) {
      try {
        for await (const item of api.list({ cursor })) items.push(item);
        done = true;
      } catch (error) {
        if (!(error instanceof UnavailableError)) throw error;
        cursor = error.cursor;
      }
    }

    expect(items).toEqual([1, 2, 3, 4, 5]);
    expect(api.asked).toEqual(["", "1", "1", "2"]);
  });

  it("has no cursor if it is the first page, because there is nothing to skip", async () => {
    const api = pagedApi(inPages([1]));
    api.before = () => {
      throw new UnavailableError("try later");
    };
    expect((await apiErrorOf(api.list())).cursor).toBeUndefined();
  });

  it("fails after the items before it, even if it was prefetched", async () => {
    const api = pagedApi(inPages([1, 2], [3]));
    api.before = (token) => {
      if (token === "1") throw new UnavailableError("try later");
    };
    const items: number[] = [];
    const iterating = async () => {
      for await (const item of api.list({ prefetch: true })) {
        items.push(item);
        await settled();
      }
    };
    expect(await apiErrorOf(iterating())).toBeInstanceOf(UnavailableError);
    expect(items).toEqual([1, 2]);
  });

  it("fails no earlier if it fails before anything is sent", async () => {
    const list = new List<number>(
      ({ token }) => {
        if (token) throw new InvalidArgumentError("accountId must be a string that is not empty");
        return Promise.resolve({ items: [1], nextToken: "next" });
      },
      { prefetch: true },
    );
    const items = list[Symbol.asyncIterator]();
    expect(await items.next()).toEqual({ done: false, value: 1 });
    expect(await apiErrorOf(items.next())).toBeInstanceOf(InvalidArgumentError);
  });
});

describe("prefetch", () => {
  it("fetches the next page while this one is consumed, and no more than that one", async () => {
    const api = pagedApi(inPages([1, 2], [3, 4], [5], [6]));
    const askedAt: [number, number][] = [];
    for await (const item of api.list({ prefetch: true })) {
      await settled();
      askedAt.push([item, api.asked.length]);
    }
    expect(askedAt).toEqual([
      [1, 2],
      [2, 2],
      [3, 3],
      [4, 3],
      [5, 4],
      [6, 4],
    ]);
  });

  it("is off by default", async () => {
    const api = pagedApi(inPages([1, 2], [3]));
    const askedAt: [number, number][] = [];
    for await (const item of api.list()) {
      await settled();
      askedAt.push([item, api.asked.length]);
    }
    expect(askedAt).toEqual([
      [1, 1],
      [2, 1],
      [3, 2],
    ]);
  });

  it("does nothing if only the first page is awaited, or the first item", async () => {
    const api = pagedApi(inPages([1], [2]));
    await api.list({ prefetch: true });
    await api.list({ prefetch: true }).first();
    expect(api.asked).toEqual(["", ""]);
  });
});

describe("a wrong option is an InvalidArgumentError at the first use", () => {
  const wrong: [string, ListOptions][] = [
    ["limit", { limit: -1 }],
    ["limit", { limit: 1.5 }],
    ["limit", { limit: Number.NaN }],
    ["pageSize", { pageSize: 0 }],
    ["pageSize", { pageSize: -1 }],
    ["pageSize", { pageSize: 2.5 }],
    ["pageSize", { pageSize: Number.POSITIVE_INFINITY }],
    ["pageSize", { pageSize: 2 ** 31 }],
    ["cursor", { cursor: "" }],
    ["cursor", { cursor: "eyJvZmZzZXQiOjI1fQ" }],
    ["cursor", { cursor: "-1:abc" }],
  ];

  it.each(wrong)("%s of %o", async (field, options) => {
    const api = pagedApi(inPages([1]));
    const list = api.list(options);
    for (const use of [list, list.toArray(), list.first(), list.pages().next()]) {
      const error = await apiErrorOf(use);
      expect(error).toBeInstanceOf(InvalidArgumentError);
      expect(error).toMatchObject({ violations: [{ field }] });
    }
    expect(api.asked).toEqual([]);
  });

  it("toArray's limit", async () => {
    const list = pagedApi(inPages([1])).list({ limit: 1 });
    for (const limit of [-1, 1.5, Number.NaN]) {
      expect(await apiErrorOf(list.toArray({ limit }))).toBeInstanceOf(InvalidArgumentError);
    }
  });

  it("except a limit of Infinity, which is the default", async () => {
    const list = pagedApi(inPages([1, 2])).list({ limit: Number.POSITIVE_INFINITY });
    expect(await list.toArray()).toEqual([1, 2]);
  });
});

it("a cursor of a large page can be used with small pages, also if it skips more than 1,000 of them", async () => {
  const items = Array.from({ length: 1_502 }, (_, index) => index);
  const api = pagedApi(bySize(items));
  const { cursor } = await api.list({ pageSize: 1_502, limit: 1_500 });
  expect(await api.list({ pageSize: 1, cursor }).toArray()).toEqual([1_500, 1_501]);
});
