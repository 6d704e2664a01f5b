/**
 * The known name that is most similar to a misspelled one: the two share the most pairs of letters. Undefined if none is
 * similar.
 */
export function closest(name: string, known: readonly string[]): string | undefined {
  // Names such as `apiKey` share no letters with `auth`, which they mean.
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
