/**
 * The known name that somebody who wrote another one may have meant: the one with which it shares the most pairs of letters.
 * Undefined if none is similar.
 */
export function closest(name: string, known: readonly string[]): string | undefined {
  // These have no letters in common, and everybody calls it something else.
  if (/key|token|^auth/i.test(name) && known.includes("auth")) return "auth";
  const given = name.toLowerCase();
  let nearest: string | undefined;
  let most = 0.4;
  for (const each of known) {
    let shared = 0;
    for (let at = 0; at < given.length; at++) {
      if (each.toLowerCase().includes(given.slice(at, at + 2))) shared++;
    }
    const likeness = shared / Math.max(given.length, each.length);
    if (likeness > most) [nearest, most] = [each, likeness];
  }
  return nearest;
}
