import { describe, expect, it } from "vitest";
import { Table } from "./tables.js";

interface Member {
  readonly id: string;
  readonly team: string;
  readonly role: string | null;
}

function members(): Table<Member, "team" | "role"> {
  const table = new Table<Member, "team" | "role">({
    team: (row) => row.team,
    role: (row) => row.role ?? undefined,
  });
  table.insert({ id: "ada", team: "red", role: "admin" });
  table.insert({ id: "grace", team: "red", role: null });
  table.insert({ id: "edsger", team: "blue", role: "admin" });
  return table;
}

const idsOf = (rows: Iterable<Member>) => Array.from(rows, (row) => row.id);

describe("a table", () => {
  it("finds rows by id and by index, in the order in which they were added", () => {
    const table = members();
    expect(table.get("ada")?.team).toBe("red");
    expect(table.has("nobody")).toBe(false);
    expect(idsOf(table.by("team", "red"))).toEqual(["ada", "grace"]);
    expect(idsOf(table.by("role", "admin"))).toEqual(["ada", "edsger"]);
    expect(table.by("team", "green")).toEqual([]);
    expect(idsOf(table.all())).toEqual(["ada", "grace", "edsger"]);
  });

  it("replaces rows, and keeps its indexes correct", () => {
    const table = members();
    const before = table.get("ada");
    const after = table.update("ada", { team: "blue", role: null });
    expect(after).toEqual({ id: "ada", team: "blue", role: null });
    expect(before?.team).toBe("red");
    expect(idsOf(table.by("team", "blue"))).toEqual(["ada", "edsger"]);
    expect(idsOf(table.by("role", "admin"))).toEqual(["edsger"]);
    table.delete("ada");
    table.delete("ada");
    expect(idsOf(table.by("team", "blue"))).toEqual(["edsger"]);
  });

  it("lists a row with a new key by its age, as after a restore", () => {
    const table = members();
    table.update("edsger", { team: "red" });
    table.update("ada", { team: "blue" });
    table.update("ada", { team: "red" });
    expect(idsOf(table.by("team", "red"))).toEqual(["ada", "grace", "edsger"]);
    const restored = members();
    restored.restore(table.toJSON());
    expect(restored.by("team", "red")).toEqual(table.by("team", "red"));
  });

  it("refuses an id twice, and changes of a row that does not exist", () => {
    expect(() => members().insert({ id: "ada", team: "red", role: null })).toThrow(
      "there is a row ada already",
    );
    expect(() => members().update("nobody", { role: null })).toThrow("there is no row nobody");
  });

  it("forks: the two sides are independent", () => {
    const table = members();
    const fork = table.fork();
    fork.insert({ id: "barbara", team: "red", role: null });
    table.delete("ada");
    table.update("grace", { team: "blue" });
    expect(idsOf(fork.by("team", "red"))).toEqual(["ada", "grace", "barbara"]);
    expect(idsOf(table.by("team", "red"))).toEqual([]);
    expect(idsOf(table.by("team", "blue"))).toEqual(["grace", "edsger"]);
    expect(idsOf(fork.by("team", "blue"))).toEqual(["edsger"]);
    expect(fork.toJSON().length).toBe(4);
    expect(table.toJSON().length).toBe(2);
  });

  it("returns to a fork each time", () => {
    const table = members();
    const before = table.fork();
    for (let round = 0; round < 2; round++) {
      table.delete("ada");
      table.insert({ id: "barbara", team: "red", role: null });
      expect(idsOf(table.by("team", "red"))).toEqual(["grace", "barbara"]);
      table.adopt(before);
      expect(idsOf(table.by("team", "red"))).toEqual(["ada", "grace"]);
    }
  });

  it("survives JSON", () => {
    const json: Member[] = JSON.parse(JSON.stringify(members()));
    const table = new Table<Member, "team" | "role">({ team: (row) => row.team, role: () => undefined });
    table.insert({ id: "gone", team: "red", role: null });
    table.restore(json);
    expect(idsOf(table.by("team", "red"))).toEqual(["ada", "grace"]);
    expect(table.toJSON()).toEqual(members().toJSON());
  });

  it("shares its rows with its forks: ten thousand forks of ten thousand rows fit into memory", () => {
    const table = new Table<Member, "team">({ team: (row) => row.team });
    for (let index = 0; index < 10_000; index++) table.insert({ id: `${index}`, team: "red", role: null });
    const forks = Array.from({ length: 10_000 }, () => table.fork());
    expect(forks.at(-1)?.toJSON().length).toBe(10_000);
  });
});
