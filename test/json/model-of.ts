import { type DescField, type DescMessage, isMessage, type MessageShape } from "@bufbuild/protobuf";
import { type ReflectMessage, reflect } from "@bufbuild/protobuf/reflect";
import { TimestampSchema } from "@bufbuild/protobuf/wkt";
import { isReflected } from "../support/descriptors.js";
import { valueName } from "../support/value-name.js";

/** A message in the form of our models. */
export type Model = Readonly<Record<string, unknown>>;

/**
 * Converts a message to its model, by the rules for all models: a timestamp is a `Date`, truncated to
 * milliseconds; a 64-bit number is a number; an enum's value is its name without prefix, in lower case; an optional field or
 * a message that is not set is absent.
 */
export function modelOf<Desc extends DescMessage>(schema: Desc, message: MessageShape<Desc>): Model {
  return toModel(reflect(schema, message));
}

/** Checks whether a value in a model is a model too. */
export function isModel(value: unknown): value is Model {
  return typeof value === "object" && value !== null;
}

/** Maps a list inside a model. */
export function each<T>(list: unknown, change: (model: Model) => T): T[] {
  return Array.isArray(list) ? list.map((item) => change(item)) : [];
}

function toModel(message: ReflectMessage): Model {
  const present = message.fields.filter(
    (field) => message.isSet(field) || (field.fieldKind !== "message" && !isOptional(field)),
  );
  return Object.fromEntries(
    present.map((field) => {
      if (field.fieldKind === "list") {
        return [field.localName, Array.from(message.get(field), (item) => toValue(field, item))];
      }
      return [field.localName, toValue(field, message.get(field))];
    }),
  );
}

function isOptional(field: DescField): boolean {
  return field.fieldKind !== "list" && field.proto.proto3Optional;
}

function toValue(field: DescField, value: unknown): unknown {
  if (field.enum) return valueName(field.enum, value) ?? "unknown";
  if (typeof value === "bigint") return Number(value);
  if (!isReflected(value)) return value;
  if (!isMessage(value.message, TimestampSchema)) return toModel(value);
  const { seconds, nanos } = value.message;
  return new Date(Number(seconds) * 1_000 + Math.floor(nanos / 1e6));
}
