import { describe, expect, it } from "vitest";
import {
  amount,
  count,
  duration,
  flag,
  instant,
  list,
  number,
  object,
  oneOf,
  optional,
  text,
  time,
  uuid,
  wholeNumber,
} from "./check-json.js";

interface Team {
  name: string;
  size?: number;
  kind?: "red" | "blue";
  members?: { email: string }[];
}

const team = object<Team>({
  name: text,
  size: optional(count),
  kind: optional(oneOf(["red", "blue"])),
  members: optional(list(object<{ email: string }>({ email: text }))),
});

/** An object that contains itself. */
function circle(): object {
  const it: { self?: object } = {};
  it.self = it;
  return it;
}

describe("a shape", () => {
  it("accepts values of the right types", () => {
    expect(() => team({ name: "acme", members: [{ email: "ada@example.com" }] }, "team")).not.toThrow();
  });

  it.each([
    [null, "team is null: give an object"],
    [[], "team is []: give an object"],
    [{}, "team.name is missing: give a string that is not empty"],
    [{ name: "" }, 'team.name is "": give a string that is not empty'],
    [{ name: "acme", size: -1 }, "team.size is -1: give a whole number, 0 or more"],
    [{ name: "acme", kind: "green" }, 'team.kind is "green": give one of red, blue'],
    [{ name: "acme", member: [] }, 'team.member is not known: did you mean "members"?'],
    [{ name: "acme", zzzzzz: 1 }, "team.zzzzzz is not known: the keys are name, size, kind, members"],
    [{ name: "acme", members: {} }, "team.members is {}: give a list"],
    [
      { name: "acme", members: [{ email: "a" }, { email: 5 }] },
      "team.members[1].email is 5: give a string that is not empty",
    ],
    // A list with a hole, such as `[, ada]`.
    [{ name: "acme", members: new Array(1) }, "team.members[0] is missing"],
  ])("names the mistake in %j", (value, message) => {
    expect(() => team(value, "team")).toThrow(message);
  });

  it.each([
    [Number.NaN, "NaN"],
    [Number.POSITIVE_INFINITY, "Infinity"],
    [1n, "1"],
    [Symbol("two"), "Symbol(two)"],
    [[[["x".repeat(80)]]], `[[["${"x".repeat(53)}...`],
    [circle(), "[object Object]"],
  ])("shows %s as it is, though JSON cannot", (value, shown) => {
    expect(() => count(value, "it")).toThrow(`it is ${shown}: give a whole number, 0 or more`);
  });

  it.each([
    // Some versions of Node can write the levels as JSON, but no version can write the bigint.
    ["nested 10,000 levels deep, with a bigint", nested(10_000, 1n), "[object Array]"],
    [
      "without a prototype, with a bigint",
      Object.assign(Object.create(null), { big: 1n }),
      "[object Object]",
    ],
  ])("names the kind of an object that is %s", (_what, value, shown) => {
    expect(() => count(value, "it")).toThrow(`it is ${shown}: give a whole number, 0 or more`);
  });

  it("checks flags, numbers, UUIDs, dates and durations", () => {
    expect(() => flag(1, "it")).toThrow("it is 1: give true or false");
    expect(() => number(Number.NaN, "it")).toThrow("it is NaN: give a number");
    expect(() => amount(-1, "it")).toThrow("it is -1: give a number, 0 or more");
    expect(() => wholeNumber(0, 9)(10, "it")).toThrow("it is 10: give a whole number, from 0 to 9");
    expect(() => uuid("1234", "it")).toThrow('it is "1234": give a UUID');
    expect(() => uuid("00000000-0000-4000-8000-0000000000010", "it")).toThrow("give a UUID");
    expect(() => time(-1e15, "it")).toThrow("it is -1000000000000000: give milliseconds since 1970");
    expect(() => instant("soon", "it")).toThrow('it: "soon" is not a date');
    expect(() => instant(5, "it")).toThrow("it is 5: give a date");
    expect(() => duration("soon", "it")).toThrow('it: "soon" is not a duration');
    expect(() => duration(true, "it")).toThrow("it is true: give a duration");
    expect(() => duration("25h", "it")).not.toThrow();
  });
});

/** Puts a value into a list, the list into another one, and so on. */
function nested(levels: number, value: unknown): unknown {
  let outer = value;
  for (let level = 0; level < levels; level++) outer = [outer];
  return outer;
}
