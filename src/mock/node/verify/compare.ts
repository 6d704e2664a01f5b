import type { Placeholders } from "./placeholders.js";
import { isObject, type Json, type RecordedCall } from "./recording.js";
import type { Received } from "./send.js";

/** The parts of a response in which the recorded one and the mock's can differ. */
export type Difference = "status" | "code" | "response" | "text" | "details";

/**
 * Returns the parts in which a response differs from the recorded one. Empty if they are the same. Binds the placeholders that appear for
 * the first time.
 */
export function differencesOf(
  call: RecordedCall,
  received: Received,
  placeholders: Placeholders,
): Difference[] {
  const differences: Difference[] = [];
  if (received.httpStatus !== call.httpStatus) differences.push("status");
  if (received.code !== call.code) differences.push("code");
  if (!isSamePart(call.response, received.response, placeholders)) differences.push("response");
  if (!isSamePart(call.message, received.message, placeholders)) differences.push("text");
  if (!isSamePart(call.details, received.details, placeholders)) differences.push("details");
  return differences;
}

/** The lists that the real server returns in any order. */
export const unordered: ReadonlySet<string> = new Set(["accounts", "users", "invites"]);

function isSamePart(recorded: Json, actual: Json, placeholders: Placeholders): boolean {
  const same = () => isSame(withoutFakes(recorded), withoutFakes(actual), placeholders);
  return placeholders.attempt(same);
}

/**
 * Returns a response without the values that were faked for the recording: the names of people (they end in a space), and the expiry of the
 * cloud's licence.
 */
function withoutFakes(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutFakes);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).flatMap(([key, item]): [string, Json][] => {
    if (key === "name" && typeof item === "string") return [[key, item.trimEnd()]];
    if (key === "license" && isCloudLicense(item)) return [[key, { ...item, expiresAt: "" }]];
    return [[key, withoutFakes(item)]];
  });
  return Object.fromEntries(entries);
}

function isCloudLicense(value: Json): value is { [key: string]: Json } {
  return isObject(value) && "isNeosyncCloud" in value;
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

/** Tries each actual item for the first recorded one, and tries the next one if the rest does not match. */
function isSameSet([first, ...others]: Json[], actual: Json[], placeholders: Placeholders): boolean {
  if (first === undefined) return true;
  return actual.some((item, index) => {
    const rest = actual.toSpliced(index, 1);
    return placeholders.attempt(
      () => isSame(first, item, placeholders) && isSameSet(others, rest, placeholders),
    );
  });
}
