// Installs the packed tarball into an empty project with strict engine checks, with the Node that runs this:
// `node run.mjs npm|pnpm|yarn`. Fails on an error, and on a warning about the package or its dependencies.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";

assert.match(process.version, /^v20\./);
const [manager = ""] = process.argv.slice(2);
const { tenantry } = JSON.parse(readFileSync("package.json", "utf8")).dependencies;

const folder = resolve("app", manager);
mkdirSync(folder, { recursive: true });
const manifest = { name: "app", version: "1.0.0", private: true, license: "MIT", dependencies: { tenantry } };
writeFileSync(`${folder}/package.json`, JSON.stringify(manifest));
// pnpm would look for a workspace in the folders above.
writeFileSync(`${folder}/pnpm-workspace.yaml`, "engineStrict: true\n");

const commands = {
  npm: ["npm/bin/npm-cli.js", "install", "--engine-strict", "--no-audit", "--no-fund"],
  pnpm: ["pnpm/bin/pnpm.cjs", "install", "--config.engine-strict=true", "--strict-peer-dependencies"],
  yarn: ["yarn/bin/yarn.js", "install", "--non-interactive", `--cache-folder=${folder}/.yarn-cache`],
};
const [script, ...args] = commands[manager];
const { status, stdout, stderr } = spawnSync(process.execPath, [resolve("node_modules", script), ...args], {
  cwd: folder,
  encoding: "utf8",
  // The package managers run `node` from the PATH, and must find this one.
  env: { ...process.env, PATH: `${dirname(process.execPath)}:${process.env.PATH}` },
});
const output = `${stdout}\n${stderr}`;
assert.equal(status, 0, output);
assert.doesNotMatch(output, /\bwarn(ing)?\b.*(tenantry|bufbuild|connectrpc|engine|peer|deprecated)/i, output);

const program = 'import("tenantry").then(({ VydonClient }) => console.log(typeof VydonClient))';
const tried = spawnSync(process.execPath, ["-e", program], { cwd: folder, encoding: "utf8" });
assert.equal(tried.stdout.trim(), "function", tried.stderr);
