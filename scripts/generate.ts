/** Generates `gen/`, from `proto/` and the inspector's page: `npm run generate`. */
import { execFileSync } from "node:child_process";
import { pathToFileURL } from "node:url";
import { generateInspector } from "./inspector-page.js";

/** @param root - the folder in which `gen/` is created. */
export async function generate(root: string): Promise<void> {
  execFileSync("buf", ["generate", "--output", root], { stdio: "inherit" });
  await generateInspector(root);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await generate(".");
