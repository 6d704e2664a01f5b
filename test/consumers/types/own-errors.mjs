// protobuf-es, Connect and MSW declare what only TypeScript 5.7 and later can read. So under an older one, which needs
// `skipLibCheck` on their account, this compiles without it and lets errors in other packages' declarations pass.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";

const { stdout } = spawnSync(process.execPath, process.argv.slice(2), { encoding: "utf8" });
const errors = stdout.split("\n").filter((line) => /error TS\d+/.test(line));
const theirs = (line) => /^node_modules\/(?!tenantry\/).*\.d\.[cm]?ts\(/.test(line);
assert.deepEqual(
  errors.filter((line) => !theirs(line)),
  [],
);
