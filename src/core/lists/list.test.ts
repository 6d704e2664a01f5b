import { getEventListeners } from "node:events";
import { ReadableStream } from "node:stream/web";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { bySize, inPages, pagedApi } from "../../../test/support/paged-api.js";
import { apiErrorOf, settled } from "../../../test/support/promises.js";
import {
  CanceledError,
  DeadlineExceededError,
  InvalidArgumentError,
  UnavailableError,
  UnexpectedResponseError,
} from "../errors/errors.js";
import { List, type ListOptions } from "./list.js";

async function collect<T>(iterable: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const one of iterable) all.push(one);
  return all;
}

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

  it("becomes an array", async () => {
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
    await api.list({ prefetch: true }).first();
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
    const list = pagedApi(inPages([1, 2], [3])).list({ prefetch: true });
    const [one, other] = await Promise.all([list.toArray(), list.toArray()]);
    expect([one, other, await list.toArray()]).toEqual([
      [1, 2, 3],
      [1, 2, 3],
      [1, 2, 3],
    ]);
  });

  it("passes on the page size and the call's options to each page's request", async () => {
    const fetchPage = vi.fn(async () => ({ items: [1], nextToken: "" }));
    await new List(fetchPage, { pageSize: 5, timeoutMs: 100, headers: { "x-a": "b" }, limit: 3 });
    expect(fetchPage).toHaveBeenCalledExactlyOnceWith({
      token: "",
      pageSize: 5,
      options: { timeoutMs: 100, headers: { "x-a": "b" }, signal: expect.any(AbortSignal) },
    });
  });

  it("never changes its options, and ignores later changes of them", async () => {
    const options = Object.freeze({ limit: 3, pageSize: 2, prefetch: true, headers: Object.freeze({}) });
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

  it("cancels the page that was prefetched before the repeated token is detected", async () => {
    const api = pagedApi(() => ({ items: [1], nextToken: "1" }));
    let last: AbortSignal | undefined;
    api.before = (_token, signal) => {
      last = signal;
      return api.asked.length < 3 ? undefined : new Promise(() => {});
    };
    expect(await apiErrorOf(api.list({ prefetch: true }).toArray())).toBeInstanceOf(UnexpectedResponseError);
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
    expect(await api.list({ limit: 4, prefetch: true }).toArray()).toEqual([1, 2, 3, 4]);
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

describe("an abort", () => {
  const signals: [string, () => { signal: AbortSignal; abort: () => void }][] = [
    ["without a reason", () => abortable((controller) => controller.abort())],
    ["with an error of the caller's", () => abortable((controller) => controller.abort(new Error("enough")))],
    ["with a text", () => abortable((controller) => controller.abort("enough"))],
    [
      "with an error of another call",
      () => abortable((controller) => controller.abort(new UnavailableError("of another call"))),
    ],
    ["with null", () => abortable((controller) => controller.abort(null))],
    [
      "through AbortSignal.any",
      () => {
        const { signal, abort } = abortable((controller) => controller.abort());
        return { signal: AbortSignal.any([signal, new AbortController().signal]), abort };
      },
    ],
  ];

  function abortable(end: (controller: AbortController) => void) {
    const controller = new AbortController();
    return { signal: controller.signal, abort: () => end(controller) };
  }

  /** The items that come out when the signal aborts at one of them, and the error. */
  async function abortAt(list: List<number>, last: number, abort: () => void) {
    const items: number[] = [];
    const iterating = async () => {
      for await (const item of list) {
        items.push(item);
        if (item === last) abort();
      }
    };
    return { items, error: await apiErrorOf(iterating()) };
  }

  it.each(signals)("%s, within a page, ends the list before its next item", async (_, make) => {
    const api = pagedApi(inPages([1, 2, 3], [4]));
    const { signal, abort } = make();
    const { items, error } = await abortAt(api.list({ signal }), 2, abort);
    expect(error).toBeInstanceOf(CanceledError);
    expect(error.cause).toBe(signal.reason);
    expect(items).toEqual([1, 2]);
    expect(await api.list({ cursor: error.cursor }).toArray()).toEqual([3, 4]);
  });

  it.each(signals)("%s, between two pages, ends the list before the next one", async (_, make) => {
    const api = pagedApi(inPages([1, 2], [3]));
    const { signal, abort } = make();
    const { items, error } = await abortAt(api.list({ signal }), 2, abort);
    expect(error).toBeInstanceOf(CanceledError);
    expect(items).toEqual([1, 2]);
    expect(api.asked).toEqual([""]);
    expect(await api.list({ cursor: error.cursor }).toArray()).toEqual([3]);
  });

  it("between two pages drops the page that was prefetched", async () => {
    const api = pagedApi(inPages([1, 2], [3], [4]));
    const controller = new AbortController();
    const pages = api.list({ prefetch: true, signal: controller.signal }).pages();
    await pages.next();
    await settled();
    expect(api.asked).toEqual(["", "1"]);
    controller.abort();
    const error = await apiErrorOf(pages.next());
    expect(error).toBeInstanceOf(CanceledError);
    expect(await api.list({ cursor: error.cursor }).toArray()).toEqual([3, 4]);
  });

  it("ends a request in flight", async () => {
    const api = pagedApi(inPages([1], [2]));
    const controller = new AbortController();
    let seen: AbortSignal | undefined;
    api.before = (token, signal) => {
      if (token !== "1") return;
      seen = signal;
      return new Promise(() => controller.abort());
    };
    const error = await apiErrorOf(api.list({ signal: controller.signal }).toArray());
    expect(error).toBeInstanceOf(CanceledError);
    expect(error.method).toBe("gitpod.v1.AccountService/ListJoinableOrganizations");
    expect(seen?.aborted).toBe(true);
    api.before = () => {};
    expect(await api.list({ cursor: error.cursor }).toArray()).toEqual([2]);
  });

  it("before the first page sends nothing", async () => {
    const api = pagedApi(inPages([1]));
    const list = api.list({ signal: AbortSignal.abort() });
    expect(await apiErrorOf(list)).toBeInstanceOf(CanceledError);
    expect(await apiErrorOf(list.toArray())).toBeInstanceOf(CanceledError);
    expect(api.asked).toEqual([]);
  });

  it("is a DeadlineExceededError if the signal is a timeout's", async () => {
    const api = pagedApi(inPages([1, 2], [3]));
    const signal = AbortSignal.timeout(0);
    const ended = new Promise((resolve) => signal.addEventListener("abort", resolve));
    const items = api.list({ signal })[Symbol.asyncIterator]();
    const pages = api.list({ signal }).pages();
    await ended;
    expect(await apiErrorOf(items.next())).toBeInstanceOf(DeadlineExceededError);
    expect(await apiErrorOf(pages.next())).toBeInstanceOf(DeadlineExceededError);

    const timeout = new DOMException("The operation timed out.", "TimeoutError");
    const { signal: later, abort } = abortable((controller) => controller.abort(timeout));
    const { error } = await abortAt(api.list({ signal: later }), 1, abort);
    expect(error).toBeInstanceOf(DeadlineExceededError);
    expect(await api.list({ cursor: error.cursor }).toArray()).toEqual([2, 3]);
  });

  it("after the last item changes nothing", async () => {
    const controller = new AbortController();
    const items: number[] = [];
    for await (const item of pagedApi(inPages([1, 2])).list({ signal: controller.signal })) {
      items.push(item);
      if (item === 2) controller.abort();
    }
    expect(items).toEqual([1, 2]);
  });
});

describe("a consumer that leaves early", () => {
  const unhandled = vi.fn();
  beforeEach(() => {
    process.on("unhandledRejection", unhandled);
  });
  afterEach(async () => {
    await settled();
    process.off("unhandledRejection", unhandled);
    expect(unhandled).not.toHaveBeenCalled();
  });

  /** A server that never returns the second page, and the signal of the request for it. */
  function stuckAtSecond() {
    const api = pagedApi(inPages([1, 2], [3]));
    const request: { signal?: AbortSignal } = {};
    const asked = new Promise<void>((resolve) => {
      api.before = (token, signal) => {
        if (token !== "1") return;
        request.signal = signal;
        resolve();
        return new Promise(() => {});
      };
    });
    return { api, request, asked };
  }

  it("cancels the page that is being prefetched", async () => {
    const { api, request, asked } = stuckAtSecond();
    for await (const item of api.list({ prefetch: true })) {
      expect(item).toBe(1);
      await asked;
      break;
    }
    await settled();
    expect(request.signal?.aborted).toBe(true);
  });

  it("gets its own error back, unchanged", async () => {
    const { api, request } = stuckAtSecond();
    const mine = new UnavailableError("of another call");
    const iterating = async () => {
      for await (const item of api.list({ prefetch: true })) if (item === 2) throw mine;
    };
    expect(await apiErrorOf(iterating())).toBe(mine);
    expect(mine.cursor).toBeUndefined();
    await settled();
    expect(request.signal?.aborted).toBe(true);
  });

  it("does not wait for a page that was requested", async () => {
    const { api, request, asked } = stuckAtSecond();
    const pages = api.list().pages();
    await pages.next();
    const pending = pages.next();
    await asked;
    expect(await pages.return()).toEqual({ done: true, value: undefined });
    expect(await pending).toEqual({ done: true, value: undefined });
    expect(request.signal?.aborted).toBe(true);
  });

  it("can be a stream that is canceled", async () => {
    const { api, request, asked } = stuckAtSecond();
    const reader = ReadableStream.from(api.list()).getReader();
    expect([await reader.read(), await reader.read()].map(({ value }) => value)).toEqual([1, 2]);
    const pending = reader.read();
    await asked;
    await reader.cancel();
    expect((await pending).done).toBe(true);
    expect(request.signal?.aborted).toBe(true);
  });

  it("leaves no listener on its signal, like one that reads to the end", async () => {
    const { signal } = new AbortController();
    const list = pagedApi(inPages([1], [2])).list({ signal });
    await list;
    await list.toArray();
    for await (const _ of list) break;
    expect(getEventListeners(signal, "abort")).toEqual([]);
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

  it("does nothing if only the first page is awaited", async () => {
    const api = pagedApi(inPages([1], [2]));
    await api.list({ prefetch: true });
    expect(api.asked).toEqual([""]);
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
