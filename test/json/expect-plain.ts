import { expect } from "vitest";

/**
 * Checks what the docs promise of every result: it consists of arrays, plain objects, strings, numbers, booleans and dates,
 * and no key is undefined. So `structuredClone` and `JSON.stringify` keep all of it, except that JSON has dates as strings.
 */
export function expectPlain(result: unknown): void {
  expectPlainAt("result", result);
  expect(structuredClone(result)).toStrictEqual(result);
}

function expectPlainAt(path: string, value: unknown): void {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) expectPlainAt(`${path}[${index}]`, item);
  } else if (typeof value === "object" && value !== null && !(value instanceof Date)) {
    expect(Object.getPrototypeOf(value), `${path} is a plain object`).toBe(Object.prototype);
    for (const key of Reflect.ownKeys(value)) {
      expect(typeof key, `${path} has strings as keys`).toBe("string");
      const field: unknown = Reflect.get(value, key);
      expect(field, `${path}.${String(key)} has a value or is absent`).not.toBeUndefined();
      expectPlainAt(`${path}.${String(key)}`, field);
    }
  } else {
    const kind = value instanceof Date ? "date" : typeof value;
    expect(["string", "number", "boolean", "date"], `${path}: ${kind}`).toContain(kind);
  }
}
