import type { Stored, TokenStore } from "../core/tokens/stores/token-store.js";
import { expect, expectSame, type WorldCheck } from "./check.js";
import type { World } from "./world.js";

function stored(revision: string, accessToken = "access-1"): Stored {
  return { v: 1, tokens: { accessToken, refreshToken: "refresh-1" }, revision, sessionId: "session-1" };
}

/** How long it may take to get the lock, in milliseconds. A store may wait for some hundred milliseconds before each try. */
const longestLockMs = 10_000;

const corruptTexts = ["", "{", "null", "[]", '"text"', '{"v":2}', '{"v":1,"revision":"r","sessionId":"s"}'];

/** The checks of the store's own functions. */
export const storeChecks: readonly WorldCheck[] = [
  {
    name: "an empty store loads nothing",
    async run(world) {
      expectSame(await (await world.open()).load(), undefined, "what an empty store loads");
    },
  },
  {
    name: "one process loads what another one saves, with every field",
    async run(world) {
      const [one, other] = [await world.open(), await world.open()];
      const full: Stored = {
        v: 1,
        tokens: { accessToken: 'a"\\\u00e4', refreshToken: "r", expiresAt: 1_900_000_000_000 },
        revision: "1",
        sessionId: "s",
        lifetimeMs: 3_600_000,
        clockOffsetMs: -500,
        refreshStartedAt: 1_800_000_000_000,
      };
      expect(await one.save(full, undefined), "a save into an empty store must return true");
      expectSame(sorted(await other.load()), sorted(full), "what was saved");
    },
  },
  {
    // Some places cut a long text without an error.
    name: "a token of 8,000 characters is kept whole",
    async run(world) {
      const store = await world.open();
      await store.save(stored("1", "x".repeat(8_000)), undefined);
      expectSame((await store.load())?.tokens.accessToken.length, 8_000, "the length of the token");
    },
  },
  {
    name: "a save that expects another revision returns false and changes nothing",
    async run(world) {
      const store = await world.open();
      expect(!(await store.save(stored("1"), "0")), "an empty store has no revision 0");
      expectSame(await store.load(), undefined, "what an empty store loads");
      expect(await store.save(stored("1"), undefined), "the first save must return true");
      expect(!(await store.save(stored("2"), undefined)), "the store is no longer empty");
      expect(!(await store.save(stored("2"), "0")), "the store has revision 1, not 0");
      expectSame((await store.load())?.revision, "1", "the revision");
      expect(await store.save(stored("2"), "1"), "a save that expects the revision must return true");
      expectSame((await store.load())?.revision, "2", "the revision");
    },
  },
  {
    name: "if many processes save at the same time, one succeeds",
    async run(world) {
      const stores = await openStores(world, 8);
      let current: string | undefined;
      for (let round = 0; round < 5; round++) {
        const names = stores.map((_, index) => `${round}-${index}`);
        const results = await Promise.all(
          stores.map((store, index) => store.save(stored(names[index] ?? ""), current)),
        );
        const winners = names.filter((_, index) => results[index]);
        expectSame(winners.length, 1, "how many of eight writers succeed");
        current = (await stores[0]?.load())?.revision;
        expectSame(current, winners[0], "the revision");
      }
    },
  },
  {
    name: "if many processes add to what they have read, nothing that was saved is lost",
    async run(world) {
      const stores = await openStores(world, 8);
      const numberOf = (found: Stored | undefined) => Number(found?.tokens.accessToken ?? 0);
      let saves = 0;
      const adding = stores.map(async (store, index) => {
        for (let round = 0; round < 10; round++) {
          const found = await store.load();
          const next = stored(`${round}-${index}`, String(numberOf(found) + 1));
          if (await store.save(next, found?.revision)) saves++;
        }
      });
      await world.until(Promise.all(adding));
      expectSame(numberOf(await stores[0]?.load()), saves, "the number that was added to");
    },
  },
  {
    name: "clear empties the store, and a save with an older revision returns false",
    async run(world) {
      const [one, other] = [await world.open(), await world.open()];
      await one.clear();
      expect(await one.save(stored("1"), undefined), "a save into an empty store must return true");
      await other.clear();
      expectSame(await one.load(), undefined, "what a cleared store loads");
      expect(!(await one.save(stored("2"), "1")), "revision 1 was cleared");
      expectSame(await other.load(), undefined, "what a cleared store loads");
      expect(await one.save(stored("3"), undefined), "a save into a cleared store must return true");
      expectSame((await other.load())?.revision, "3", "the revision");
    },
  },
  {
    name: "corrupt content counts as empty, and can be replaced and cleared",
    corrupts: true,
    async run(world, place) {
      expect(
        place.corrupt !== undefined,
        "the place has no `corrupt`: add it, or pass `{ corrupts: false }`",
      );
      const store = await world.open();
      for (const text of corruptTexts) {
        await place.corrupt(text);
        expectSame(await store.load(), undefined, `what is loaded of ${JSON.stringify(text)}`);
        expect(await store.save(stored("1"), undefined), `${JSON.stringify(text)} must be replaced`);
        expectSame((await store.load())?.revision, "1", "the revision");
      }
      await place.corrupt("{");
      await store.clear();
      expectSame(await store.load(), undefined, "what a cleared store loads");
    },
  },
  {
    name: "one process at a time gets the lock, and the others get it afterwards",
    async run(world) {
      const stores = await openStores(world, 4);
      let inside = 0;
      let most = 0;
      const visit = async () => {
        most = Math.max(most, ++inside);
        // This is long enough for the others to try the lock.
        await new Promise<void>((resolve) => world.time.add(100, resolve));
        inside--;
        return true;
      };
      const locked = stores.filter((store) => store.lock);
      const { signal } = new AbortController();
      const visits = await world.until(
        Promise.all(locked.map((store) => store.lock?.(visit, signal))),
        "four processes do not get the lock one after another",
        longestLockMs,
      );
      expectSame(
        visits,
        locked.map(() => true),
        "what the lock returns",
      );
      expect(most <= 1, "two processes had the lock at the same time");
    },
  },
  {
    name: "an abort ends the wait for the lock, and a failure inside releases it",
    async run(world) {
      const [one, other] = [await world.open(), await world.open()];
      if (!one.lock || !other.lock) return;
      const failing = one.lock(() => Promise.reject(new Error("inside")), new AbortController().signal);
      const failure = await world.until(
        failing.catch((reason: unknown) => String(reason)),
        "the lock does not reject after a failure inside",
        longestLockMs,
      );
      expectSame(failure, "Error: inside", "what the lock rejects with");

      let release = () => {};
      let enter = () => {};
      const entered = new Promise<void>((resolve) => {
        enter = resolve;
      });
      const holding = one.lock(() => {
        enter();
        return new Promise<void>((resolve) => {
          release = resolve;
        });
      }, new AbortController().signal);
      await world.until(entered, "a failure inside does not release the lock", longestLockMs);
      const controller = new AbortController();
      const waiting = other.lock(async () => "in", controller.signal).catch(() => "left");
      controller.abort(new Error("enough"));
      const left = await world.until(waiting, "an abort does not end the wait for the lock", longestLockMs);
      expectSame(left, "left", "the wait for the lock after an abort");
      release();
      await world.until(holding, "the lock does not end with the work inside", longestLockMs);
      await world.pass(500);
      const next = other.lock(async () => "in", new AbortController().signal);
      await world.until(next, "a process that has left the wait keeps the lock", longestLockMs);
    },
  },
];

function openStores(world: World, count: number): Promise<TokenStore[]> {
  return Promise.all(Array.from({ length: count }, () => world.open()));
}

function sorted(value: Stored | undefined): unknown {
  const byName = (object: object) => Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1));
  return value && byName({ ...value, tokens: byName(value.tokens) });
}
