import { describe, expect, it } from "vitest";
import { enumNames } from "./enums.js";
import { readRest } from "./field-error.js";
import { bool, type Json, list, object, optional, requiredString, string, strings } from "./fields.js";
import { int64 } from "./numbers.js";
import { date } from "./timestamps.js";

const colors = enumNames<"COLOR_", "COLOR_UNSPECIFIED" | "COLOR_RED">("COLOR_", { red: 1 });

/** A model with a field of each kind. */
function toModel(json: Json) {
  return {
    id: requiredString(json, "id"),
    name: string(json, "name"),
    ...optional(json, "note", string),
    open: bool(json, "open"),
    count: int64(json, "count"),
    createdAt: date(json, "createdAt"),
    ...optional(json, "endsAt", date),
    color: colors.read(json, "color"),
    tags: strings(json, "tags"),
    owner: object(json, "owner", (owner) => ({ id: requiredString(owner, "id") })),
    parts: list(json, "parts", (part) => ({ id: requiredString(part, "id") })),
  };
}

const good = {
  id: "1",
  name: "acme",
  note: "",
  open: true,
  count: "7",
  createdAt: "2026-01-02T03:04:05Z",
  endsAt: "2026-01-02T03:04:05Z",
  color: "COLOR_RED",
  tags: ["a"],
  owner: { id: "2" },
  parts: [{ id: "3" }],
};

describe("the rest of a response that cannot be read", () => {
  const values = [undefined, null, 7, "odd", "", true, [], {}, [null], [7], [[]], [{ id: 7 }], { id: "" }];
  const cases = Object.keys(good).flatMap((field) => values.map((value) => [field, value] as const));

  it.each(cases)("keeps every other field if %s is %j", (field, value) => {
    const rest = readRest(() => toModel({ ...good, [field]: value }));
    const whole = toModel(good);
    expect({ ...rest, [field]: undefined }).toEqual({ ...whole, [field]: undefined });
  });

  it("is undefined if nothing can be read", () => {
    expect(
      readRest(() => {
        throw new Error("no");
      }),
    ).toBeUndefined();
  });

  it("does not make later reading lenient", () => {
    readRest(() => toModel({}));
    expect(() => toModel({})).toThrow();
  });
});
