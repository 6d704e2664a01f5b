// Ends without warning in the middle of a save: before the first or the second rename of a file that is there.
import fs from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";

const [path = "", when] = process.argv.slice(2);
let renames = when === "second" ? 2 : 1;
const { rename } = fs;
fs.rename = async (from, to) => {
  // A read tries to put a file into place. Before the save there is none, and this throws.
  await fs.stat(from);
  if (--renames === 0) {
    process.kill(process.pid, "SIGKILL");
    await new Promise(() => {});
  }
  return rename(from, to);
};
syncBuiltinESMExports();

const { fileStore } = await import("../../src/node/file-store.js");
const store = fileStore(path);
const tokens = { accessToken: "half", refreshToken: "written" };
const before = await store.load();
await store.save({ v: 1, tokens, revision: "1", sessionId: "ada" }, before?.revision);
