import { isSame, unordered } from "./compare.js";
import { type Placeholders, placeholdersIn } from "./placeholders.js";
import { isObject, type Json } from "./recording.js";

/** A field that differs. */
export interface FieldDifference {
  /** The path to the field, such as `response.accounts[0].name`. */
  readonly path: string;
  /** The value in the recording. Undefined if there is none. */
  readonly recorded: Json | undefined;
  /** The mock's value. Undefined if there is none. */
  readonly mock: Json | undefined;
  /** Whether it belongs to an object from before the recording: the mock has never returned its id. */
  readonly isOfUnknown: boolean;
}

/**
 * Finds the fields that differ. Binds the placeholders of values that are the same, so that later calls can use them.
 */
export function fieldDifferences(
  path: string,
  recorded: Json | undefined,
  mock: Json | undefined,
  placeholders: Placeholders,
  isOfUnknown = false,
  isInAnyOrder = false,
): FieldDifference[] {
  // An empty list is left out of JSON.
  const [theirs, ours] = [recorded ?? emptyLike(mock), mock ?? emptyLike(recorded)];
  if (theirs === undefined || ours === undefined) {
    if (theirs === ours) return [];
    return [{ path, recorded, mock, isOfUnknown: isOfUnknown || hasUnknownId(recorded, placeholders) }];
  }
  if (placeholders.attempt(() => isSame(theirs, ours, placeholders))) return [];
  if (isObject(theirs) && isObject(ours)) {
    const isUnknown = isOfUnknown || hasUnknownId(theirs, placeholders);
    return [...new Set([...Object.keys(theirs), ...Object.keys(ours)])].flatMap((key) =>
      fieldDifferences(`${path}.${key}`, theirs[key], ours[key], placeholders, isUnknown, unordered.has(key)),
    );
  }
  const whole = [{ path, recorded, mock, isOfUnknown }];
  if (!Array.isArray(theirs) || !Array.isArray(ours)) return whole;
  const differences = ofLists(path, theirs, ours, placeholders, isOfUnknown);
  // The lists have the same items in another order.
  return differences.length === 0 && !isInAnyOrder ? whole : differences;
}

function emptyLike(value: Json | undefined): Json | undefined {
  return Array.isArray(value) ? [] : undefined;
}

/** Compares the items that are in only one of the lists, in order. */
function ofLists(
  path: string,
  recorded: readonly Json[],
  mock: readonly Json[],
  placeholders: Placeholders,
  isOfUnknown: boolean,
): FieldDifference[] {
  const left = [...mock];
  const missing = recorded.flatMap((item, index) => {
    const found = left.findIndex((each) => placeholders.attempt(() => isSame(item, each, placeholders)));
    if (found >= 0) left.splice(found, 1);
    return found >= 0 ? [] : [{ item, index }];
  });
  // The mock has no counterpart for an object from before the recording.
  const unknown = missing.filter(({ item }) => hasUnknownId(item, placeholders));
  const known = missing.filter((each) => !unknown.includes(each));
  return [
    ...unknown.map(({ item, index }) => ({
      path: `${path}[${index}]`,
      recorded: item,
      mock: undefined,
      isOfUnknown: true,
    })),
    ...known.flatMap(({ item, index }) =>
      fieldDifferences(`${path}[${index}]`, item, left.shift(), placeholders, isOfUnknown),
    ),
    ...left.map((item) => ({ path: `${path}[]`, recorded: undefined, mock: item, isOfUnknown })),
  ];
}

/** Checks whether an object has an id that no response of the mock contained. */
function hasUnknownId(value: Json | undefined, placeholders: Placeholders): boolean {
  if (!isObject(value)) return false;
  const own = Object.values(value).filter((item) => typeof item === "string");
  return placeholdersIn(own).some((name) => /^<(uuid|id)\b/.test(name) && placeholders.isInvented(name));
}
