import { type Timestamp, timestampDate } from "@bufbuild/protobuf/wkt";
import { InvalidArgumentError, UnexpectedResponseError } from "./errors.js";

/** A timestamp that the server always sets. */
export function toDate(timestamp: Timestamp | undefined, field: string): Date {
  const date = timestampDate(present(timestamp, field));
  // A Timestamp holds more than a Date, whose methods would throw, far from here.
  if (Number.isNaN(date.getTime())) throw new UnexpectedResponseError(`${field} is out of any calendar`);
  return date;
}

/** A timestamp that may be left out. */
export function toOptionalDate(timestamp: Timestamp | undefined, field: string): Date | undefined {
  return timestamp && toDate(timestamp, field);
}

/** What the server always sets, though proto3 cannot say so. */
export function present<T>(value: T | undefined, field: string): T {
  if (value === undefined) throw new UnexpectedResponseError(`the answer has no ${field}`);
  return value;
}

/** A 64-bit number as JavaScript's: exact, or an error. */
export function toNumber(value: bigint, field: string): number {
  const number = Number(value);
  if (Number.isSafeInteger(number)) return number;
  throw new UnexpectedResponseError(
    `${field} is ${value}, more than a JavaScript number can hold exactly (2^53 - 1)`,
  );
}

/** A number of ours as a 64-bit one. */
export function toBigInt(value: number, field: string): bigint {
  if (Number.isSafeInteger(value) && value >= 0) return BigInt(value);
  throw invalid(field, `must be a whole number from 0 to 2^53 - 1, not ${value}`);
}

/** Ties an enum's values to our names, one by one, so that each is typed and none is guessed. */
export function enumNames<Name extends string, Value extends number>(values: Record<Name, Value>) {
  const names = new Map<number, Name>();
  for (const name in values) names.set(values[name], name);
  return {
    toName: (value: number): Name | "unknown" => names.get(value) ?? "unknown",
    toValue(name: Name, field: string): Value {
      if (Object.hasOwn(values, name)) return values[name];
      throw invalid(field, `must be one of ${Object.keys(values).join(", ")}, not ${JSON.stringify(name)}`);
    },
  };
}

/** An argument that the API would refuse, or take for something else, when empty: refused before anything is sent. */
export function required(value: string, field: string): string {
  if (typeof value === "string" && value !== "") return value;
  throw invalid(field, "must be a string that is not empty");
}

/** An option that counts something. */
export function checkCount(field: string, value: number, least: number, most: number): void {
  if (value === most || (Number.isInteger(value) && value >= least && value < most)) return;
  throw invalid(field, `must be a whole number from ${least} to ${most}, not ${value}`);
}

/** The error for an argument that is wrong, found before anything is sent. */
export function invalid(field: string, message: string): InvalidArgumentError {
  return new InvalidArgumentError(`${field} ${message}`, { violations: [{ field, rule: "", message }] });
}
