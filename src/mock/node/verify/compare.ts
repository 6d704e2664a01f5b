import { isObject, type Json } from "../recording/recorded-call.js";
import { canPair } from "./can-pair.js";
import type { Placeholders } from "./placeholders.js";
import type { Received } from "./send.js";

/** The parts of a response in which the recorded one and the mock's can differ. */
export type Difference = "status" | "code" | "response" | "text" | "details";

/**
 * Returns the parts in which a response differs from the recorded one. Empty if they are the same. Binds the placeholders that appear for
 * the first time.
 */
export function differencesOf(
  recorded: Received,
  received: Received,
  placeholders: Placeholders,
): Difference[] {
  const differences: Difference[] = [];
  if (received.httpStatus !== recorded.httpStatus) differences.push("status");
  if (received.code !== recorded.code) differences.push("code");
  if (!isSamePart(recorded.response, received.response, placeholders)) differences.push("response");
  if (!isSamePart(recorded.message, received.message, placeholders)) differences.push("text");
  if (!isSamePart(recorded.details, received.details, placeholders)) differences.push("details");
  return differences;
}

/** The lists that the real server returns in any order. */
export const unordered: ReadonlySet<string> = new Set(["accounts", "users", "invites"]);

function isSamePart(recorded: Json, actual: Json, placeholders: Placeholders): boolean {
  return placeholders.attempt(() => isSame(recorded, actual, placeholders));
}

/** Checks whether a part of a response is the same as the recorded one. */
export function isSame(recorded: Json, actual: Json, placeholders: Placeholders, key = ""): boolean {
  if (typeof recorded === "string" && typeof actual === "string") {
    return placeholders.matches(recorded, actual);
  }
  if (Array.isArray(recorded) && Array.isArray(actual)) {
    if (recorded.length !== actual.length) return false;
    return unordered.has(key)
      ? isSameSet(recorded, actual, placeholders)
      : recorded.every((item, index) => isSame(item, actual[index] ?? null, placeholders));
  }
  if (isObject(recorded) && isObject(actual)) {
    const keys = Object.keys(recorded);
    return (
      keys.length === Object.keys(actual).length &&
      keys.every(
        (name) => name in actual && isSame(recorded[name] ?? null, actual[name] ?? null, placeholders, name),
      )
    );
  }
  return recorded === actual;
}

/**
 * Checks whether two lists have the same items in any order. A first look at each pair by itself finds most lists that differ. It also
 * puts the items with the fewest partners first, because they leave the search less to try.
 */
function isSameSet(recorded: Json[], actual: Json[], placeholders: Placeholders): boolean {
  const items = recorded.map((item) => ({
    item,
    partners: [...actual.keys()].filter((index) =>
      placeholders.probe(() => isSame(item, actual[index] ?? null, placeholders)),
    ),
  }));
  items.sort((a, b) => a.partners.length - b.partners.length);
  return (
    canPair(items.map(({ partners }) => partners)) &&
    search(
      items.map(({ item }) => item),
      actual,
      placeholders,
    )
  );
}

/** Tries each actual item for the first recorded one, and tries the next one if the rest does not match. */
function search([first, ...others]: Json[], actual: Json[], placeholders: Placeholders): boolean {
  if (first === undefined) return true;
  return actual.some((item, index) => {
    const rest = actual.toSpliced(index, 1);
    return placeholders.attempt(
      () => isSame(first, item, placeholders) && search(others, rest, placeholders),
    );
  });
}
