/**
 * Writes the public surface of each entry, from its built declarations, to `etc/*.api.md`. So reviewers see each change of
 * the surface. With `--check`, it writes nothing, and fails if the surface differs from the committed one.
 */
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { Extractor, ExtractorConfig, ExtractorLogLevel, type IConfigFile } from "@microsoft/api-extractor";
import { entries } from "./entries.js";

const check = process.argv.includes("--check");
const quiet = { default: { logLevel: ExtractorLogLevel.None } };

mkdirSync("etc", { recursive: true });
for (const { name } of entries) {
  const report = `${name.replaceAll("/", "-")}.api.md`;
  const result = Extractor.invoke(config(name, report), {
    localBuild: !check,
    // Prints only errors, each with the name of its report.
    messageCallback: (message) => {
      message.handled = true;
      if (message.logLevel === "error") console.error(`${report}: ${message.text}`);
    },
  });
  if (result.apiReportChanged) console.log(`${report}: the surface ${check ? "differs" : "has changed"}`);
  if (!result.succeeded) process.exitCode = 1;
}
if (process.exitCode)
  console.error("Look at what changed: `npm run build && npm run api`, then `git diff etc`.");

function config(name: string, reportFileName: string): ExtractorConfig {
  const configObject: IConfigFile = {
    projectFolder: resolve("."),
    mainEntryPointFilePath: resolve("dist", `${name}.d.ts`),
    apiReport: {
      enabled: true,
      reportFileName,
      reportFolder: resolve("etc"),
      reportTempFolder: resolve(".tmp"),
    },
    docModel: { enabled: false },
    dtsRollup: { enabled: false },
    tsdocMetadata: { enabled: false },
    compiler: {
      overrideTsconfig: {
        compilerOptions: {
          target: "ES2022",
          lib: ["ES2023", "DOM", "DOM.Iterable", "ESNext.Disposable"],
          module: "ESNext",
          moduleResolution: "Bundler",
          types: ["node"],
          strict: true,
          skipLibCheck: true,
        },
        files: [join("dist", `${name}.d.ts`)],
      },
    },
    newlineKind: "lf",
    messages: {
      compilerMessageReporting: quiet,
      extractorMessageReporting: quiet,
      tsdocMessageReporting: quiet,
    },
  };
  return ExtractorConfig.prepare({
    configObject,
    configObjectFullPath: undefined,
    packageJsonFullPath: resolve("package.json"),
  });
}
