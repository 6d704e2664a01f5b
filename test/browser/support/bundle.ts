import { type BuildOptions, build } from "esbuild";

/** Bundles a module and its imports as one script for a page. */
export async function bundle(entry: string, options: BuildOptions = {}): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    write: false,
    logLevel: "error",
    ...options,
  });
  const [output] = outputFiles ?? [];
  if (output === undefined) throw new Error(`there is no bundle of ${entry}`);
  return output.text;
}

/** Returns the HTML of a page that runs a script. */
export function pageWith(script: string): string {
  return `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><title>test</title><script type="module" src="${script}"></script>`;
}
