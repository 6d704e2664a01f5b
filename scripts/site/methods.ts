import type { DeclarationReflection, ProjectReflection } from "typedoc";
import { clientMethods } from "./client-methods.js";

/** The page that lists the methods of all clients, with their RPCs. `npm run docs` writes it. */
export const methodsPage = "docs/methods.md";

/** Returns the content that {@link methodsPage} should have. */
export function methodsMarkdown(project: ProjectReflection): string {
  const exported = project.children?.find(({ name }) => name === "tenantry")?.children ?? [];
  const sections = exported.flatMap((client) => {
    const methods = [...clientMethods(client.children ?? []).values()];
    if (methods.length === 0) return [];
    const items = methods.map(({ path, rpcs, reflection }) => {
      const call = `**\`${path}(${parametersOf(reflection)})\`**`;
      return `- ${call} ${rpcs.map((rpc) => `\`${rpc}\``).join(", ")}: ${firstSentence(reflection)}`;
    });
    return [`## ${client.name}\n\n${items.join("\n")}\n`];
  });
  return [
    "<!-- Written by `npm run docs`. Do not edit. -->\n",
    "# All methods\n",
    "Each client's methods, the RPC that each of them calls, and what it does. Every method takes options of the call as its last argument.\n",
    ...sections,
  ].join("\n");
}

function parametersOf(method: DeclarationReflection): string {
  const parameters = method.signatures?.[0]?.parameters ?? [];
  return parameters
    .filter(({ name }) => name !== "options")
    .map(({ name, flags, defaultValue }) => (flags.isOptional || defaultValue ? `${name}?` : name))
    .join(", ");
}

function firstSentence(method: DeclarationReflection): string {
  const summary = method.signatures?.[0]?.comment?.summary ?? [];
  const text = summary.map(({ text }) => text).join("");
  const [sentence = ""] = /^.+?\.(?=\s|$)/s.exec(text) ?? [];
  return sentence.replace(/\s+/g, " ");
}
