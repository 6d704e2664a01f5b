// protobuf-es, Connect and MSW have declarations that only TypeScript 5.7 and later can read. An older version needs
// `skipLibCheck` because of them. This compiles without it, and ignores errors in other packages' declarations.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";

const { stdout } = spawnSync(process.execPath, process.argv.slice(2), { encoding: "utf8" });
const errors = stdout.split("\n").filter((line) => /error TS\d+/.test(line));
const theirs = (line) => /^node_modules\/(?!tenantry\/).*\.d\.[cm]?ts\(/.test(line);
assert.deepEqual(
  errors.filter((line) => !theirs(line)),
  [],
);
