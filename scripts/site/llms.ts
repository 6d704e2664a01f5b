import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { DeclarationReflection, ProjectReflection } from "typedoc";
import { addressOf, frontPage, groups } from "./pages.js";
import { clientMethods } from "./search.js";

/** Writes the site for language models: `llms.txt` lists the pages, `llms-full.txt` has their text and the clients' methods. */
export function writeLlms(site: string, project: ProjectReflection): void {
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
  writeFileSync(join(site, "llms-full.txt"), [begin, methodsOf(project), ...pages].join("\n\n") + "\n");
}

function titleOf(page: string): string {
  return /^# (.+)$/m.exec(readFileSync(page, "utf8"))?.[1] ?? page;
}

/** The methods of each client, as they are called, with what they do. */
function methodsOf(project: ProjectReflection): string {
  const clients = declarationsOf(project).filter(({ name }) => name.endsWith("Client"));
  return clients
    .map((client) => {
      const methods = [...clientMethods(client.children ?? []).values()].map(
        ({ path, reflection }) =>
          `- \`client.${path}(${parametersOf(reflection)})\`: ${summaryOf(reflection)}`,
      );
      return `# ${client.name}: its methods\n\n${methods.join("\n")}`;
    })
    .filter((text) => text.includes("client."))
    .join("\n\n");
}

function declarationsOf(project: ProjectReflection): DeclarationReflection[] {
  return project.children?.find(({ name }) => name === "tenantry")?.children ?? [];
}

function parametersOf(method: DeclarationReflection): string {
  const parameters = method.signatures?.[0]?.parameters ?? [];
  return parameters.map(({ name, flags }) => (flags.isOptional ? `${name}?` : name)).join(", ");
}

function summaryOf(method: DeclarationReflection): string {
  const summary = method.signatures?.[0]?.comment?.summary ?? [];
  return summary
    .map(({ text }) => text)
    .join("")
    .replace(/\s+/g, " ")
    .trim();
}
