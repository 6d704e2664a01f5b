/**
 * Gives the declarations in `dist/` readable names, and creates the CommonJS build of the modules, file by file. So both
 * builds have the same chunks, and each class exists once in each build. (tsup makes its own shared chunks for CommonJS
 * with a second compiler, which rewrites class fields.)
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { transform } from "esbuild";
import { withRealNames } from "./declaration-names.js";

const files = readdirSync("dist", { recursive: true, encoding: "utf8" }).map((name) => join("dist", name));

const declarations = files.filter((file) => file.endsWith(".d.ts"));
const contents = new Map(declarations.map((file) => [file, readFileSync(file, "utf8")]));
for (const [file, content] of withRealNames(contents)) writeFileSync(file, content);

for (const file of files) {
  if (file.endsWith(".d.ts")) {
    writeFileSync(file.replace(/\.ts$/, ".cts"), toCjsPaths(readFileSync(file, "utf8")));
  } else if (file.endsWith(".js") && file !== join("dist", "cli.js")) {
    const module = readFileSync(file, "utf8");
    const { code } = await transform(module, { format: "cjs", platform: "node", target: "es2022" });
    writeFileSync(file.replace(/\.js$/, ".cjs"), toCjsPaths(code));
  }
}

/** Returns the code with `.cjs` in the paths of relative imports, such as `from "./chunk.js"`. */
function toCjsPaths(code: string): string {
  return code.replace(/\b((?:from|import|require) ?\(?)(["'])(\.[^"']*)\.js\2/g, "$1$2$3.cjs$2");
}
