import { relative } from "node:path";
import { type Application, Converter, type DocumentReflection, ReflectionKind } from "typedoc";
import { groups } from "./pages.js";

/** Names pages by their titles and modules by their import paths, and puts each into its group. */
export function names(app: Application): void {
  app.converter.on(Converter.EVENT_CREATE_DOCUMENT, (_context, document) => {
    const page = pageOf(document);
    document.name = titleOf(document);
    document.frontmatter["group"] = groups.find(({ pages }) => pages.includes(page))?.title ?? "None";
  });
  app.converter.on(Converter.EVENT_CREATE_DECLARATION, (_context, declaration) => {
    if (!declaration.kindOf(ReflectionKind.Module)) return;
    declaration.name = declaration.name === "index" ? "tenantry" : `tenantry/${declaration.name}`;
  });
}

/** Returns the path in the repository of a page written by hand. */
export function pageOf(document: DocumentReflection): string {
  const path = document.project.files.getReflectionPath(document);
  return path === undefined ? "" : relative(process.cwd(), path);
}

function titleOf(document: DocumentReflection): string {
  const text = document.content.map((part) => part.text).join("");
  const [, title] = /^# (.+)$/m.exec(text) ?? [];
  if (title === undefined) throw new Error(`${pageOf(document)} has no title: begin it with "# …"`);
  return title.replaceAll("`", "");
}
