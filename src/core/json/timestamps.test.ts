import { fromJson } from "@bufbuild/protobuf";
import { TimestampSchema } from "@bufbuild/protobuf/wkt";
import { describe, expect, it } from "vitest";
import { date } from "./timestamps.js";

/** A timestamp as protobuf-es reads it, truncated to milliseconds; undefined if it refuses the text. */
function peer(text: string): string | undefined {
  try {
    const { seconds, nanos } = fromJson(TimestampSchema, text);
    return new Date(Number(seconds) * 1_000 + Math.floor(nanos / 1e6)).toISOString();
  } catch {
    return undefined;
  }
}

const read = (text: unknown) => date({ at: text }, "at").toISOString();

describe("a timestamp", () => {
  it.each([
    ["2026-01-02T03:04:05Z", "2026-01-02T03:04:05.000Z"],
    ["2026-01-02T03:04:05.6Z", "2026-01-02T03:04:05.600Z"],
    ["2026-01-02T03:04:05.678Z", "2026-01-02T03:04:05.678Z"],
    ["2026-01-02T03:04:05.678999Z", "2026-01-02T03:04:05.678Z"],
    ["2026-01-02T03:04:05.999999999Z", "2026-01-02T03:04:05.999Z"],
    ["2026-01-02T03:04:05.000000001Z", "2026-01-02T03:04:05.000Z"],
    ["1969-12-31T23:59:59.250Z", "1969-12-31T23:59:59.250Z"],
    ["1969-12-31T23:59:59.999999999Z", "1969-12-31T23:59:59.999Z"],
    ["2026-01-02T03:04:05+02:00", "2026-01-02T01:04:05.000Z"],
    ["2026-01-02T03:04:05.5-09:30", "2026-01-02T12:34:05.500Z"],
    ["2026-01-01T00:00:00+00:00", "2026-01-01T00:00:00.000Z"],
    ["2024-02-29T00:00:00Z", "2024-02-29T00:00:00.000Z"],
    ["2026-12-31T23:30:00-01:00", "2027-01-01T00:30:00.000Z"],
    ["0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000Z"],
    ["9999-12-31T23:59:59.999999999Z", "9999-12-31T23:59:59.999Z"],
    ["0000-12-31T23:00:00-01:00", "0001-01-01T00:00:00.000Z"],
    ["0001-01-01T01:00:00+01:00", "0001-01-01T00:00:00.000Z"],
    ["9999-12-31T22:59:59-01:00", "9999-12-31T23:59:59.000Z"],
  ])("%s is read, as by protobuf-es", (text, expected) => {
    expect(read(text)).toBe(expected);
    expect(peer(text)).toBe(expected);
  });

  it.each([
    "",
    "now",
    "2026-01-02",
    "2026-01-02T03:04Z",
    "2026-01-02T03:04:05",
    "2026-01-02 03:04:05Z",
    "2026-01-02t03:04:05Z",
    "2026-01-02T03:04:05z",
    "2026-01-02T03:04:05.Z",
    "2026-01-02T03:04:05,5Z",
    "2026-01-02T03:04:05.1234567890Z",
    "2026-01-02T03:04:05+0200",
    "2026-01-02T03:04:05+02",
    "2026-13-01T00:00:00Z",
    "2026-00-01T00:00:00Z",
    "2026-01-32T00:00:00Z",
    "2026-01-00T00:00:00Z",
    "2026-01-02T24:00:01Z",
    "2026-01-02T03:60:05Z",
    "0000-01-01T00:00:00Z",
    "10000-01-01T00:00:00Z",
    "0001-01-01T00:59:59+01:00",
    "9999-12-31T23:00:00-01:00",
    "+002026-01-01T00:00:00Z",
    "-000001-01-01T00:00:00Z",
    " 2026-01-02T03:04:05Z",
    "2026-01-02T03:04:05Z\n",
  ])("%j is refused, as by protobuf-es", (text) => {
    expect(() => read(text)).toThrow(
      expect.objectContaining({ path: "at", message: "must be a timestamp, not this string" }),
    );
    expect(peer(text)).toBeUndefined();
  });

  it.each([
    ["a day that the month does not have", "2026-02-29T00:00:00Z"],
    ["a day that the month does not have", "2026-02-31T12:00:00+02:00"],
    ["a day that the month does not have", "2026-04-31T00:00:00Z"],
    ["the hour 24", "2026-01-02T24:00:00Z"],
    ["a leap second", "2016-12-31T23:59:60Z"],
  ])("%s is refused: %s", (_what, text) => {
    expect(() => read(text)).toThrow(
      expect.objectContaining({ message: "must be a timestamp, not this string" }),
    );
  });

  it.each([
    [7, "number"],
    [true, "boolean"],
    [{ seconds: "1" }, "object"],
    [["2026-01-02T03:04:05Z"], "list"],
  ])("%j is refused", (value, type) => {
    expect(() => date({ at: value }, "at")).toThrow(
      expect.objectContaining({
        path: "at",
        message: expect.stringMatching(new RegExp(`not this ${type}$`)),
      }),
    );
  });

  it("that is missing or null is an error", () => {
    for (const from of [{}, { at: null }]) {
      expect(() => date(from, "at")).toThrow(expect.objectContaining({ path: "at", message: "is missing" }));
    }
  });
});
