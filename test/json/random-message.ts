import { create, type DescField, type DescMessage, type MessageShape, ScalarType } from "@bufbuild/protobuf";
import { type ReflectMessage, reflect } from "@bufbuild/protobuf/reflect";
import { DurationSchema, TimestampSchema } from "@bufbuild/protobuf/wkt";
import fc from "fast-check";
import { unknownEnumNumber } from "../support/filled.js";

/**
 * Creates random messages of a schema. Half of them have a value in every field, as most real responses do. In the others,
 * fields are unset or have their default value.
 */
export function randomMessage<Desc extends DescMessage>(schema: Desc): fc.Arbitrary<MessageShape<Desc>> {
  return fc.boolean().chain((sparse) =>
    fields(schema, sparse).map((values) => {
      const message = create(schema);
      fill(reflect(schema, message), values);
      return message;
    }),
  );
}

/** Values by the local names of fields. Undefined leaves a field unset. */
type Values = Readonly<Record<string, unknown>>;

function fields(schema: DescMessage, sparse: boolean): fc.Arbitrary<Values> {
  switch (schema.typeName) {
    case TimestampSchema.typeName:
      return fc.record({
        // From 0001-01-01 to 9999-12-31, as in the schema of Timestamp.
        seconds: fc.bigInt({ min: -62_135_596_800n, max: 253_402_300_799n }),
        nanos: fc.oneof(
          fc.nat({ max: 999 }).map((ms) => ms * 1e6),
          fc.nat({ max: 999_999_999 }),
        ),
      });
    case DurationSchema.typeName:
      return fc.record({
        seconds: fc.bigInt({ min: 0n, max: 10_000n }),
        nanos: fc.nat({ max: 999_999_999 }),
      });
  }
  const all = schema.fields.map((field) => {
    const values = valuesOf(field, sparse);
    const maybe = sparse && field.fieldKind !== "list" ? fc.option(values, { nil: undefined }) : values;
    // At most one field of a oneof can be set.
    const members = field.oneof?.fields.length ?? 1;
    return members > 1
      ? fc.nat({ max: members - 1 }).chain((pick) => (pick > 0 ? fc.constant(undefined) : maybe))
      : maybe;
  });
  return fc
    .tuple(...all)
    .map((values) =>
      Object.fromEntries(schema.fields.map(({ localName }, index) => [localName, values[index]])),
    );
}

function valuesOf(field: DescField, sparse: boolean): fc.Arbitrary<unknown> {
  const bounds = { minLength: sparse ? 0 : 1, maxLength: 3 };
  if (field.fieldKind === "map") {
    const keys = fc.string({ minLength: 1, maxLength: 8 }).filter((key) => key !== "__proto__");
    return fc.uniqueArray(fc.tuple(keys, single(field, sparse)), { ...bounds, selector: ([key]) => key });
  }
  return field.fieldKind === "list" ? fc.array(single(field, sparse), bounds) : single(field, sparse);
}

function single(field: DescField, sparse: boolean): fc.Arbitrary<unknown> {
  if (field.message) return fields(field.message, sparse);
  if (field.enum) {
    const { open, values } = field.enum;
    return fc.constantFrom(...values.map(({ number }) => number), ...(open ? [unknownEnumNumber] : []));
  }
  const [least, most] = [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER];
  switch (field.scalar) {
    case ScalarType.STRING:
      return fc.string({ unit: "binary", minLength: sparse ? 0 : 1, maxLength: 12 });
    case ScalarType.BOOL:
      return fc.boolean();
    case ScalarType.INT32:
      return fc.integer();
    case ScalarType.UINT32:
      return fc.nat();
    case ScalarType.DOUBLE:
      // `JSON.stringify` writes -0 as 0.
      return fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
    case ScalarType.INT64:
      return fc.bigInt({ min: BigInt(least), max: BigInt(most) });
    case ScalarType.UINT64:
      return fc.bigInt({ min: 0n, max: BigInt(most) });
    default:
      throw new Error(`${field} has a type that none of our APIs has`);
  }
}

function fill(message: ReflectMessage, values: Values): void {
  for (const field of message.fields) {
    const value = values[field.localName];
    if (value === undefined) continue;
    const items = Array.isArray(value) ? value : [];
    if (field.fieldKind === "list") {
      for (const item of items) message.get(field).add(toReflected(field, item));
    } else if (field.fieldKind === "map") {
      for (const [key, item] of items) message.get(field).set(key, toReflected(field, item));
    } else {
      message.set(field, toReflected(field, value));
    }
  }
}

function toReflected(field: DescField, value: unknown): unknown {
  if (!field.message) return value;
  const nested = reflect(field.message);
  fill(nested, Object.assign({}, value));
  return nested;
}
