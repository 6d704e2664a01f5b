import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

const files = execFileSync("git", ["ls-files", "*.md"], { encoding: "utf8" })
  .trim()
  .split("\n")
  // A copy of a page that others write.
  .filter((file) => file !== "test/recordings/README.md");

/** Code, comments and the front matter of a changeset. */
const notProse = /^ *(```+)[\s\S]*?^ *\1|<!--[\s\S]*?-->|^---\n[\s\S]*?\n---$/gm;
/** A line of prose, and a line that continues it. Headings, tables, HTML and items of a list begin something new. */
const wrapped = /^(?!\s*([#|<]|!\[)).*\S\n(?!\s*([#|<]|!\[|[-*+] |\d+[.)] )) *\S.*/gm;

it("a paragraph in Markdown is one line", () => {
  const breaks = files.flatMap((file) =>
    [...readFileSync(file, "utf8").replace(notProse, "").matchAll(wrapped)].map(([lines]) => ({
      file,
      lines,
    })),
  );
  expect(breaks).toEqual([]);
});
