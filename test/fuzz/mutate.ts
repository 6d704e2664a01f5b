import fc from "fast-check";

/** A change to some bytes. */
type Edit =
  | { readonly kind: "flip"; readonly at: number; readonly bit: number }
  | { readonly kind: "cut"; readonly at: number }
  | { readonly kind: "drop" | "repeat"; readonly at: number; readonly length: number }
  | { readonly kind: "insert"; readonly at: number; readonly bytes: Uint8Array };

// Positions as fractions of the whole, because they fit every length and shrink towards the start.
const at = fc.double({ min: 0, max: 1, noNaN: true });
const length = fc.integer({ min: 1, max: 16 });

const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({ kind: fc.constant("flip" as const), at, bit: fc.integer({ min: 0, max: 7 }) }),
  fc.record({ kind: fc.constant("cut" as const), at }),
  fc.record({ kind: fc.constantFrom("drop" as const, "repeat" as const), at, length }),
  fc.record({ kind: fc.constant("insert" as const), at, bytes: fc.uint8Array({ maxLength: 16 }) }),
);

/** Changes a few of some real bytes, as a broken connection, a broken server or an attacker can do. Many changes are harmless. */
export function mutated(original: Uint8Array): fc.Arbitrary<Uint8Array<ArrayBuffer>> {
  return fc
    .array(edit, { minLength: 1, maxLength: 6 })
    .map((edits) => edits.reduce<Uint8Array<ArrayBuffer>>(apply, new Uint8Array(original)));
}

/** Changes a few bytes of a text. */
export function mutatedText(original: string): fc.Arbitrary<string> {
  return mutated(new TextEncoder().encode(original)).map((bytes) => new TextDecoder().decode(bytes));
}

/** Replaces a few values of JSON, at any depth, by values of another kind. */
export function mutatedJson(original: unknown): fc.Arbitrary<unknown> {
  const change = fc.record({ at, value: fc.oneof(fc.jsonValue(), oddValues) });
  return fc.array(change, { minLength: 1, maxLength: 3 }).map((changes) => {
    let json: unknown = structuredClone(original);
    for (const { at: place, value } of changes) {
      const slots = slotsOf(json);
      const slot = slots[Math.floor(place * slots.length)];
      if (slot === undefined) json = value;
      else Reflect.set(slot.holder, slot.key, structuredClone(value));
    }
    return json;
  });
}

/** Values that often cause bugs. */
const oddValues = fc.constantFrom<unknown>(
  null,
  "",
  -1,
  1e308,
  2 ** 53,
  "9223372036854775807",
  "-9223372036854775808",
  "9999-12-31T23:59:59.999999999Z",
  "0000-00-00T00:00:00Z",
  "__proto__",
  { __proto__: 1 },
  [[]],
  { constructor: { prototype: {} } },
  "\ud800",
);

function slotsOf(json: unknown): { holder: object; key: string }[] {
  if (typeof json !== "object" || json === null) return [];
  return Object.entries(json).flatMap(([key, value]) => [{ holder: json, key }, ...slotsOf(value)]);
}

function apply(bytes: Uint8Array<ArrayBuffer>, change: Edit): Uint8Array<ArrayBuffer> {
  const place = Math.floor(change.at * bytes.length);
  const [head, tail] = [bytes.subarray(0, place), bytes.subarray(place)];
  switch (change.kind) {
    case "flip": {
      const copy = new Uint8Array(bytes);
      copy[place] = (copy[place] ?? 0) ^ (1 << change.bit);
      return copy;
    }
    case "cut":
      return new Uint8Array(head);
    case "drop":
      return joined(head, tail.subarray(change.length));
    case "repeat":
      return joined(head, tail.subarray(0, change.length), tail);
    case "insert":
      return joined(head, change.bytes, tail);
  }
}

function joined(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let end = 0;
  for (const part of parts) {
    whole.set(part, end);
    end += part.length;
  }
  return whole;
}
