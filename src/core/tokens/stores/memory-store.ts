import type { Stored, TokenStore } from "./token-store.js";

/** Keeps tokens in memory: for tests, and to share them between two sources of one program. */
export function memoryStore(): TokenStore {
  let stored: Stored | undefined;
  return {
    name: "memoryStore",
    load: async () => stored,
    async save(next, expectedRevision) {
      if (stored?.revision !== expectedRevision) return false;
      stored = next;
      return true;
    },
    async clear() {
      stored = undefined;
    },
  };
}
