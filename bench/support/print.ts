import { type Cost, ratio } from "../harness.js";
import type { Table } from "./bench.js";
import type { Result } from "./built.js";

/** A result as text for a terminal. */
export function printTables({ title, tables }: Result): string {
  return [`\n${title}`, ...tables.flatMap(printTable)].join("\n");
}

function printTable(table: Table): string[] {
  const { costs, unit } = table;
  const [first] = costs;
  return [
    `\n  ${table.title} (${unit})`,
    ...costs.map((cost) => {
      const spread = `${figure(cost.lower)} to ${figure(cost.upper)}`;
      const times = first ? figure(ratio(cost, first)) : "";
      return `    ${cost.name.padEnd(46)}${figure(cost.median).padStart(10)}  ${spread.padEnd(20)}${times.padStart(6)}`;
    }),
    ...goalsOf(table).map(({ text, holds }) => `    ${holds ? "holds" : "MISSED"}: ${text}`),
  ];
}

/** A table's goals, and whether they hold. */
function goalsOf({ costs, goals = [], unit }: Table): { text: string; holds: boolean }[] {
  return goals.map(({ of, over, atMost }) => {
    const cost = named(costs, of);
    const value = over === undefined ? cost.median : ratio(cost, named(costs, over));
    const shown = over === undefined ? `${figure(value)} ${unit}` : `${value.toFixed(3)} of ${over}`;
    return { text: `${of} is ${shown}; the goal is at most ${atMost}`, holds: value <= atMost };
  });
}

/** A number with three significant digits. A dash for a ratio to a first row of 0. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return "–";
  if (value >= 1000) return Math.round(value).toLocaleString("en");
  return value.toFixed(value >= 100 ? 0 : value >= 10 ? 1 : 2);
}

function named(costs: readonly Cost[], name: string): Cost {
  const cost = costs.find((each) => each.name === name);
  if (!cost) throw new Error(`no contender is called ${name}`);
  return cost;
}
