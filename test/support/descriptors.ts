import { type DescField, type DescMessage, isMessage, type MessageShape } from "@bufbuild/protobuf";
import { type ReflectMessage, reflect } from "@bufbuild/protobuf/reflect";
import { TimestampSchema, timestampDate } from "@bufbuild/protobuf/wkt";
import { expect } from "vitest";
import { UnexpectedResponseError } from "../../src/core/errors.js";
import { filled, unheardOf, variantsOf } from "./filled.js";

/** Where a model differs from its message. Paths are the generated code's names: `license.isNeosyncCloud`. */
export interface Mapping {
  /** What a field is called in the model, by its path. */
  readonly renamed?: Readonly<Record<string, string>>;
  /** The paths of fields that the model leaves out on purpose. */
  readonly omitted?: readonly string[];
  /** What an enum's value is called, by the schema's name for it. Default: that name without prefix, in lower case. */
  readonly values?: Readonly<Record<string, string>>;
}

/**
 * Holds a model to its message: each field of the schema comes out in the model, under its own name and with its own
 * value: a timestamp as `Date`, a 64-bit number as `number`, each of an enum's values by its name, an optional field that
 * is not set as `undefined`. It fails when the schema has a field that `toModel` doesn't know, or the model one of its own.
 */
export function expectMapped<Desc extends DescMessage>(
  schema: Desc,
  toModel: (message: MessageShape<Desc>) => unknown,
  mapping: Mapping = {},
): void {
  const fields = fieldsOf(schema);
  for (const path of [...Object.keys(mapping.renamed ?? {}), ...(mapping.omitted ?? [])])
    expect([...fields.keys()], `the fields of ${schema.typeName}`).toContain(path);

  for (let variant = 0; variant < variantsOf(schema); variant++) {
    const message = filled(schema, variant);
    const expected = modelOf(reflect(schema, message), mapping, "");
    expect(toModel(message), `${schema.typeName}, variant ${variant}`).toEqual(expected);
  }

  for (const [path, field] of fields) {
    if (!mayBeUnset(field) || mapping.omitted?.includes(path)) continue;
    const message = filled(schema);
    clear(reflect(schema, message), path.split("."));
    const expected = modelOf(reflect(schema, message), mapping, "");
    try {
      expect(toModel(message), `${schema.typeName} without ${path}`).toEqual(expected);
    } catch (error) {
      // A message that the server always sets, though the schema cannot say so.
      if (!(field.message && error instanceof UnexpectedResponseError)) throw error;
    }
  }
}

/** All fields of a schema and of the messages within, by their paths. */
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

/** What the model of a message is by the rules that hold for all models. */
function modelOf(message: ReflectMessage, mapping: Mapping, prefix: string): Record<string, unknown> {
  const model: Record<string, unknown> = {};
  for (const field of message.fields) {
    const path = prefix + field.localName;
    if (mapping.omitted?.includes(path)) continue;
    const name = mapping.renamed?.[path] ?? field.localName;
    if (field.fieldKind === "list") {
      model[name] = Array.from(message.get(field), (item) => modelValue(field, item, mapping, path));
    } else if (mayBeUnset(field) && !message.isSet(field)) {
      model[name] = undefined;
    } else {
      model[name] = modelValue(field, message.get(field), mapping, path);
    }
  }
  return model;
}

function modelValue(field: DescField, value: unknown, mapping: Mapping, path: string): unknown {
  if (field.enum !== undefined) {
    if (value === unheardOf) return "unknown";
    const { name, localName } = field.enum.values.find(({ number }) => number === value) ?? {};
    return mapping.values?.[name ?? ""] ?? localName?.toLowerCase();
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

/** Whether a field's value is a message. */
export function isReflected(value: unknown): value is ReflectMessage {
  return typeof value === "object" && value !== null && "message" in value && "desc" in value;
}
