import { createContext, runInContext } from "node:vm";
import { fromJson } from "@bufbuild/protobuf";
import { DurationSchema } from "@bufbuild/protobuf/wkt";
import { describe, expect, it } from "vitest";
import { untyped } from "../../../test/support/untyped.js";
import { InvalidArgumentError } from "../errors/errors.js";
import {
  checkCount,
  fieldsOf,
  flag,
  listOf,
  required,
  requiredText,
  toDuration,
  toTimestamp,
  toUint64,
  toUnixSeconds,
} from "./arguments.js";

const refused = [undefined, null, "", 7, {}, ["a"], Symbol("a")];

describe("a required string", () => {
  it("is returned as it is", () => {
    expect(requiredText("acc-1", "accountId")).toBe("acc-1");
    const texts = { accountId: "acc-1", userId: "ada" };
    expect(required(texts)).toBe(texts);
  });

  it.each(refused)("must not be %o", (value) => {
    expect(() => requiredText(untyped(value), "accountId")).toThrow(InvalidArgumentError);
    expect(() => required({ name: "acme", accountId: untyped(value) })).toThrow(
      "accountId must be a string that is not empty",
    );
  });

  it("is named in the error's violations", () => {
    const violations = [{ field: "accountId", rule: "", message: "must be a string that is not empty" }];
    expect(() => required({ accountId: "" })).toThrow(expect.objectContaining({ violations }));
  });
});

describe("an object", () => {
  it("is returned as it is", () => {
    const team = { name: "acme" };
    expect(fieldsOf(team, "team")).toBe(team);
  });

  it.each([undefined, null, "acme", 7, [], () => {}, Symbol("a")])("must not be %o", (value) => {
    expect(() => fieldsOf(untyped<object>(value), "team")).toThrow("team must be an object");
  });
});

describe("a list", () => {
  it("has each item checked under its own name", () => {
    expect(listOf(["a", "b"], "ids", requiredText)).toEqual(["a", "b"]);
    expect(() => listOf(["a", ""], "ids", requiredText)).toThrow("ids[1] must be a string");
  });

  it("must not have an item that is missing", () => {
    expect(() => listOf(Array<string>(1), "ids", requiredText)).toThrow("ids[0] must be a string");
  });

  it.each([undefined, null, "ab", {}, new Set(["a"])])("must not be %o", (value) => {
    expect(() => listOf(untyped<string[]>(value), "ids", requiredText)).toThrow("ids must be a list");
  });
});

describe("a whole number", () => {
  it("becomes a string, as ProtoJSON writes 64-bit numbers", () => {
    expect(toUint64(0, "count")).toBe("0");
    expect(toUint64(-0, "count")).toBe("0");
    expect(toUint64(Number.MAX_SAFE_INTEGER, "count")).toBe("9007199254740991");
  });

  it.each([-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, "7", null, 7n, Symbol("7")])(
    "must not be %s",
    (value) => {
      expect(() => toUint64(untyped(value), "count")).toThrow(/^count must be a whole number from 0 to/);
    },
  );
});

describe("a date", () => {
  it("becomes seconds, rounded down", () => {
    expect(toUnixSeconds(new Date(1_999), "timestamp")).toBe("1");
  });

  it("becomes a timestamp, to the millisecond", () => {
    expect(toTimestamp(new Date(1_999), "expiresAt")).toBe("1970-01-01T00:00:01.999Z");
  });

  it("may be of another realm", () => {
    const date: Date = runInContext("new Date(5_000)", createContext());
    expect(date).not.toBeInstanceOf(Date);
    expect(toUnixSeconds(date, "timestamp")).toBe("5");
    expect(toTimestamp(date, "timestamp")).toBe("1970-01-01T00:00:05.000Z");
  });

  it.each([new Date(Number.NaN), 5_000, "2026-01-01T00:00:00Z", null, undefined, {}])(
    "must not be %s",
    (value) => {
      expect(() => toUnixSeconds(untyped(value), "timestamp")).toThrow("timestamp must be a valid Date");
      expect(() => toTimestamp(untyped(value), "timestamp")).toThrow("timestamp must be a valid Date");
    },
  );

  it.each(["0001-01-01T00:00:00.000Z", "9999-12-31T23:59:59.999Z"])(
    "may be %s, the first or the last timestamp",
    (text) => {
      expect(toTimestamp(new Date(text), "expiresAt")).toBe(text);
    },
  );

  it.each(["0000-12-31T23:59:59Z", "-000001-12-31T00:00:00Z", "+010000-01-01T00:00:00Z"])(
    "must not be %s, which is outside of the years 1 to 9999",
    (text) => {
      expect(() => toTimestamp(new Date(text), "expiresAt")).toThrow(
        "expiresAt must be in the years 1 to 9999",
      );
    },
  );

  it("must not be before 1970 if the field is unsigned", () => {
    expect(() => toUnixSeconds(new Date(-1), "timestamp")).toThrow("timestamp must not be before 1970");
  });
});

describe("a span of time", () => {
  it.each([
    [0, "0s"],
    [1, "0.001s"],
    [123_500, "123.5s"],
    [7_776_000_000, "7776000s"],
    [315_575_999_999_999, "315575999999.999s"],
    [315_576_000_000_000, "315576000000s"],
  ])("of %d ms becomes %s", (ms, text) => {
    expect(toDuration(ms, "validForMs")).toBe(text);
    const { seconds, nanos } = fromJson(DurationSchema, text);
    expect(Number(seconds) * 1_000 + nanos / 1e6).toBe(ms);
  });

  it.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 315_576_000_000_001, "7", null])(
    "must not be %s",
    (value) => {
      expect(() => toDuration(untyped(value), "validForMs")).toThrow(
        /^validForMs must be a whole number from 0 to 315576000000000/,
      );
    },
  );
});

it.each([undefined, null, 0, 1, "true"])("a flag must not be %o", (value) => {
  expect(flag(false, "config.done")).toBe(false);
  expect(() => flag(untyped(value), "config.done")).toThrow("config.done must be true or false");
});

it("a count is a whole number within its bounds, and the upper bound may be Infinity", () => {
  checkCount(0, "limit", 0, Number.POSITIVE_INFINITY);
  checkCount(Number.POSITIVE_INFINITY, "limit", 0, Number.POSITIVE_INFINITY);
  checkCount(10, "pageSize", 1, 10);
  for (const value of [0, 11, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(() => checkCount(value, "pageSize", 1, 10)).toThrow(
      `pageSize must be a whole number from 1 to 10, not ${value}`,
    );
  }
});
