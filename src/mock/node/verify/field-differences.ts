import { isObject, type Json } from "../recording/recorded-call.js";
import { isSame, unordered } from "./compare.js";
import { type Placeholders, placeholdersIn } from "./placeholders.js";

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
 * Finds the fields in which two values differ. Binds the placeholders of values that are the same, so that later calls can use them.
 *
 * @param isInAnyOrder - whether the values are lists whose order does not count.
 */
export function fieldDifferences(
  whole: FieldDifference,
  placeholders: Placeholders,
  isInAnyOrder = false,
): FieldDifference[] {
  const { path, recorded, mock, isOfUnknown } = whole;
  // An empty list is left out of JSON.
  const [theirs, ours] = [recorded ?? emptyLike(mock), mock ?? emptyLike(recorded)];
  if (theirs === undefined || ours === undefined) {
    if (theirs === ours) return [];
    return [{ ...whole, isOfUnknown: isOfUnknown || hasUnknownId(recorded, placeholders) }];
  }
  if (placeholders.attempt(() => isSame(theirs, ours, placeholders))) return [];
  if (isObject(theirs) && isObject(ours)) {
    const isUnknown = isOfUnknown || hasUnknownId(theirs, placeholders);
    return [...new Set([...Object.keys(theirs), ...Object.keys(ours)])].flatMap((key) => {
      const field = {
        path: `${path}.${key}`,
        recorded: theirs[key],
        mock: ours[key],
        isOfUnknown: isUnknown,
      };
      return fieldDifferences(field, placeholders, unordered.has(key));
    });
  }
  if (!Array.isArray(theirs) || !Array.isArray(ours)) return [whole];
  const differences = itemDifferences(whole, theirs, ours, placeholders);
  // The lists have the same items in another order.
  return differences.length === 0 && !isInAnyOrder ? [whole] : differences;
}

function emptyLike(value: Json | undefined): Json | undefined {
  return Array.isArray(value) ? [] : undefined;
}

/** Compares the items that are in only one of two lists, in order. */
function itemDifferences(
  { path, isOfUnknown }: FieldDifference,
  recorded: readonly Json[],
  mock: readonly Json[],
  placeholders: Placeholders,
): FieldDifference[] {
  const left = [...mock];
  const missing = recorded.flatMap((item, index) => {
    const found = left.findIndex((each) => placeholders.attempt(() => isSame(item, each, placeholders)));
    if (found >= 0) left.splice(found, 1);
    return found >= 0 ? [] : [{ path: `${path}[${index}]`, recorded: item, mock: undefined, isOfUnknown }];
  });
  // The mock has no counterpart for an object from before the recording.
  const unknown = missing.filter((each) => hasUnknownId(each.recorded, placeholders));
  const known = missing.filter((each) => !unknown.includes(each));
  return [
    ...unknown.map((each) => ({ ...each, isOfUnknown: true })),
    ...known.flatMap((each) => fieldDifferences({ ...each, mock: left.shift() }, placeholders)),
    ...left.map((item) => ({ path: `${path}[]`, recorded: undefined, mock: item, isOfUnknown })),
  ];
}

/** Checks whether an object has an id that no response of the mock contained. */
function hasUnknownId(value: Json | undefined, placeholders: Placeholders): boolean {
  if (!isObject(value)) return false;
  const own = Object.values(value).filter((item) => typeof item === "string");
  return placeholdersIn(own).some((name) => /^<(uuid|id)\b/.test(name) && placeholders.isInvented(name));
}
