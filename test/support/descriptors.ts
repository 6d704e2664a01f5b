import { type DescField, type DescMessage, isMessage, toJson } from "@bufbuild/protobuf";
import { type ReflectMessage, reflect } from "@bufbuild/protobuf/reflect";
import { TimestampSchema, timestampDate } from "@bufbuild/protobuf/wkt";
import { expect } from "vitest";
import { FieldError } from "../../src/core/json/field-error.js";
import { isRecord, type Json } from "../../src/core/json/fields.js";
import { filled, unknownEnumNumber, variantsOf } from "./filled.js";
import { valueName } from "./value-name.js";

/** Where a model differs from its message. Paths are the generated code's names, such as `license.isNeosyncCloud`. */
export interface Mapping {
  /** The paths of fields that the API always sends: reading throws a `FieldError` if one is missing. */
  readonly required?: readonly string[];
  /** The name of a field in the model, by its path. */
  readonly renamed?: Readonly<Record<string, string>>;
  /** The paths of fields that the model omits on purpose. */
  readonly omitted?: readonly string[];
  /** The paths of messages with one field, for which the model has the value of that field. */
  readonly unwrapped?: readonly string[];
  /** The model's name for an enum value, by the schema's name. Default: that name without prefix, in lower case. */
  readonly values?: Readonly<Record<string, string>>;
}

/**
 * Checks that `read` converts a message's JSON to its model. Each field of the schema must be in the model,
 * under its own name and with its own value: a timestamp as `Date`, a 64-bit number as `number`, an enum's value by its name.
 * If a field is missing, the model must have its default, or no such key, or `read` must throw: see {@link Mapping.required}.
 *
 * It fails if the schema has a field that `read` does not read, or the model has a field that the schema lacks.
 */
export function expectMapped(
  schema: DescMessage,
  read: (json: Json) => unknown,
  mapping: Mapping = {},
): void {
  const { required = [], renamed = {}, omitted = [], unwrapped = [] } = mapping;
  const fields = fieldsOf(schema);
  for (const path of [...required, ...Object.keys(renamed), ...omitted, ...unwrapped]) {
    expect([...fields.keys()], `the fields of ${schema.typeName}`).toContain(path);
  }

  for (let variant = 0; variant < variantsOf(schema); variant++) {
    const message = reflect(schema, filled(schema, variant));
    // JSON types do not contain the numbers of an enum, so a wrong number in our table would compile.
    for (const enumAsInteger of [false, true]) {
      expect(read(jsonOf(message, enumAsInteger)), `${schema.typeName}, variant ${variant}`).toStrictEqual(
        modelOf(message, mapping, ""),
      );
    }
  }

  for (const [path, { jsonName }] of fields) {
    if (omitted.includes(path)) continue;
    const message = reflect(schema, filled(schema));
    clear(message, path.split("."));
    const json = jsonOf(message);
    // A null field means the same as a missing field.
    for (const each of path.includes(".") ? [json] : [json, { ...json, [jsonName]: null }]) {
      if (required.includes(path)) {
        expect(() => read(each), `${schema.typeName} without ${path}`).toThrow(FieldError);
      } else {
        const expected = modelOf(message, mapping, "");
        expect(read(each), `${schema.typeName} without ${path}`).toStrictEqual(expected);
      }
    }
  }
}

/** Returns all fields of a schema and of its nested messages, by their paths. */
export function fieldsOf(schema: DescMessage, prefix = ""): Map<string, DescField> {
  const fields = new Map<string, DescField>();
  for (const field of schema.fields) {
    const path = prefix + field.localName;
    fields.set(path, field);
    const within = field.message && !isTimestamp(field) ? fieldsOf(field.message, `${path}.`) : [];
    for (const [nested, its] of within) fields.set(nested, its);
  }
  return fields;
}

/** Writes a message as JSON with protobuf-es, with the names or the numbers of enums. */
function jsonOf({ desc, message }: ReflectMessage, enumAsInteger = false): Json {
  const json = toJson(desc, message, { enumAsInteger });
  if (isRecord(json)) return json;
  throw new Error(`${desc} has a JSON form of its own`);
}

/** Converts a message to its model, by the rules for all models. */
function modelOf(message: ReflectMessage, mapping: Mapping, prefix: string): Record<string, unknown> {
  const model: Record<string, unknown> = {};
  for (const field of message.fields) {
    const path = prefix + field.localName;
    if (mapping.omitted?.includes(path)) continue;
    const name = mapping.renamed?.[path] ?? field.localName;
    if (field.message && mapping.unwrapped?.includes(path)) {
      const given: unknown = message.get(field);
      const within = isReflected(given) ? given : reflect(field.message);
      const [value] = Object.values(modelOf(within, mapping, `${path}.`));
      model[name] = value;
    } else if (field.fieldKind === "list") {
      model[name] = Array.from(message.get(field), (item) => modelValue(field, item, mapping, path));
    } else if (!mayBeUnset(field) || message.isSet(field)) {
      model[name] = modelValue(field, message.get(field), mapping, path);
    }
  }
  return model;
}

function modelValue(field: DescField, value: unknown, mapping: Mapping, path: string): unknown {
  if (field.enum !== undefined) {
    if (value === unknownEnumNumber) return "unknown";
    const { name = "" } = field.enum.values.find(({ number }) => number === value) ?? {};
    return mapping.values?.[name] ?? valueName(field.enum, value);
  }
  if (typeof value === "bigint") return Number(value);
  if (!isReflected(value)) return value;
  return isMessage(value.message, TimestampSchema)
    ? timestampDate(value.message)
    : modelOf(value, mapping, `${path}.`);
}

function clear(message: ReflectMessage, [name, ...rest]: string[]): void {
  const field = message.fields.find(({ localName }) => localName === name);
  if (field === undefined) throw new Error(`${message.desc} has no ${name}`);
  if (rest.length === 0) {
    message.clear(field);
    return;
  }
  const within: unknown[] = field.fieldKind === "list" ? [...message.get(field)] : [message.get(field)];
  for (const nested of within.filter(isReflected)) clear(nested, rest);
}

function mayBeUnset(field: DescField): boolean {
  return field.fieldKind === "message" || (field.fieldKind !== "list" && field.proto.proto3Optional);
}

function isTimestamp(field: DescField): boolean {
  return field.message?.typeName === TimestampSchema.typeName;
}

/** Checks whether a field's value is a message. */
export function isReflected(value: unknown): value is ReflectMessage {
  return typeof value === "object" && value !== null && "message" in value && "desc" in value;
}
