import { fail } from "./field-error.js";
import type { Json } from "./fields.js";

/**
 * Reads a signed 64-bit number; 0 if it is missing. ProtoJSON writes it as a string; a number is read too.
 *
 * @throws FieldError if it is not a whole number, or is beyond 2^53 - 1: JavaScript cannot store that exactly.
 */
export function int64(from: Json, field: string): number {
  return wholeNumber(from[field], field, -Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
}

/** Reads an unsigned 64-bit number; 0 if it is missing. Otherwise the same as {@link int64}. */
export function uint64(from: Json, field: string): number {
  return wholeNumber(from[field], field, 0, Number.MAX_SAFE_INTEGER);
}

/** Reads a signed 32-bit number; 0 if it is missing. A string is read too. */
export function int32(from: Json, field: string): number {
  return wholeNumber(from[field], field, -(2 ** 31), 2 ** 31 - 1);
}

/**
 * Reads a floating-point number; 0 if it is missing. A string is read too.
 *
 * @throws FieldError if it is not finite. ProtoJSON allows "NaN" and "Infinity", but the amounts of these APIs are
 * always finite.
 */
export function double(from: Json, field: string): number {
  const value = from[field] ?? 0;
  const number =
    typeof value === "string" && /^-?\d+(\.\d+)?(e[-+]?\d+)?$/i.test(value) ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number)
    ? number
    : fail(field, "a finite number", value);
}

function wholeNumber(value: unknown, field: string, least: number, most: number): number {
  if (value == null) return 0;
  const number = typeof value === "string" && /^-?\d+$/.test(value) ? Number(value) : value;
  // Adding 0 turns -0 into 0.
  return typeof number === "number" && Number.isInteger(number) && number >= least && number <= most
    ? number + 0
    : fail(field, `a whole number from ${least} to ${most}`, value);
}
