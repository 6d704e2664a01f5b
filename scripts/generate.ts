/** Generates `gen/` from `proto/`: `npm run generate`. */
import { execFileSync } from "node:child_process";
import { pathToFileURL } from "node:url";

/** @param root - the folder that gets `gen/`. */
export function generate(root: string): void {
  execFileSync("buf", ["generate", "--output", root], { stdio: "inherit" });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) generate(".");
