import { readFileSync } from "node:fs";

/** A table of docs/compare.md: the cells of each row, by the row's title and the column's. */
export type Table = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** Reads the table under a heading. */
export function readTable(heading: string): Table {
  const [, section = ""] = readFileSync("docs/compare.md", "utf8").split(`## ${heading}\n`);
  const lines = (section.split("\n## ")[0] ?? "").split("\n").filter((line) => line.startsWith("|"));
  const [columns = [], , ...rows] = lines.map((line) => line.split("|").slice(1, -1).map(plain));
  return new Map(
    rows.map(([title = "", ...cells]) => [
      title,
      new Map(cells.map((cell, index) => [columns[index + 1] ?? "", cell])),
    ]),
  );
}

/** Checks whether a cell begins with "yes". @throws Error for a cell that begins with neither "yes" nor "no". */
export function isYes(cell: string | undefined): boolean {
  const [, answer] = /^(yes|no)\b/.exec(cell ?? "") ?? [];
  if (answer === undefined) throw new Error(`"${cell}" begins with neither "yes" nor "no"`);
  return answer === "yes";
}

/** Removes code marks and links. */
function plain(cell: string): string {
  return cell
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replaceAll("`", "")
    .trim();
}
