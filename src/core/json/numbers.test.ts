import { create, fromJson, type JsonValue } from "@bufbuild/protobuf";
import {
  DoubleValueSchema,
  Int32ValueSchema,
  Int64ValueSchema,
  UInt64ValueSchema,
} from "@bufbuild/protobuf/wkt";
import { describe, expect, it } from "vitest";
import { FieldError } from "./field-error.js";
import { double, int32, int64, uint64 } from "./numbers.js";

/** The value that protobuf-es reads; "error" if it refuses. */
function peer(kind: "int64" | "uint64" | "int32", value: JsonValue): number | "error" {
  try {
    if (kind === "int32") return fromJson(Int32ValueSchema, value).value;
    return Number(fromJson(kind === "int64" ? Int64ValueSchema : UInt64ValueSchema, value).value);
  } catch {
    return "error";
  }
}

/** The value that a reader returns; "error" if it throws. */
function ours(kind: "int64" | "uint64" | "int32", value: unknown): number | "error" {
  try {
    return { int64, uint64, int32 }[kind]({ count: value }, "count");
  } catch {
    return "error";
  }
}

const most = Number.MAX_SAFE_INTEGER;

describe("a whole number", () => {
  it.each([
    ["0", 0],
    ["7", 7],
    ["7.0", 7],
    ["1e3", 1_000],
    ['"7"', 7],
    ['"0"', 0],
    ['"9007199254740991"', most],
    ["9007199254740991", most],
  ] as const)("%s is read by all readers, as by protobuf-es", (text, expected) => {
    const value: JsonValue = JSON.parse(text);
    expect([ours("int64", value), ours("uint64", value)]).toEqual([expected, expected]);
    expect([peer("int64", value), peer("uint64", value)]).toEqual([expected, expected]);
  });

  it.each([
    ["-7", -7],
    ['"-7"', -7],
    ['"-9007199254740991"', -most],
  ] as const)("%s is read if the field is signed", (text, expected) => {
    const value: JsonValue = JSON.parse(text);
    expect([ours("int64", value), ours("uint64", value)]).toEqual([expected, "error"]);
    expect([peer("int64", value), peer("uint64", value)]).toEqual([expected, "error"]);
  });

  it.each(["1.5", '"1.5"', '"7.0"', '"1e3"', '"seven"', '""', "true", "[]", "[7]", "{}"])(
    "%s is refused, as by protobuf-es",
    (text) => {
      const value: JsonValue = JSON.parse(text);
      for (const kind of ["int64", "uint64"] as const) {
        expect([ours(kind, value), peer(kind, value)]).toEqual(["error", "error"]);
      }
      expect(ours("int32", value)).toBe("error");
    },
  );

  it.each(['" 7"', '"7 "', '"0x10"', '"+7"'])("%s is refused, as in ProtoJSON", (text) => {
    for (const kind of ["int64", "uint64", "int32"] as const) {
      expect([kind, ours(kind, JSON.parse(text))]).toEqual([kind, "error"]);
    }
  });

  it.each([
    '"9007199254740992"',
    '"9223372036854775807"',
    '"18446744073709551615"',
    "9007199254740992",
    "1e308",
  ])("%s is refused: a number of JavaScript cannot hold it exactly", (text) => {
    expect(ours("int64", JSON.parse(text))).toBe("error");
    expect(ours("uint64", JSON.parse(text))).toBe("error");
  });

  it("counts as whole if JSON.parse has rounded it", () => {
    expect(ours("int64", JSON.parse("9007199254740990.6"))).toBe(9_007_199_254_740_991);
  });

  it("is never -0", () => {
    for (const text of ["-0", '"-0"']) expect(Object.is(ours("int64", JSON.parse(text)), 0)).toBe(true);
  });
});

describe("a 32-bit number", () => {
  it.each([2 ** 31 - 1, -(2 ** 31), 0])("%d is read", (value) => {
    expect(ours("int32", value)).toBe(value);
    expect(peer("int32", value)).toBe(value);
  });

  it.each([2 ** 31, -(2 ** 31) - 1, 0.5])("%d is refused", (value) => {
    expect(ours("int32", value)).toBe("error");
    expect(peer("int32", value)).toBe("error");
  });

  it("is read from a string too, as ProtoJSON allows", () => {
    expect(ours("int32", "7")).toBe(7);
    expect(ours("int32", "2147483648")).toBe("error");
  });
});

it("a number that is missing or null is 0", () => {
  expect(create(Int64ValueSchema).value).toBe(0n);
  for (const from of [{}, { count: null }]) {
    expect([int64(from, "count"), uint64(from, "count"), int32(from, "count")]).toEqual([0, 0, 0]);
  }
});

it("the error names the field and the bounds", () => {
  expect(() => uint64({ count: "-1" }, "count")).toThrow(
    expect.objectContaining({
      path: "count",
      message: `must be a whole number from 0 to ${most}, not this string`,
    }),
  );
});

describe("a floating-point number", () => {
  const read = (value: unknown) => double({ credits: value }, "credits");

  it.each([
    ["0", 0],
    ["-0", -0],
    ["1.5", 1.5],
    ["-2e-7", -2e-7],
    ["1e308", 1e308],
    ['"1.5"', 1.5],
    ['"-2E+7"', -2e7],
    ['"7"', 7],
  ])("%s is read as by protobuf-es", (text, expected) => {
    const value: JsonValue = JSON.parse(text);
    expect(read(value)).toBe(expected);
    expect(fromJson(DoubleValueSchema, value).value).toBe(expected);
  });

  it.each(['""', '" 1"', '"one"', "true", "[1]", "{}"])("%s is refused, as by protobuf-es", (text) => {
    const value: JsonValue = JSON.parse(text);
    expect(() => read(value)).toThrow(FieldError);
    expect(() => fromJson(DoubleValueSchema, value)).toThrow();
  });

  it.each(['"1."', '".5"', '"+1"', '"0x1"', '"1e"'])("%s is refused, as in ProtoJSON", (text) => {
    expect(() => read(JSON.parse(text))).toThrow(FieldError);
  });

  it.each(['"NaN"', '"Infinity"', '"-Infinity"', "1e309", '"1e309"'])(
    "%s is refused: it is not finite",
    (text) => {
      expect(() => read(JSON.parse(text))).toThrow(FieldError);
    },
  );

  it("that is missing or null is 0", () => {
    expect([double({}, "credits"), read(null)]).toEqual([0, 0]);
  });
});
