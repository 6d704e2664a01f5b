import { describe, expect, it } from "vitest";
import { cellText, columnsOf, firstTable, searchRows, tablesOf } from "./rows.js";

const rows = [
  { id: "1", email: "Ada@example.com", expiresAt: 0 },
  { id: "2", email: "grace@example.com", who: { kind: "user" } },
];

describe("the tables of a snapshot", () => {
  it("are listed by API", () => {
    const tables = tablesOf({
      version: 1,
      apis: { vydon: { sessions: [{ id: "t" }], users: rows }, ona: {} },
    });
    expect(tables.map(({ api, name, rows }) => [api, name, rows.length])).toEqual([
      ["vydon", "sessions", 1],
      ["vydon", "users", 2],
    ]);
    expect(tablesOf(undefined)).toEqual([]);
  });

  it("begin with accounts or organizations, or else with one that has rows", () => {
    const tables = tablesOf({ apis: { ona: { sessions: [{ id: "t" }], accounts: [{ id: "a" }] } } });
    expect(firstTable(tables)?.name).toBe("accounts");
    expect(firstTable(tables.slice(0, 1))?.name).toBe("sessions");
    expect(firstTable([])).toBeUndefined();
  });

  it("have all columns of their rows, the id first", () => {
    expect(
      columnsOf([
        { email: "a", id: "1" },
        { id: "2", name: "b" },
      ]),
    ).toEqual(["id", "email", "name"]);
  });
});

describe("a cell", () => {
  it.each([
    ["ada", "name", "ada"],
    [null, "name", ""],
    [undefined, "name", ""],
    [true, "registered", "true"],
    [{ kind: "user" }, "who", '{"kind":"user"}'],
    [1_767_225_600_000, "createdAt", "2026-01-01 00:00:00"],
    [1_767_225_600_125, "at", "2026-01-01 00:00:00.125"],
    [1_767_225_600_000, "seats", "1767225600000"],
    [Number.MAX_VALUE, "expiresAt", String(Number.MAX_VALUE)],
  ])("of %j in %s is %j", (value, column, text) => {
    expect(cellText(value, column)).toBe(text);
  });
});

describe("a search", () => {
  it.each([
    ["", ["1", "2"]],
    ["ada", ["1"]],
    ["EXAMPLE  grace", ["2"]],
    ["ada grace", []],
    ["1970-01-01", ["1"]],
    ['"user"', ["2"]],
  ])("for %j finds %j", (search, ids) => {
    expect(searchRows(rows, search).map(({ id }) => id)).toEqual(ids);
  });
});
