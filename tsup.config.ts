import { defineConfig } from "tsup";
import { coreEntry, coreInOneFile } from "./scripts/core-in-one-file.js";
import { entries } from "./scripts/entries.js";

const entry = Object.fromEntries(entries.map(({ name, source }) => [name, source]));
const plugin = coreInOneFile();

/** Builds the modules and their declarations. `scripts/finish-build.ts` gives the declarations readable names, and makes the CommonJS build. */
export default defineConfig({
  format: "esm",
  entry: { ...entry, core: coreEntry, cli: "src/mock/node/cli.ts" },
  // Users cannot make a resource: its constructor is not theirs to see.
  dts: { entry, compilerOptions: { stripInternal: true } },
  esbuildPlugins: [plugin],
  // Shared chunks, so that a class is one and the same in every entry.
  splitting: true,
  target: "es2022",
  platform: "neutral",
  external: [/^node:/],
  removeNodeProtocol: false,
  clean: true,
  silent: true,
});
