import { create, type DescField, type DescMessage, type MessageShape, ScalarType } from "@bufbuild/protobuf";
import { type ReflectMessage, reflect } from "@bufbuild/protobuf/reflect";
import { type Timestamp, TimestampSchema, timestampFromMs } from "@bufbuild/protobuf/wkt";

/** A number that no enum value has, in any version of a schema. */
export const unknownEnumNumber = 4_711;

/**
 * Creates a message with a different value in every field, so a test detects if a field is read in place of another.
 * Over the variants 0, 1, 2 … each enum has each of its values and an unknown one, and no two booleans have the same
 * sequence. In variant 0 all booleans are true and no enum is unspecified.
 */
export function filled<Desc extends DescMessage>(schema: Desc, variant = 0): MessageShape<Desc> {
  const message = create(schema);
  fill(reflect(schema, message), { variant, fields: 0 });
  return message;
}

/** Returns the number of variants of a schema. */
export function variantsOf(schema: DescMessage): number {
  const sizes = schema.fields.map(({ enum: names, message }) =>
    names ? names.values.length + 1 : message ? variantsOf(message) : 0,
  );
  // After the first variant, seven bits distinguish the booleans.
  return Math.max(8, ...sizes);
}

interface Count {
  readonly variant: number;
  fields: number;
}

function fill(message: ReflectMessage, count: Count): void {
  for (const field of message.fields) {
    if (field.fieldKind === "list") {
      for (const _ of [1, 2]) message.get(field).add(someValue(field, count));
    } else {
      message.set(field, someValue(field, count));
    }
  }
}

function someValue(field: DescField, count: Count): unknown {
  count.fields += 1;
  const { variant, fields } = count;
  if (field.message?.typeName === TimestampSchema.typeName) {
    const at: Timestamp = timestampFromMs(Date.UTC(2026, 0, 1) + fields * 1_000);
    return reflect(TimestampSchema, at);
  }
  if (field.message !== undefined) {
    const nested = reflect(field.message);
    fill(nested, count);
    return nested;
  }
  if (field.enum !== undefined) {
    const numbers = [...field.enum.values.map(({ number }) => number), unknownEnumNumber];
    return numbers[(variant + 1) % numbers.length];
  }
  switch (field.scalar) {
    case ScalarType.STRING:
      return `${field.localName} ${fields}`;
    case ScalarType.BOOL:
      return variant === 0 || ((fields >> (variant - 1)) & 1) === 1;
    case ScalarType.INT32:
    case ScalarType.UINT32:
    case ScalarType.DOUBLE:
      return 1_000 + fields;
    case ScalarType.INT64:
    case ScalarType.UINT64:
      return BigInt(1_000_000 + fields);
    default:
      throw new Error(`${field} has a type that none of our APIs has`);
  }
}
