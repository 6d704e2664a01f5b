import type { Api } from "../api.js";
import { type Check, count, instant, list, object, wrong } from "../check-json.js";
import type { Entity, Tables } from "./tables.js";

/** The version of what {@link MockSnapshot} looks like. */
export const snapshotVersion = 1;

/** Everything that a server remembers, as JSON: keep it in a file, or give it to another server. */
export interface MockSnapshot {
  /** Of the snapshot's form. A server reads those of its own version. */
  readonly version: typeof snapshotVersion;
  /** The server's time: an ISO 8601 text. */
  readonly now: string;
  /** Where its ids go on from. */
  readonly ids: number;
  /** By API and table, the rows, oldest first. What they look like is the version's affair. */
  readonly apis: Readonly<Record<string, Readonly<Record<string, readonly Entity[]>>>>;
}

type Snapshotted = Readonly<Record<string, Pick<Api<never>, "tables" | "rows">>>;

/** What the APIs' tables hold, as JSON that shares nothing with them. */
export function takeRows(apis: Snapshotted): MockSnapshot["apis"] {
  return structuredClone(mapValues(apis, ({ tables }) => mapValues(tables, (table) => table.toJSON())));
}

/** Puts a snapshot's rows in the place of the tables' own. */
export function putRows(apis: Snapshotted, snapshot: MockSnapshot): void {
  for (const [name, { tables }] of Object.entries(apis)) {
    for (const [key, table] of Object.entries(tables)) {
      table.restore(structuredClone(snapshot.apis[name]?.[key] ?? []));
    }
  }
}

/** Looks at a snapshot. @throws Error with the path to what is wrong. */
export function checkSnapshot(apis: Snapshotted, snapshot: unknown): void {
  // Of another version nothing else is known.
  if (typeof snapshot === "object" && snapshot !== null && "version" in snapshot) {
    const { version } = snapshot;
    if (version !== snapshotVersion) {
      throw wrong(version, "snapshot.version", `${snapshotVersion}, the version that this server reads`);
    }
  }
  object<MockSnapshot>({
    version: count,
    now: instant,
    ids: count,
    apis: object(mapValues(apis, ({ tables, rows }) => object(checksOf(tables, rows)))),
  })(snapshot, "snapshot");
}

function checksOf(tables: Tables, rows: Readonly<Record<string, Check>>): Record<string, Check> {
  return mapValues(tables, (_table, name) => (value, path) => {
    list(rows[name] ?? (() => {}))(value, path);
    refuseTwins(value, path);
  });
}

function refuseTwins(rows: unknown, path: string): void {
  if (!Array.isArray(rows)) return;
  const ids = new Map<string, number>();
  rows.forEach((row: Entity, index) => {
    const first = ids.get(row.id);
    if (first !== undefined)
      throw new Error(`${path}[${index}].id is ${JSON.stringify(row.id)}, as in ${path}[${first}]`);
    ids.set(row.id, index);
  });
}

function mapValues<In, Out>(
  record: Readonly<Record<string, In>>,
  map: (value: In, key: string) => Out,
): Record<string, Out> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value, key)]));
}
