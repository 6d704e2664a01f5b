/**
 * Builds the documentation's site in `docs/site`, from the pages that are written by hand and the comments of the code:
 * `npm run docs`. A warning is an error. A link to a missing page or to raw Markdown is an error too.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Application, TypeDocReader } from "typedoc";
import { brokenLinks } from "./site/links.js";
import { writeLlms } from "./site/llms.js";
import { methodsMarkdown, methodsPage } from "./site/methods.js";
import { names } from "./site/names.js";
import { allPages, frontPage } from "./site/pages.js";
import { search } from "./site/search.js";
import { theme } from "./site/theme.js";

/** The colours of the example, and the styles with which the site uses them. */
const styles = ["examples/team-admin/src/styles/tokens.css", "scripts/site/site.css"];
const out = process.argv[2] ?? "docs/site";
const customCss = ".tmp/site.css";
mkdirSync(".tmp", { recursive: true });
writeFileSync(customCss, styles.map((path) => readFileSync(path, "utf8")).join("\n"));
const app = await Application.bootstrapWithPlugins(
  {
    plugin: [names, theme, search],
    router: "site",
    theme: "site",
    readme: frontPage,
    projectDocuments: allPages(),
    customCss,
    out,
  },
  [new TypeDocReader()],
);
app.options.setValue("intentionallyNotExported", [
  ...app.options.getValue("intentionallyNotExported"),
  ...new Set(generatedTypes()),
]);
const project = await app.convert();
if (project !== undefined) {
  app.validate(project);
  await app.generateOutputs(project);
  writeLlms(out);
  const methods = methodsMarkdown(project);
  if (readFileSync(methodsPage, "utf8") !== methods) {
    writeFileSync(methodsPage, methods);
    app.logger.error(`${methodsPage} was out of date. It is written anew: run this again, and commit it`);
  }
  for (const problem of brokenLinks(out)) app.logger.error(problem);
}
if (project === undefined || app.logger.hasErrors() || app.logger.hasWarnings()) process.exitCode = 1;

/**
 * Returns the types of the RPCs' requests and responses. The site leaves them out, because editors show these types.
 */
function generatedTypes(): string[] {
  const files = readdirSync("gen", { recursive: true, encoding: "utf8" });
  return files
    .filter((file) => file.endsWith("_methods.ts"))
    .flatMap((file) => readFileSync(join("gen", file), "utf8").match(/\w+(Request|Response)Json\b/g) ?? []);
}
