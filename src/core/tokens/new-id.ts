/** Returns a random id for a revision or a session. It is unique, but not a secret. */
export function newId(): string {
  // It does not use `crypto.randomUUID`, because pages over plain http don't have it.
  return Array.from({ length: 3 }, () => Math.random().toString(36).slice(2)).join("");
}
