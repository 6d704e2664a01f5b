/** A part of a text that is replaced. */
export interface Replacement {
  readonly index: number;
  readonly value: string;
  readonly placeholder: string;
}

/** The length of the shortest values that are found, and of the beginnings in the index. */
const least = 3;

/**
 * The values that a recording has placeholders for. They are found by their beginnings and their lengths, because a pattern of all values
 * could be too large for a `RegExp`, and would be compiled again after each new value.
 */
export class KnownValues {
  readonly #placeholders = new Map<string, string>();
  /** The lengths of the values with the same first characters, the longest first. */
  readonly #lengths = new Map<string, number[]>();

  get(value: string): string | undefined {
    return this.#placeholders.get(value);
  }

  add(value: string, placeholder: string): void {
    this.#placeholders.set(value, placeholder);
    if (value.length < least) return;
    const beginning = value.slice(0, least);
    const lengths = this.#lengths.get(beginning) ?? [];
    this.#lengths.set(beginning, lengths);
    if (lengths.includes(value.length)) return;
    lengths.push(value.length);
    lengths.sort((a, b) => b - a);
  }

  /** Finds the values in a text, except very short ones. If several begin at the same character, it finds the longest. */
  findIn(text: string): Replacement[] {
    const found: Replacement[] = [];
    for (let index = 0; index + least <= text.length; index++) {
      const value = this.#longestAt(text, index);
      if (value === undefined) continue;
      found.push({ index, ...value });
      index += value.value.length - 1;
    }
    return found;
  }

  #longestAt(text: string, index: number): Omit<Replacement, "index"> | undefined {
    for (const length of this.#lengths.get(text.slice(index, index + least)) ?? []) {
      if (index + length > text.length) continue;
      const value = text.slice(index, index + length);
      const placeholder = this.#placeholders.get(value);
      if (placeholder === undefined) continue;
      // A name may be a common word, so it only matches as a whole word. A secret matches anywhere.
      const isAnywhere = length >= 6 && !/^<(name|person|text)\b/.test(placeholder);
      if (isAnywhere || isWholeWord(text, index, length)) return { value, placeholder };
    }
    return undefined;
  }
}

/** A character that is part of a word. */
const wordCharacter = /^[\p{L}\p{N}]/u;

function isWholeWord(text: string, index: number, length: number): boolean {
  // Two units on each side, because a letter may consist of two. The last one is taken without `$`: with it, the pattern does not find
  // such a letter in Node 26.
  const [before = ""] = Array.from(text.slice(Math.max(0, index - 2), index)).slice(-1);
  const after = text.slice(index + length, index + length + 2);
  return !wordCharacter.test(before) && !wordCharacter.test(after);
}
