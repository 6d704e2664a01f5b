import type { DescMessage } from "@bufbuild/protobuf";
import { kindOf } from "../recording/field-kinds.js";
import { readDetails } from "../recording/read-bodies.js";
import { isObject, type Json } from "../recording/recorded-call.js";

/** The placeholders that are not compared: each server has its own value, or the value comes from the identity provider. */
const ofServer = /^<(picture|server|person:\d+)>$/;

/** Returns a recorded response without the values that are not compared. */
export function comparableRecorded(value: Json): Json {
  if (Array.isArray(value)) return value.map(comparableRecorded);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).filter(
    ([, item]) => typeof item !== "string" || !ofServer.test(item),
  );
  return Object.fromEntries(entries.map(([key, item]) => [key, comparableRecorded(item)]));
}

/** Returns the mock's response without the values that are not compared. */
export function comparableReceived(schema: DescMessage, value: Json): Json {
  if (Array.isArray(value)) return value.map((item) => comparableReceived(schema, item));
  if (!isObject(value)) return value;
  const fields = new Map(schema.fields.map((field) => [field.jsonName, field]));
  const entries = Object.entries(value).flatMap(([key, item]): [string, Json][] => {
    const kind = kindOf(schema, key);
    if (kind === "picture" || kind === "server" || kind === "person") return [];
    const message = fields.get(key)?.message;
    return [[key, message === undefined ? item : comparableReceived(message, item)]];
  });
  return Object.fromEntries(entries);
}

/** Returns the details of the mock's error as messages, not as bytes, because a recording contains messages. */
export function comparableDetails(details: Json): Json {
  const read = readDetails(details);
  if (read.length === 0) return null;
  return read.map(({ type, message }): Json => ({ type, ...(message && { debug: message.json }) }));
}
