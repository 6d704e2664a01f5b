/** A part of a text that stands for a value, and the text after it up to the next gap. */
export interface Gap {
  readonly name: string;
  readonly after: string;
}

/** The methods of a string that a search needs. */
export type Searched = Pick<string, "indexOf" | "slice" | "startsWith" | "length">;

/** A search through one text. */
interface Search {
  readonly gaps: readonly Gap[];
  readonly text: Searched;
}

/** For each gap, the earliest position from which the rest of the text does not match. Then no later position matches. */
type DeadEnds = Map<number, number>;

/**
 * Finds the value of each gap, so that the gaps match a text from `start` to its end. Values that are not `known` are as short as
 * possible, and never empty. Gaps with the same name have the same value. Undefined if the text does not match.
 *
 * The work grows with the number of gaps times the length of the text. Each unknown name that has several gaps multiplies it by the
 * length once more.
 */
export function valuesOfGaps(
  gaps: readonly Gap[],
  text: Searched,
  start: number,
  known: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> | undefined {
  return matchFrom({ gaps, text }, 0, start, known, new Map());
}

function matchFrom(
  search: Search,
  index: number,
  at: number,
  values: ReadonlyMap<string, string>,
  deadEnds: DeadEnds,
): ReadonlyMap<string, string> | undefined {
  const { gaps, text } = search;
  const gap = gaps[index];
  if (gap === undefined) return at === text.length ? values : undefined;
  const { name, after } = gap;
  const known = values.get(name);
  if (known !== undefined) {
    const follows = known + after;
    if (!text.startsWith(follows, at)) return undefined;
    return matchFrom(search, index + 1, at + follows.length, values, deadEnds);
  }
  if (at >= (deadEnds.get(index) ?? Number.POSITIVE_INFINITY)) return undefined;
  const isRepeated = gaps.some((other, place) => place > index && other.name === name);
  let end = at;
  // A search for an empty text behind the end finds the end again.
  for (let next = text.indexOf(after, end + 1); next > end; next = text.indexOf(after, end + 1)) {
    end = next;
    const bound = new Map(values).set(name, text.slice(at, end));
    const found = matchFrom(search, index + 1, end + after.length, bound, isRepeated ? new Map() : deadEnds);
    if (found !== undefined) return found;
  }
  if (!isRepeated) deadEnds.set(index, at);
  return undefined;
}
