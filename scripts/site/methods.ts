import type { DeclarationReflection, ProjectReflection } from "typedoc";
import type { Method } from "../../src/core/call/method.js";
import * as fam from "../../src/fam/methods.js";
import * as ona from "../../src/ona/methods.js";
import * as vydon from "../../src/vydon/methods.js";
import { clientMethods } from "./client-methods.js";

const methodsOf: Readonly<Record<string, object>> = { FamClient: fam, OnaClient: ona, VydonClient: vydon };

/** The page that lists the methods of all clients, with their RPCs. `npm run docs` writes it. */
export const methodsPage = "docs/methods.md";

/** Returns the content that {@link methodsPage} should have. */
export function methodsMarkdown(project: ProjectReflection): string {
  const exported = project.children?.find(({ name }) => name === "tenantry")?.children ?? [];
  const sections = exported.flatMap((client) => {
    const methods = [...clientMethods(client.children ?? []).values()];
    if (methods.length === 0) return [];
    const rpcsOfClient = methodsOf[client.name];
    if (rpcsOfClient === undefined)
      throw new Error(`add the RPCs of ${client.name} to scripts/site/methods.ts`);
    const unsafe = unsafeMethods(rpcsOfClient);
    const items = methods.map(({ path, rpcs, reflection }) => {
      const call = `**\`${path}(${parametersOf(reflection)})\`**`;
      const note = rpcs.some((rpc) => unsafe.has(rpc)) ? " *Not safe to retry.*" : "";
      return `- ${call} ${rpcs.map((rpc) => `\`${rpc}\``).join(", ")}: ${firstSentence(reflection)}${note}`;
    });
    return [`## ${client.name}\n\n${items.join("\n")}\n`];
  });
  return [
    "<!-- Written by `npm run docs`. Do not edit. -->\n",
    "# All methods\n",
    "Each client's methods, the RPC that each of them calls, and what it does. Every method takes options of the call as its last argument.\n",
    'A failed call of a method that is "not safe to retry" is [retried](errors-and-retries.md#retries) only if the server certainly did nothing.\n',
    ...sections,
  ].join("\n");
}

/** Returns the names of the RPCs that may do something twice if they are called twice. */
function unsafeMethods(methods: object): Set<string> {
  return new Set(
    Object.values(methods)
      .filter(({ idempotency }: Method<object>) => idempotency === "unknown")
      .map(({ name }: Method<object>) => name),
  );
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
