import { create, type DescField, type DescMessage, type DescService, type MessageShape } from "@bufbuild/protobuf";
import { type ReflectMessage, reflect } from "@bufbuild/protobuf/reflect";
import { isFieldSet } from "@bufbuild/protobuf";
import { TimestampSchema, timestampDate } from "@bufbuild/protobuf/wkt";
import type { Transport } from "@connectrpc/connect";
import { expect } from "vitest";
import { filled, unheardOf, variantsOf } from "./filled.js";

/** Where a model differs from its message. Paths are the generated code's names: `license.isNeosyncCloud`. */
export interface Mapping {
  /** What a field is called in the model. */
  readonly renamed?: Readonly<Record<string, string>>;
  /** Fields that the model leaves out on purpose. */
  readonly omitted?: readonly string[];
  /** What a value of an enum is called, where it isn't its own name in lower case. */
  readonly values?: Readonly<Record<string, string>>;
}

/**
 * Holds a model to its message: each field of the schema must come out in the model, under its own name and with its own
 * value: timestamps as `Date`, 64-bit numbers as `number`, each value of an enum by its name, an unset field as
 * `undefined`. A field that the schema gains and `toModel` does not know fails it.
 */
export function expectMapped<Desc extends DescMessage>(
  schema: Desc,
  toModel: (message: MessageShape<Desc>) => unknown,
  mapping: Mapping = {},
): void {
  const { renamed = {}, omitted = [] } = mapping;
  const paths = pathsOf(schema);
  for (const path of [...Object.keys(renamed), ...omitted]) expect(paths, "the schema's fields").toContain(path);
  for (let variant = 0; variant < variantsOf(schema); variant++) {
    const message = filled(schema, variant);
    const expected = modelOf(reflect(schema, message), mapping, "");
    expect(toModel(message), `${schema.typeName}, variant ${variant}`).toEqual(expected);
  }
  for (const field of schema.fields) {
    if (!mayBeUnset(field) || omitted.includes(field.localName)) continue;
    const message = filled(schema);
    const reflected = reflect(schema, message);
    reflected.clear(field);
    const expected = modelOf(reflected, mapping, "");
    expect(toModel(message), `${field} is unset`).toStrictEqual(expected);
  }
}
