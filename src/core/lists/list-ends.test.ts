import { getEventListeners } from "node:events";
import { Readable } from "node:stream";
import { ReadableStream } from "node:stream/web";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { inPages, pagedApi } from "../../../test/support/paged-api.js";
import { apiErrorOf, settled } from "../../../test/support/promises.js";
import { CanceledError, DeadlineExceededError, UnavailableError } from "../errors/errors.js";
import type { List } from "./list.js";

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

  it("within a page that a cursor has begun in its middle has a cursor after the last item", async () => {
    const api = pagedApi(inPages([1, 2, 3, 4], [5]));
    const { cursor } = await api.list({ limit: 2 });
    const { signal, abort } = abortable((controller) => controller.abort());
    const { items, error } = await abortAt(api.list({ cursor, signal }), 3, abort);
    expect(items).toEqual([3]);
    expect(await api.list({ cursor: error.cursor }).toArray()).toEqual([4, 5]);
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
    expect(await apiErrorOf(list.pages().next())).toBeInstanceOf(CanceledError);
    expect(await apiErrorOf(list[Symbol.asyncIterator]().next())).toBeInstanceOf(CanceledError);
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

  it("can be a stream that fails", async () => {
    const { api, request, asked } = stuckAtSecond();
    const stream = Readable.from(api.list());
    stream.on("error", () => {}).resume();
    await asked;
    stream.destroy(new Error("the sink has failed"));
    await settled();
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
