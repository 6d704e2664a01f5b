import type { Check } from "../check-json.js";

/** A row of a table. Besides its id, it is plain JSON, with points in time as milliseconds since 1970. */
export interface Entity {
  /** Unique in its table. Mostly a UUID or a ULID, as in the API. */
  readonly id: string;
}

/** The keys by which rows can be found, in addition to `id`. A row whose key is undefined is not in that index. */
export type Indexes<Row, Name extends string> = Readonly<Record<Name, (row: Row) => string | undefined>>;

/** The indexes of a table without indexes: its rows are only found by id. */
export const noIndexes = {};

/** A table with rows of any type. Pass it only tables and rows of the same type. */
interface AnyTable {
  /** Checks whether two tables share their rows, because neither was written to since one was made from the other. */
  hasRowsOf(other: AnyTable): boolean;
  adopt(other: AnyTable): void;
  fork(): AnyTable;
  has(id: string): boolean;
  toJSON(): readonly Entity[];
  restore(rows: Iterable<Entity>): void;
}

/** The tables of one API, by name. */
export type Tables = Readonly<Record<string, AnyTable>>;

/** A check for the rows of every table of a state. */
export type RowChecks<State> = {
  readonly [Name in keyof State]: State[Name] extends Table<infer Row, infer _> ? Check<Row> : never;
};

/** The names of the tables whose rows have a field with the id of their parent, such as `accountId`. */
export type TablesWith<State, Field extends string> = {
  [Name in keyof State]: State[Name] extends Table<infer Row, infer _>
    ? Row extends Readonly<Record<Field, string>>
      ? Name
      : never
    : never;
}[keyof State];

interface Bucket {
  readonly owner: object;
  readonly ids: Set<string>;
}

/** The maps that only one table writes to. */
interface OwnMaps<Row> {
  readonly rows: Map<string, Row>;
  readonly buckets: Map<string, Bucket>;
}

/** Every table starts with these two empty maps. Its first write copies them. */
const noRows: ReadonlyMap<string, never> = new Map<string, never>();
const noBuckets: ReadonlyMap<string, Bucket> = new Map();

/**
 * Rows in the order in which they were added. A row is never changed, only replaced, so a fork shares all rows with its original. A fork
 * costs the same for one row and for ten thousand. The first write to either of them copies the map.
 */
export class Table<Row extends Entity, Name extends string = never> implements AnyTable {
  readonly #indexes: Indexes<Row, Name>;
  #rows: ReadonlyMap<string, Row> = noRows;
  #buckets: ReadonlyMap<string, Bucket> = noBuckets;
  /** The same two maps, if this table may write to them. */
  #own: OwnMaps<Row> | undefined;

  /** An empty table, with its indexes. */
  constructor(indexes: Indexes<Row, Name>) {
    this.#indexes = indexes;
  }

  /** Returns the row with this id. */
  get(id: string): Row | undefined {
    return this.#rows.get(id);
  }

  /** Checks whether there is a row with this id. */
  has(id: string): boolean {
    return this.#rows.has(id);
  }

  /** Returns all rows, oldest first. */
  all(): IterableIterator<Row> {
    return this.#rows.values();
  }

  /** Returns the rows whose key in the index is `key`, oldest first. */
  by(index: Name, key: string): Row[] {
    const found: Row[] = [];
    for (const id of this.#buckets.get(bucketKey(index, key))?.ids ?? []) {
      const row = this.#rows.get(id);
      if (row !== undefined) found.push(row);
    }
    return found;
  }

  /** Adds a row. @throws Error if its id is taken. */
  insert(row: Row): Row {
    if (this.#rows.has(row.id)) throw new Error(`there is a row ${row.id} already`);
    const own = this.#write();
    own.rows.set(row.id, row);
    for (const name in this.#indexes) this.#bucket(own, name, row, true)?.add(row.id);
    return row;
  }

  /** Changes some fields of a row. Returns the new row. @throws Error if there is no such row. */
  update(id: string, changes: Partial<Omit<Row, "id">>): Row {
    const row = this.#rows.get(id);
    if (row === undefined) throw new Error(`there is no row ${id}`);
    const next = { ...row, ...changes };
    const own = this.#write();
    own.rows.set(id, next);
    for (const name in this.#indexes) {
      const keyOf = this.#indexes[name];
      const key = keyOf(next);
      if (keyOf(row) === key) continue;
      this.#bucket(own, name, row, false)?.delete(id);
      const ids = this.#bucket(own, name, next, true)?.add(id);
      if (ids === undefined || ids.size === 1) continue;
      // The row may be older than others with its new key.
      ids.clear();
      for (const each of this.#rows.values()) if (keyOf(each) === key) ids.add(each.id);
    }
    return next;
  }

  /** Removes a row. Does nothing if there is no such row. */
  delete(id: string): void {
    const row = this.#rows.get(id);
    if (row === undefined) return;
    const own = this.#write();
    own.rows.delete(id);
    for (const name in this.#indexes) this.#bucket(own, name, row, false)?.delete(id);
  }

  /** Returns an independent table with the same rows. */
  fork(): Table<Row, Name> {
    const copy = new Table<Row, Name>(this.#indexes);
    copy.adopt(this);
    return copy;
  }

  /** Checks whether two tables share their rows, because neither was written to since one was made from the other. */
  hasRowsOf(other: Table<Row, Name>): boolean {
    return this.#rows === other.#rows;
  }

  /** Returns all rows as an array, oldest first. */
  toJSON(): Row[] {
    return [...this.#rows.values()];
  }

  /** Replaces all rows. */
  restore(rows: Iterable<Row>): void {
    const fresh = new Table<Row, Name>(this.#indexes);
    for (const row of rows) fresh.insert(row);
    this.adopt(fresh);
  }

  /** Replaces all rows with the rows of another table. The two tables stay independent. */
  adopt(other: Table<Row, Name>): void {
    this.#rows = other.#rows;
    this.#buckets = other.#buckets;
    this.#own = undefined;
    other.#own = undefined;
  }

  /** Returns the maps for a write. They are copied first if another table may share them. */
  #write() {
    if (this.#own === undefined) {
      this.#own = { rows: new Map(this.#rows), buckets: new Map(this.#buckets) };
      this.#rows = this.#own.rows;
      this.#buckets = this.#own.buckets;
    }
    return this.#own;
  }

  #bucket(owner: OwnMaps<Row>, name: Name, row: Row, make: boolean): Set<string> | undefined {
    const key = this.#indexes[name](row);
    if (key === undefined) return undefined;
    const bucket = owner.buckets.get(bucketKey(name, key));
    if (bucket?.owner === owner) return bucket.ids;
    if (bucket === undefined && !make) return undefined;
    const own = { owner, ids: new Set(bucket?.ids) };
    owner.buckets.set(bucketKey(name, key), own);
    return own.ids;
  }
}

function bucketKey(index: string, key: string): string {
  return `${index}\n${key}`;
}
