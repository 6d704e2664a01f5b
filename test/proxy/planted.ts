import { type DescField, type DescMessage, type JsonValue, ScalarType } from "@bufbuild/protobuf";
import fc from "fast-check";

const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
const run = (alphabet: string, minLength: number, maxLength = minLength) =>
  fc.array(fc.constantFrom(...alphabet), { minLength, maxLength }).map((characters) => characters.join(""));

/** Emails, and secrets that do not look like words. */
export const obviousSecret: fc.Arbitrary<string> = fc.oneof(
  fc.uuid(),
  fc.uuid().map((id) => `neo_at_v1_${id}`),
  run("0123456789abcdef", 32).map((hex) => `7a${hex}`),
  run(`${letters}0123456789_-`, 24, 40).map((text) => `sk_live_1aB${text}`),
  fc
    .tuple(run(letters, 20), run(letters, 40), run(letters, 30))
    .map(([a, b, c]) => `eyJ1${a}.eyJ2${b}.3xY${c}`),
  fc.tuple(run(letters, 6, 12), run(letters, 6, 12)).map(([name, host]) => `${name}@${host}.example`),
  run(letters, 10).map((text) => `https://example.com/reset?t=${text}`),
);

/** Any secret, including those that look like a word, a name or a number. */
export const anySecret: fc.Arbitrary<string> = fc.oneof(
  obviousSecret,
  run("abcdefghijklmnopqrstuvwxyz", 8, 20),
  run(letters, 8, 20),
  run("0123456789", 8, 12),
  fc.tuple(run(letters, 8), run(letters, 8)).map((words) => words.join(" ")),
);

/** Returns a text for a field. */
export type Plant = (field: DescField, message: DescMessage) => string;

/** Creates a message as JSON with a text in every string field. `variant` selects the field of each oneof. */
export function planted(schema: DescMessage, plant: Plant, variant = 0, depth = 0): JsonValue {
  if (schema.typeName === "google.protobuf.Timestamp") return "2026-03-01T00:00:00Z";
  if (schema.typeName === "google.protobuf.Duration") return "60s";
  const json: Record<string, JsonValue> = {};
  for (const field of schema.fields) {
    const { oneof } = field;
    if (oneof !== undefined && oneof.fields[variant % oneof.fields.length] !== field) continue;
    if (field.message !== undefined && depth > 4) continue;
    const value = () => jsonOf(field, schema, plant, variant, depth);
    if (field.fieldKind === "list") json[field.jsonName] = [value(), value()];
    else if (field.fieldKind === "map") json[field.jsonName] = { [plant(field, schema)]: value() };
    else json[field.jsonName] = value();
  }
  return json;
}

function jsonOf(
  field: DescField,
  schema: DescMessage,
  plant: Plant,
  variant: number,
  depth: number,
): JsonValue {
  if (field.message !== undefined) return planted(field.message, plant, variant, depth + 1);
  if (field.enum !== undefined) return field.enum.values.at(-1)?.number ?? 0;
  switch (field.scalar) {
    case ScalarType.STRING:
      return plant(field, schema);
    case ScalarType.BYTES:
      return btoa(plant(field, schema));
    case ScalarType.BOOL:
      return true;
    default:
      return 1;
  }
}
