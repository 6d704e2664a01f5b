import type { Api } from "../api.js";
import { type Check, count, instant, list, object, wrong } from "../check-json.js";
import { mapValues } from "../records.js";
import type { Entity } from "./tables.js";

/** The version of the format of a {@link MockSnapshot}. */
export const snapshotVersion = 1;

/** The whole state of a server as JSON. It can be stored in a file, or restored on another server. */
export interface MockSnapshot {
  /** The version of the snapshot's format. A server reads only snapshots of its own version. */
  readonly version: 1;
  /** The server's time as an ISO 8601 string. */
  readonly now: string;
  /** The state of the random generator that creates ids. */
  readonly ids: number;
  /** The rows by API and table, oldest first. Their format depends on the version. */
  readonly apis: Readonly<Record<string, Readonly<Record<string, readonly MockSnapshotRow[]>>>>;
}

/** A row of a table: plain JSON with an id. */
export interface MockSnapshotRow {
  /** Unique in its table. */
  readonly id: string;
}

type Snapshotted = Readonly<Record<string, Pick<Api, "tables" | "rowChecks">>>;

/** Returns a copy of the rows of the APIs' tables as JSON. */
export function takeRows(apis: Snapshotted): MockSnapshot["apis"] {
  return structuredClone(mapValues(apis, ({ tables }) => mapValues(tables, (table) => table.toJSON())));
}

/** Replaces the rows of the APIs' tables with the rows of a snapshot. */
export function putRows(apis: Snapshotted, snapshot: MockSnapshot): void {
  for (const [name, { tables }] of Object.entries(apis)) {
    for (const [key, table] of Object.entries(tables)) {
      table.restore(structuredClone(snapshot.apis[name]?.[key] ?? []));
    }
  }
}

/** Checks a snapshot. @throws Error with the path to a mistake. */
export function checkSnapshot(apis: Snapshotted, snapshot: unknown): void {
  // The format of another version is not known, so the version is checked first.
  if (typeof snapshot === "object" && snapshot !== null && "version" in snapshot)
    checkVersion(snapshot.version);
  const checkAll: Check<Readonly<Record<keyof MockSnapshot, unknown>>> = object({
    version: count,
    now: instant,
    ids: count,
    apis: object<Record<string, unknown>>(
      mapValues(apis, ({ rowChecks }) => object<Record<string, unknown>>(checksOf(rowChecks))),
    ),
  });
  checkAll(snapshot, "snapshot");
}

function checkVersion(version: unknown): void {
  if (version === snapshotVersion) return;
  throw wrong(version, "snapshot.version", `${snapshotVersion}, the version that this server reads`);
}

function checksOf(rowChecks: Api["rowChecks"]): Record<string, Check<unknown>> {
  return mapValues(rowChecks, (checkRow) => {
    const checkRows = list(checkRow);
    return (json, path) => {
      const rows = checkRows(json, path);
      refuseSameIds(rows, path);
      return rows;
    };
  });
}

function refuseSameIds(rows: readonly Entity[], path: string): void {
  const ids = new Map<string, number>();
  rows.forEach(({ id }, index) => {
    const first = ids.get(id);
    if (first !== undefined)
      throw new Error(`${path}[${index}].id is ${JSON.stringify(id)}, as in ${path}[${first}]`);
    ids.set(id, index);
  });
}
