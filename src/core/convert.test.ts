import { create } from "@bufbuild/protobuf";
import { TimestampSchema, timestampFromDate } from "@bufbuild/protobuf/wkt";
import { describe, expect, it } from "vitest";
import {
  checkCount,
  enumNames,
  present,
  required,
  toBigInt,
  toDate,
  toNumber,
  toOptionalDate,
} from "./convert.js";
import { InvalidArgumentError, UnexpectedResponseError } from "./errors.js";

describe("a timestamp", () => {
  const date = new Date("2026-01-02T03:04:05.678Z");

  it("becomes a Date", () => {
    expect(toDate(timestampFromDate(date), "created_at")).toEqual(date);
    expect(toOptionalDate(timestampFromDate(date), "at")).toEqual(date);
  });

  it("before 1970 keeps its milliseconds", () => {
    const early = new Date("1969-12-31T23:59:59.250Z");
    expect(toDate(timestampFromDate(early), "created_at")).toEqual(early);
  });

  it("may be left out where the API says so, and only there", () => {
    expect(toOptionalDate(undefined, "at")).toBeUndefined();
    expect(() => toDate(undefined, "created_at")).toThrow(UnexpectedResponseError);
    expect(() => toDate(undefined, "created_at")).toThrow("the answer has no created_at");
  });
});

describe("a timestamp that no calendar has", () => {
  it("is an error, and no Date that fails later", () => {
    const late = create(TimestampSchema, { seconds: 2n ** 62n });
    expect(() => toDate(late, "created_at")).toThrow("created_at is out of any calendar");
    expect(() => toOptionalDate(late, "expires_at")).toThrow(UnexpectedResponseError);
  });
});

describe("what the server always sets", () => {
  it("comes through, empty or not", () => {
    expect(present("", "name")).toBe("");
    expect(present(0, "count")).toBe(0);
  });

  it("is missed where it is not there", () => {
    expect(() => present(undefined, "account")).toThrow(UnexpectedResponseError);
  });
});

describe("a 64-bit number", () => {
  const largest = BigInt(Number.MAX_SAFE_INTEGER);

  it("becomes JavaScript's, exactly", () => {
    expect(toNumber(0n, "count")).toBe(0);
    expect(toNumber(-5n, "count")).toBe(-5);
    expect(toNumber(largest, "count")).toBe(Number.MAX_SAFE_INTEGER);
  });

  it.each([largest + 1n, -largest - 1n, 2n ** 63n - 1n])(
    "that JavaScript would round, %d, is an error",
    (value) => {
      expect(() => toNumber(value, "record_count")).toThrow(UnexpectedResponseError);
      expect(() => toNumber(value, "record_count")).toThrow(`record_count is ${value}`);
    },
  );

  it("is made of a whole number", () => {
    expect(toBigInt(0, "count")).toBe(0n);
    expect(toBigInt(Number.MAX_SAFE_INTEGER, "count")).toBe(largest);
  });

  it.each([-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])("is not made of %d", (value) => {
    expect(() => toBigInt(value, "count")).toThrow(InvalidArgumentError);
  });
});

describe("an enum", () => {
  const roles = enumNames({ admin: 1, viewer: 3 });

  it("has our names for the API's numbers", () => {
    expect(roles.toName(1)).toBe("admin");
    expect(roles.toValue("viewer", "role")).toBe(3);
  });

  it.each([0, 2, 4, -1])("calls a number that this version does not know, %d, unknown", (value) => {
    expect(roles.toName(value)).toBe("unknown");
  });

  it.each(["owner", "unknown", "", "toString", "__proto__"])("refuses %j, and says what there is", (name) => {
    const loose: { toValue(name: string, field: string): number } = enumNames<string, number>({
      admin: 1,
      viewer: 3,
    });
    expect(() => loose.toValue(name, "role")).toThrow(InvalidArgumentError);
    expect(() => loose.toValue(name, "role")).toThrow("role must be one of admin, viewer");
  });
});

describe("an argument", () => {
  it("that is required is not empty", () => {
    expect(required("acc-1", "accountId")).toBe("acc-1");
    expect(() => required("", "accountId")).toThrow("accountId must be a string that is not empty");
  });

  it("that counts is whole and within its bounds, which infinity may be", () => {
    checkCount("limit", 0, 0, Number.POSITIVE_INFINITY);
    checkCount("limit", Number.POSITIVE_INFINITY, 0, Number.POSITIVE_INFINITY);
    checkCount("pageSize", 10, 1, 10);
    for (const value of [0, 11, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => checkCount("pageSize", value, 1, 10)).toThrow(
        `pageSize must be a whole number from 1 to 10, not ${value}`,
      );
    }
  });

  it("that is wrong is named in the error's violations", () => {
    const violations = [{ field: "accountId", rule: "", message: "must be a string that is not empty" }];
    expect(() => required("", "accountId")).toThrow(expect.objectContaining({ violations }));
  });
});
