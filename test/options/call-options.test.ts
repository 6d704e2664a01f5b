import { type CallOptions, InvalidArgumentError, List, type ListOptions } from "tenantry";
import { describe, expect, it } from "vitest";
import { failureOf } from "../support/promises.js";
import { layeredOver, read } from "../support/scripted.js";
import { untyped } from "../support/untyped.js";

/** Invalid options of a call or list, and the error's message. */
const wrong: [options: unknown, text: string][] = [
  [null, "options must be an object of options"],
  [5, "options must be an object of options"],
  [[], "options must be an object of options"],
  [new AbortController().signal, "options must be an object of options"],
  [{ timeout: 5 }, "timeout is not an option of"],
  [{ timeoutMS: 5 }, "Did you mean timeoutMs?"],
  [{ timeoutMs: "5s" }, "timeoutMs must be a number of milliseconds"],
  [{ signal: "x" }, "signal must be an AbortSignal"],
  [{ signal: new AbortController() }, "signal must be an AbortSignal"],
  [{ signal: new EventTarget() }, "signal must be an AbortSignal"],
  [{ signal: { aborted: false } }, "signal must be an AbortSignal"],
  [{ headers: 5 }, "headers has an invalid name or value"],
  [{ headers: { "x-a": undefined } }, "headers has an invalid name or value"],
  [{ headers: { "x-a": null } }, "headers has an invalid name or value"],
  [{ retry: true }, "retry must be an object"],
  [{ retry: { maxAttempts: 0 } }, "retry.maxAttempts must be a whole number"],
  [{ retry: { unsafe: "yes" } }, "retry.unsafe must be true or false"],
  [{ retry: { safe: true } }, "Did you mean retry.unsafe?"],
  [{ retry: { budget: 5 } }, "retry.budget is not an option of"],
];

describe("the options of a call", () => {
  it.each(wrong)("%o make the promise reject, and nothing is sent", async (options, text) => {
    const { call, sent } = layeredOver(["ok"]);
    const promise = call(read, untyped(options));
    for (const failing of [promise, promise.withResponse()]) {
      const error = await failureOf(failing);
      expect(error).toBeInstanceOf(InvalidArgumentError);
      expect(error).toMatchObject({ message: expect.stringContaining(text) });
    }
    expect(sent).toEqual([]);
  });

  it("that are unknown are named in the error, with the method", async () => {
    const { call } = layeredOver(["ok"]);
    expect(await failureOf(call(read, untyped({ timeout: 5 })))).toMatchObject({
      message: "timeout is not an option of GetUser. Did you mean timeoutMs?",
      violations: [{ field: "timeout" }],
    });
  });

  it("can be undefined, and can have their smallest values", async () => {
    const { call, sent } = layeredOver(["ok"]);
    const none: CallOptions = {
      signal: undefined,
      timeoutMs: undefined,
      headers: undefined,
      retry: undefined,
    };
    const retry = { maxAttempts: 1, initialDelayMs: 0, maxDelayMs: 0, random: () => 0, unsafe: true };
    const signal = new AbortController().signal;
    for (const options of [
      {},
      none,
      { signal, timeoutMs: 0, headers: [], retry },
      { retry: false } as const,
    ]) {
      await call(read, options);
    }
    expect(sent).toHaveLength(4);
  });

  it("can be inherited from the prototype of the options object", async () => {
    const { call, sent } = layeredOver(["ok"]);
    const options: CallOptions = Object.create({ timeoutMs: 7 });
    await call(read, options);
    expect(sent).toMatchObject([{ timeoutMs: 7 }]);
    const negative: CallOptions = Object.create({ timeoutMs: -7 });
    expect(await failureOf(call(read, negative))).toBeInstanceOf(InvalidArgumentError);
  });
});

describe("the options of a list", () => {
  /** Creates a list with one page of two items. `sent` contains the call for it. */
  function listOfCalls(options: ListOptions) {
    const { call, sent } = layeredOver(["ok"]);
    const list = new List(async ({ options: callOptions }) => {
      await call(read, callOptions);
      return { items: [1, 2], nextToken: "" };
    }, options);
    return { list, sent };
  }

  /** A class whose instances have getters and no own properties. */
  class Defaults implements ListOptions {
    get limit() {
      return 1;
    }
    get timeoutMs() {
      return 7;
    }
  }

  it.each<[string, ListOptions]>([
    ["from a prototype", Object.create({ limit: 1, timeoutMs: 7 })],
    ["from a class", new Defaults()],
  ])("can be inherited %s", async (_, options) => {
    const { list, sent } = listOfCalls(options);
    expect(await list.toArray()).toEqual([1]);
    expect(sent).toMatchObject([{ timeoutMs: 7 }]);
  });

  const ofLists: typeof wrong = [
    [{ limit: "5" }, "limit must be a whole number"],
    [{ limit: Symbol("5") }, "limit must be a whole number"],
    [{ limt: 5 }, "limt is not an option of a list. Did you mean limit?"],
    [{ limit: 0, pagesize: 5 }, "Did you mean pageSize?"],
    [{ pageSize: null }, "pageSize must be a whole number"],
    [{ prefetch: "yes" }, "prefetch must be true or false"],
    [{ cursor: 5 }, "cursor must be a `cursor` of this list"],
    [{ cursor: null }, "cursor must be a `cursor` of this list"],
    [{ cursor: Symbol("c") }, "cursor must be a `cursor` of this list"],
    [{ cursor: ["0:"] }, "cursor must be a `cursor` of this list"],
  ];

  it.each([...wrong, ...ofLists])(
    "%o make each use of the list reject, and nothing is sent",
    async (options, text) => {
      const { list, sent } = listOfCalls(untyped(options));
      const uses = [
        Promise.resolve(list),
        list.toArray(),
        list.first(),
        list.pages().next(),
        list[Symbol.asyncIterator]().next(),
      ];
      for (const use of uses) {
        const error = await failureOf(use);
        expect(error).toBeInstanceOf(InvalidArgumentError);
        expect(error).toMatchObject({ message: expect.stringContaining(text) });
      }
      expect(sent).toEqual([]);
    },
  );

  it.each([
    [null, "options must be an object of options"],
    [5, "options must be an object of options"],
    [{ limt: 5 }, "limt is not an option of toArray. Did you mean limit?"],
    [{ limit: null }, "limit must be a whole number"],
  ])("of toArray() make it reject if they are invalid: %o", async (options, text) => {
    const list = new List(async () => ({ items: [1, 2], nextToken: "" }));
    expect(await failureOf(list.toArray(untyped(options)))).toMatchObject({
      name: "InvalidArgumentError",
      message: expect.stringContaining(text),
    });
    expect(await list.toArray({ limit: undefined })).toEqual([1, 2]);
  });
});
