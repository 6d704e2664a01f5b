/**
 * Returns the known name that is most similar to a misspelled one: the two share the most pairs of letters. Returns
 * undefined if none is similar.
 */
export function closest(name: string, known: readonly string[]): string | undefined {
  // Other SDKs' names, such as `apiKey` and `maxRetries`, share too few letters with ours.
  const meant = /retr/i.test(name) ? "retry" : /key|token|^auth/i.test(name) ? "auth" : "";
  if (known.includes(meant)) return meant;
  const given = name.toLowerCase();
  let nearest: string | undefined;
  let most = 0.4;
  for (const each of known) {
    const shared = [...given].filter((_, at) => each.toLowerCase().includes(given.slice(at, at + 2)));
    const likeness = shared.length / Math.max(given.length, each.length);
    if (likeness > most) [nearest, most] = [each, likeness];
  }
  return nearest;
}
