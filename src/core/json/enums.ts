import { invalidArgument } from "../errors/invalid-argument.js";
import { fail } from "./field-error.js";
import type { Json } from "./fields.js";

/** Converts an enum's values between the wire and our names. */
export interface EnumNames<Prefix extends string, Name extends string> {
  /** Reads a field. Returns "unspecified" if it is missing, and "unknown" for a value that is not in the table. */
  read(from: Json, field: string): Name | "unspecified" | "unknown";
  /**
   * Returns the value on the wire for a name, which the caller passed as `argument`.
   *
   * @throws InvalidArgumentError if the name is not in the table.
   */
  toWire(name: Name, argument: string): `${Prefix}${Uppercase<Name>}`;
}

/** Our names for an enum's values: without prefix, in lower case, and without the zero value. */
type NameOf<Prefix extends string, Wire extends string> = Lowercase<
  Exclude<Wire extends `${Prefix}${infer Rest}` ? Rest : never, "UNSPECIFIED" | "REASON_UNSPECIFIED">
>;

/**
 * Maps an enum's values on the wire to our names. `Wire` is the enum's generated JSON type, so a name that is missing
 * or misspelt in the table does not compile.
 *
 * @param prefix - the prefix of all values on the wire.
 * @param numbers - the number of each value except the zero value. A server may send a number instead of a name.
 * @param zero - the zero value's name, without the prefix.
 */
export function enumNames<
  Prefix extends string,
  Wire extends string,
  Name extends string = NameOf<Prefix, Wire>,
>(prefix: Prefix, numbers: Readonly<Record<Name, number>>, zero = "UNSPECIFIED"): EnumNames<Prefix, Name> {
  const names: (Name | "unspecified")[] = ["unspecified"];
  // Parallel to `names`. For so few values, a search is faster than a Map, which must hash the string.
  const texts = [prefix + zero];
  const values = [0];
  for (const name in numbers) {
    names.push(name);
    texts.push(prefix + upper(name));
    values.push(numbers[name]);
  }
  return {
    read(from, field) {
      const value = from[field] ?? 0;
      if (typeof value === "string") return names[texts.indexOf(value)] ?? "unknown";
      if (typeof value === "number") return names[values.indexOf(value)] ?? "unknown";
      return fail(field, "a name", value);
    },
    toWire(name, argument) {
      if (typeof name === "string" && Object.hasOwn(numbers, name)) return `${prefix}${upper(name)}`;
      throw invalidArgument(argument, `must be one of ${Object.keys(numbers).join(", ")}`);
    },
  };
}

function upper<Text extends string>(text: Text): Uppercase<Text>;
function upper(text: string): string {
  return text.toUpperCase();
}
