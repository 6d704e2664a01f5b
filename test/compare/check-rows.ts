import { expect, it } from "vitest";
import type { Check } from "./client-rows.js";
import { saysYes, type Table } from "./table.js";

/**
 * Tests that a table has these rows, and that each cell agrees with its check.
 *
 * @param columns - the title of each contender's column.
 */
export function checkRows<Contender extends string>(
  table: Table,
  columns: Readonly<Record<Contender, string>>,
  contenders: readonly Contender[],
  rows: Readonly<Record<string, Readonly<Record<Contender, Check>>>>,
): void {
  it("has the rows that are checked here, and no others", () => {
    expect([...table.keys()].sort()).toEqual(Object.keys(rows).sort());
  });

  for (const [title, checks] of Object.entries(rows)) {
    it.each(contenders)(`${title}: %s`, async (contender) => {
      const cell = table.get(title)?.get(columns[contender]);
      expect(await checks[contender](), cell).toBe(saysYes(cell));
    });
  }
}
