import { Table } from "../../../src/mock/engine/state/tables.js";
import { Random } from "../../support/random.js";

interface Row {
  readonly id: string;
  readonly team: string;
  readonly role: string | undefined;
}

const indexes = { team: (row: Row) => row.team, role: (row: Row) => row.role };
const indexNames = ["team", "role"] as const;
const ids = ["a", "b", "c", "d", "e", "f"] as const;
const keys = ["red", "blue", "green"] as const;

/** A table, and the rows that it must have. */
interface Pair {
  readonly table: Table<Row, "team" | "role">;
  rows: Row[];
}

/** Runs random steps on a table and its forks. Throws an error with the story if a table or an index has other rows than a plain list. */
export function exploreTables(seed: number): void {
  const random = new Random(seed);
  const story: string[] = [];
  const pairs: [Pair, ...Pair[]] = [{ table: new Table(indexes), rows: [] }];
  for (let left = 60; left > 0; left--) {
    const pair = random.pick(pairs);
    const name = random.pick(["insert", "insert", "update", "update", "delete", "fork", "adopt", "restore"]);
    story.push(`table ${pairs.indexOf(pair)}: ${name}`);
    step(name, pair, pairs, random);
    for (const each of pairs) check(each, `seed ${seed}, table ${pairs.indexOf(each)}\n${story.join("\n")}`);
  }
}

function step(name: string, pair: Pair, pairs: Pair[], random: Random): void {
  const { table, rows } = pair;
  const id = random.pick(ids);
  const fields = { team: random.pick(keys), role: random.pick([undefined, ...keys]) };
  switch (name) {
    case "insert":
      if (table.has(id)) return;
      pair.rows = [...rows, table.insert({ id, ...fields })];
      return;
    case "update":
      if (!table.has(id)) return;
      table.update(id, fields);
      pair.rows = rows.map((row) => (row.id === id ? { id, ...fields } : row));
      return;
    case "delete":
      table.delete(id);
      pair.rows = rows.filter((row) => row.id !== id);
      return;
    case "fork":
      if (pairs.length < 4) pairs.push({ table: table.fork(), rows });
      return;
    case "adopt": {
      const other = random.pick(pairs) ?? pair;
      table.adopt(other.table);
      pair.rows = other.rows;
      return;
    }
    default:
      table.restore(rows);
  }
}

function check({ table, rows }: Pair, where: string): void {
  mustBe(table.toJSON(), rows, where);
  for (const id of ids)
    mustBe(
      table.get(id),
      rows.find((row) => row.id === id),
      where,
    );
  for (const name of indexNames) {
    for (const key of keys)
      mustBe(
        table.by(name, key),
        rows.filter((row) => row[name] === key),
        where,
      );
  }
}

function mustBe(actual: unknown, expected: unknown, where: string): void {
  const [found, wanted] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (found !== wanted) throw new Error(`${where}\nfound ${found}\ninstead of ${wanted}`);
}
