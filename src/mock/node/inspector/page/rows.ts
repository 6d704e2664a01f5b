/** A row of a table in a snapshot. */
export type Row = Readonly<Record<string, unknown>>;

/** A table of an API. */
export interface Table {
  readonly api: string;
  readonly name: string;
  readonly rows: readonly Row[];
}

/** Returns the tables of a snapshot, by API. */
export function tablesOf(snapshot: unknown): Table[] {
  const { apis } = Object(snapshot);
  return Object.entries(Object(apis)).flatMap(([api, tables]) =>
    Object.entries(Object(tables)).map(([name, rows]) => ({
      api,
      name,
      rows: Array.isArray(rows) ? rows.map((row: unknown): Row => Object(row)) : [],
    })),
  );
}

/** Returns the table to show first: accounts or organizations or, without them, the first table that has rows. */
export function firstTable(tables: readonly Table[]): Table | undefined {
  const filled = tables.filter(({ rows }) => rows.length > 0);
  return filled.find(({ name }) => ["accounts", "organizations"].includes(name)) ?? filled[0] ?? tables[0];
}

/** Returns the columns of rows: `id` first, the others in the order in which they appear. */
export function columnsOf(rows: readonly Row[]): string[] {
  const names = new Set(rows.flatMap((row) => Object.keys(row)));
  return [...names].sort((one, other) => Number(other === "id") - Number(one === "id"));
}

/** Returns a value as a short text. A time, which a row has in milliseconds, is shown as a date. */
export function cellText(value: unknown, column = ""): string {
  if (value === undefined || value === null) return "";
  if (typeof value === "number" && /(^at|At)$/.test(column) && Math.abs(value) < 8.64e15)
    return new Date(value)
      .toISOString()
      .replace("T", " ")
      .replace(/\.000Z$|Z$/, "");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** Returns the rows that contain every word of a search. Letter case does not count. */
export function searchRows(rows: readonly Row[], search: string): readonly Row[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return rows;
  return rows.filter((row) => {
    const texts = Object.entries(row).flatMap(([name, value]) => [cellText(value), cellText(value, name)]);
    const text = texts.join("\n").toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
