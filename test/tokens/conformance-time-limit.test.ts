import type { Clock, TokenStore } from "tenantry";
import { memoryStore } from "tenantry";
import { type StorePlace, storeConformance } from "tenantry/testing";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { checkNamed } from "./support/check-named.js";

const never = () => new Promise<never>(() => {});

beforeEach(() => void vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] }));
afterEach(() => void vi.useRealTimers());

type Break = (store: TokenStore, clock: Clock) => Partial<TokenStore>;

/** Runs a check on a store that `breaks` changes. Returns the text of its error. Undefined if it passes. */
async function failedCheck(name: string, breaks: Break, place: Partial<StorePlace> = {}) {
  const store = memoryStore();
  const open = (clock: Clock) => ({ ...store, ...breaks(store, clock) });
  const checks = storeConformance(() => ({ open, ...place }), { corrupts: false });
  let isOver = false;
  const outcome = checkNamed(checks, name)
    .run()
    .then(
      () => undefined,
      (reason: unknown) => String(reason),
    );
  outcome.finally(() => {
    isOver = true;
  });
  while (!isOver) {
    await new Promise((resolve) => setImmediate(resolve));
    vi.advanceTimersByTime(1_000);
  }
  expect(vi.getTimerCount()).toBe(0);
  return outcome;
}

const hint =
  "Time on the clock of `open` stands still during an operation, so the operation must not wait for it.";

it.each<[string, string, Break]>([
  ["load()", "an empty store loads nothing", () => ({ load: never })],
  ["save()", "one process loads what another one saves", () => ({ save: never })],
  ["clear()", "clear empties the store", () => ({ clear: never })],
  [
    "save()",
    "if many processes add to",
    (store) => ({ save: (next, expected) => (expected ? never() : store.save(next, expected)) }),
  ],
  // The store is opened by processes, which would go on after their own limit.
  [
    "load()",
    "ten processes",
    (store) => ({ load: async () => ((await store.load()) ? never() : undefined) }),
  ],
  ["save()", "a process that dies after the lock", () => ({ save: never })],
  ["clear()", "clear during a refresh", () => ({ clear: never })],
  [
    "load()",
    "an empty store loads nothing",
    (store, clock) => ({ load: () => clock.sleep(100).then(store.load) }),
  ],
])("a %s that never settles fails the check %j, and is named", async (operation, name, breaks) => {
  expect(await failedCheck(name, breaks)).toBe(`Error: ${operation} has not settled within 4 s. ${hint}`);
});

it("a failed check rejects with its own error, even if `close` never settles", async () => {
  const failure = await failedCheck("an empty store loads nothing", () => ({ load: never }), {
    close: never,
  });
  expect(failure).toBe(`Error: load() has not settled within 4 s. ${hint}`);
});

it("an operation may take long, as long as others make progress", async () => {
  const slowly = async () => {
    for (let seconds = 0; seconds < 3; seconds++) await new Promise((resolve) => setImmediate(resolve));
  };
  const slow: Break = (store) => ({
    save: (next, expected) => slowly().then(() => store.save(next, expected)),
  });
  expect(await failedCheck("if many processes save", slow)).toBeUndefined();
  // Seven of eight writers wait for the one before.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn: Break = (store) => ({
    save(next, expected) {
      const turn = last.then(slowly).then(() => store.save(next, expected));
      last = turn;
      return turn;
    },
  });
  expect(await failedCheck("if many processes save", inTurn)).toBeUndefined();
});
