/** Returns a random id for a revision or a session. It is unique, but not a secret. */
export function newId(): string {
  // It does not use `crypto.randomUUID`, because pages over plain http don't have it.
  return Array.from({ length: 3 }, () => Math.random().toString(36).slice(2)).join("");
}

/** Returns the session id for `initial` tokens. Processes with the same initial tokens get the same id, and so share a session. */
export function idOf(text: string): string {
  let [a, b] = [0xdeadbeef, 0x41c6ce57];
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    a = Math.imul(a ^ code, 2654435761);
    b = Math.imul(b ^ code, 1597334677);
  }
  return `initial-${(a >>> 0).toString(36)}-${(b >>> 0).toString(36)}`;
}
