import { fork } from "node:child_process";
import { resolve } from "node:path";
import { build } from "esbuild";
import type { Bench, Table } from "./bench.js";
import { asPackage } from "./build-options.js";

/** A bench's tables. */
export interface Result extends Omit<Bench, "run"> {
  readonly tables: readonly Table[];
}

const folder = "node_modules/.cache/bench";

/** Builds the benches together with our sources, as the package is built. A runner such as tsx would add code to each closure. */
export async function buildBenches(names: readonly string[]): Promise<void> {
  await build({
    entryPoints: [...names, "support/server", "support/metered-server", "support/child"].map(
      (name) => `bench/${name}.ts`,
    ),
    outdir: folder,
    outbase: "bench",
    splitting: true,
    ...asPackage,
  });
}

/** Runs a bench in a fresh process. */
export function runBuilt(name: string): Promise<Result> {
  const child = fork(resolve(folder, "support/child.js"), [name], { execArgv: ["--expose-gc"] });
  return new Promise((done, reject) => {
    child.once("message", (result: Result) => done(result));
    child.once("exit", (code) => reject(new Error(`bench ${name} ended with ${code}`)));
  });
}
