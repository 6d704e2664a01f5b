import type { Clock, TokenLock, TokenStore } from "tenantry";
import { type CorruptiblePlace, storeConformance } from "tenantry/testing";
import { expect, it } from "vitest";
import { untyped } from "../support/untyped.js";
import { checkNamed } from "./support/check-named.js";
import { plainStore } from "./support/plain-store.js";

/** What the lock of a place is made of. */
interface LockParts {
  /** The clock of the process that uses the lock. */
  readonly clock: Clock;
  readonly state: { isTaken: boolean };
}

/** A lock that two processes can get if they check it at the same time. */
function inTwoSteps({ clock, state }: LockParts): TokenLock {
  return async (critical, signal) => {
    while (state.isTaken) await clock.sleep(1_000, signal);
    // Not in the same step as the check.
    await new Promise((resolve) => setImmediate(resolve));
    state.isTaken = true;
    return critical().finally(() => {
      state.isTaken = false;
    });
  };
}

type Mistake = "never released" | "not released after a failure" | "ignores aborts" | "taken after an abort";

/** A lock that lets in one process at a time, with a mistake. */
function wrongLock(mistake: Mistake, { clock, state }: LockParts): TokenLock {
  return async (critical, signal) => {
    const take = async (ends?: AbortSignal) => {
      while (state.isTaken) await clock.sleep(400, ends);
      state.isTaken = true;
    };
    if (mistake === "taken after an abort") {
      const left = new Promise<never>((_, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason));
      });
      await Promise.race([take(), left]);
    } else await take(mistake === "ignores aborts" ? undefined : signal);
    const result = critical();
    const release = () => {
      if (mistake !== "never released") state.isTaken = false;
    };
    result.then(release, mistake === "not released after a failure" ? () => {} : release);
    return result;
  };
}

type Break = (store: TokenStore, lock: LockParts) => Partial<TokenStore>;

/** Runs one check of `storeConformance` on a store with one mistake, which `breaks` makes. */
async function check(name: string, breaks: Break): Promise<void> {
  const checks = storeConformance(() => {
    const { store, corrupt } = plainStore();
    const state = { isTaken: false };
    return { open: (clock) => ({ ...store, ...breaks(store, { clock, state }) }), corrupt };
  });
  await checkNamed(checks, name).run();
}

it.each<[string, string, Break, string]>([
  [
    "a save that ignores the revision",
    "a save that expects another revision returns false and changes nothing",
    (store) => ({ save: async (next) => store.save(next, (await store.load())?.revision) }),
    "an empty store has no revision 0",
  ],
  [
    "a save that succeeds and returns false",
    "one process loads what another one saves, with every field",
    (store) => ({ save: async (next, expected) => (await store.save(next, expected)) && false }),
    "a save into an empty store must return true",
  ],
  [
    "a load that loses a field",
    "one process loads what another one saves, with every field",
    (store) => ({
      async load() {
        const { lifetimeMs: _, ...stored } = (await store.load()) ?? {};
        return "v" in stored ? stored : undefined;
      },
    }),
    "what was saved must be ",
  ],
  [
    "a clear that leaves the tokens",
    "clear empties the store, and a save with an older revision returns false",
    () => ({ clear: async () => {} }),
    "what a cleared store loads must be undefined",
  ],
  [
    "a load that fails on corrupt content",
    "corrupt content counts as empty, and can be replaced and cleared",
    (store) => ({
      async load() {
        const stored = await store.load();
        if (stored === undefined) throw new SyntaxError("unexpected end of JSON input");
        return stored;
      },
    }),
    "unexpected end of JSON input",
  ],
  [
    "a lock that lets every caller in",
    "one process at a time gets the lock, and the others get it afterwards",
    () => ({ lock: (critical) => critical() }),
    "two processes had the lock at the same time",
  ],
  [
    "a lock that is checked and taken in two steps",
    "one process at a time gets the lock, and the others get it afterwards",
    (_store, lock) => ({ lock: inTwoSteps(lock) }),
    "two processes had the lock at the same time",
  ],
  [
    "a lock that is not released",
    "one process at a time gets the lock, and the others get it afterwards",
    (_store, lock) => ({ lock: wrongLock("never released", lock) }),
    "four processes do not get the lock one after another",
  ],
  [
    "a lock that is not released after a failure",
    "an abort ends the wait for the lock, and a failure inside releases it",
    (_store, lock) => ({ lock: wrongLock("not released after a failure", lock) }),
    "a failure inside does not release the lock",
  ],
  [
    "a lock whose wait does not end with an abort",
    "an abort ends the wait for the lock, and a failure inside releases it",
    (_store, lock) => ({ lock: wrongLock("ignores aborts", lock) }),
    "an abort does not end the wait for the lock",
  ],
  [
    "a lock that goes to a process that has left",
    "an abort ends the wait for the lock, and a failure inside releases it",
    (_store, lock) => ({ lock: wrongLock("taken after an abort", lock) }),
    "a process that has left the wait keeps the lock",
  ],
  [
    "a load that fails after a sign-in",
    "a process that dies after sending does not make the others use a refresh token twice",
    (store) => ({
      async load() {
        if (await store.load()) throw new Error("no connection");
        return undefined;
      },
    }),
    'a call does not reach the step "after sending": it ends with TokenStoreError: simpleStore cannot be read: no connection',
  ],
  [
    "a save that loses when a refresh began",
    "a process that stalls for 15 s after sending and the others end with the same token",
    (store) => ({
      save: ({ refreshStartedAt: _, ...next }, expected) => store.save(next, expected),
    }),
    "the tokens of both processes must be",
  ],
  [
    "a save that ignores a sign-out",
    "clear during a refresh signs out: the new tokens are dropped",
    (store) => ({ save: async (next) => store.save(next, (await store.load())?.revision) }),
    "what the call fails with must be",
  ],
])("storeConformance finds %s", async (_what, name, breaks, message) => {
  await check(name, () => ({}));
  await expect(check(name, breaks)).rejects.toThrow(message);
});

it("storeConformance needs `corrupt`, unless `corrupts` is false", async () => {
  const makePlace = () => {
    const { store } = plainStore();
    return { open: () => store };
  };
  const name = "corrupt content counts as empty, and can be replaced and cleared";
  // Plain JavaScript can leave both out.
  const unchecked = untyped<() => CorruptiblePlace>(makePlace);
  await expect(checkNamed(storeConformance(unchecked), name).run()).rejects.toThrow(
    "the place has no `corrupt`: add it, or pass `{ corrupts: false }`",
  );
  const checks = storeConformance(makePlace, { corrupts: false });
  expect(checks.map((check) => check.name)).not.toContain(name);
});
