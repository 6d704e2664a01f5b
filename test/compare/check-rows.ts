import { expect, it } from "vitest";
import type { Check } from "./client-rows.js";
import { isYes, type Table } from "./table.js";

/**
 * Tests that a table has exactly these rows, and that each cell agrees with the result of its check.
 *
 * @param columns - the title of each contender's column.
 */
export function checkRows<Contender extends string>(
  table: Table,
  columns: Readonly<Record<Contender, string>>,
  contenders: readonly Contender[],
  rows: Readonly<Record<string, Readonly<Record<Contender, Check>>>>,
): void {
  it("has exactly the rows that these tests check", () => {
    expect([...table.keys()].sort()).toEqual(Object.keys(rows).sort());
  });

  for (const [title, checks] of Object.entries(rows)) {
    it.each(contenders)(`${title}: %s`, async (contender) => {
      const cell = table.get(title)?.get(columns[contender]);
      expect(await checks[contender](), cell).toBe(isYes(cell));
    });
  }
}
