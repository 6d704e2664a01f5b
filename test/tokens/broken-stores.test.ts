import { expect, it } from "vitest";
import type { TokenStore } from "../../src/core/tokens/stores/token-store.js";
import { storeConformance } from "../../src/testing/index.js";
import { plainStore } from "./support/plain-store.js";

/** Runs one check of `storeConformance` on a store that is right but for what `breaks` does to it. */
async function check(name: string, breaks: (store: TokenStore) => Partial<TokenStore>): Promise<void> {
  const checks = storeConformance(() => {
    const { store, corrupt } = plainStore();
    const broken = { ...store, ...breaks(store) };
    return { open: () => broken, corrupt };
  });
  const found = checks.find((each) => each.name === name);
  if (found === undefined) throw new Error(`there is no check "${name}"`);
  await found.run();
}

it.each<[string, string, (store: TokenStore) => Partial<TokenStore>, string]>([
  [
    "a save that looks at no revision",
    "a save that expects another revision returns false and changes nothing",
    (store) => ({ save: async (next) => store.save(next, (await store.load())?.revision) }),
    "an empty store has no revision 0",
  ],
  [
    "a save that says it failed",
    "what one process saves another one loads, with every field",
    (store) => ({ save: async (next, expected) => (await store.save(next, expected)) && false }),
    "a save into an empty store must return true",
  ],
  [
    "a load that loses a field",
    "what one process saves another one loads, with every field",
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
    "the lock lets in one process at a time, and the others after it",
    () => ({ lock: (critical) => critical() }),
    "two processes had the lock at the same time",
  ],
])("storeConformance finds %s", async (_what, name, breaks, message) => {
  await check(name, () => ({}));
  await expect(check(name, breaks)).rejects.toThrow(message);
});
