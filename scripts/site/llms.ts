import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { addressOf, frontPage, groups } from "./pages.js";

/** Writes the site for language models: `llms.txt` lists the pages, and `llms-full.txt` contains their text. */
export function writeLlms(site: string): void {
  const front = readFileSync(frontPage, "utf8");
  const [, summary = ""] = /^# .+\n\n((?:.+\n)+)/.exec(front) ?? [];
  const begin = `# tenantry\n\n> ${summary.trim().replaceAll("\n", " ")}\n`;
  const lists = groups.map(({ title, pages }) => {
    const links = pages.map((page) => `- [${titleOf(page)}](${addressOf(page)}.html)`);
    return `## ${title}\n\n${links.join("\n")}\n`;
  });
  const full = "All of it in one file: [llms-full.txt](llms-full.txt)\n";
  writeFileSync(join(site, "llms.txt"), [begin, full, ...lists].join("\n"));

  const pages = groups.flatMap(({ pages }) => pages.map((page) => readFileSync(page, "utf8").trim()));
  writeFileSync(join(site, "llms-full.txt"), [begin, ...pages].join("\n\n") + "\n");
}

function titleOf(page: string): string {
  return /^# (.+)$/m.exec(readFileSync(page, "utf8"))?.[1] ?? page;
}
