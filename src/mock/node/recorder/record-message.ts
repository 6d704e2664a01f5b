import { type DescField, type DescMessage, ScalarType } from "@bufbuild/protobuf";
import { type Kind, kindOf, words } from "../recording/field-kinds.js";
import { isObject, type Json } from "../recording/recorded-call.js";
import { filterText } from "./filter-text.js";
import type { PlaceholderMaker } from "./placeholder-maker.js";

/** How the values of a message are replaced. */
export interface MessageContext {
  readonly placeholders: PlaceholderMaker;
  /** Returns the placeholder of a time. */
  readonly toTime: (time: string) => string;
}

/**
 * Returns a message with placeholders, for a recording. It accepts the JSON of protobuf-es, which has only the fields
 * of the schema.
 */
export function recordMessage(schema: DescMessage, json: Json, context: MessageContext): Json {
  if (schema.typeName === "google.protobuf.Timestamp")
    return typeof json === "string" ? context.toTime(json) : null;
  // A duration is a number with a unit, and not secret.
  if (schema.typeName === "google.protobuf.Duration") return json;
  if (!isObject(json)) return null;
  const fields = new Map(schema.fields.map((field) => [field.jsonName, field]));
  const entries = Object.entries(json).flatMap(([key, value]): [string, Json][] => {
    const field = fields.get(key);
    return field === undefined ? [] : [[key, recordField(field, value, kindOf(schema, key), context)]];
  });
  return Object.fromEntries(entries);
}

function recordField(field: DescField, value: Json, kind: Kind | undefined, context: MessageContext): Json {
  if (field.fieldKind === "map") {
    if (!isObject(value)) return null;
    const entries = Object.entries(value).map(([key, item]): [string, Json] => [
      filterText(key, context.placeholders),
      recordItem(field, item, kind, context),
    ]);
    return Object.fromEntries(entries);
  }
  if (Array.isArray(value)) return value.map((item) => recordItem(field, item, kind, context));
  return recordItem(field, value, kind, context);
}

function recordItem(field: DescField, value: Json, kind: Kind | undefined, context: MessageContext): Json {
  if (field.message !== undefined) return recordMessage(field.message, value, context);
  // The names of enum values and 64-bit numbers are strings in JSON, and not secret.
  if (field.enum !== undefined || typeof value !== "string" || isNumber(value, field)) return value;
  return recordText(value, kind ?? "secret", context.placeholders);
}

/** Checks whether a string is a 64-bit number, or a number that is not finite. */
function isNumber(value: string, { scalar }: DescField): boolean {
  const isText = scalar === ScalarType.STRING || scalar === ScalarType.BYTES;
  return !isText && /^(-?\d+|NaN|-?Infinity)$/.test(value);
}

function recordText(value: string, kind: Kind, placeholders: PlaceholderMaker): string {
  switch (kind) {
    case "picture":
    case "server":
      return value === "" ? "" : `<${kind}>`;
    case "word":
      return words.has(value) ? value : placeholders.of("text", value);
    case "message":
      return filterText(value, placeholders);
    default:
      return placeholders.of(kind, value);
  }
}
