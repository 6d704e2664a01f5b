// Ends without warning in the middle of a save: when it calls the function of the file system that it is told.
import fs from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";

const [path = "", name] = process.argv.slice(2);
const crash = () => process.kill(process.pid, "SIGKILL") && new Promise<never>(() => {});
if (name === "link") fs.link = crash;
else {
  // Of the reads before the save, none has anything to put into place.
  const { rename } = fs;
  fs.rename = async (from, to) => {
    await fs.stat(from);
    return crash().then(() => rename(from, to));
  };
}
syncBuiltinESMExports();

const { fileStore } = await import("../../src/node/file-store.js");
const store = fileStore(path);
const tokens = { accessToken: "half", refreshToken: "written" };
const before = await store.load();
await store.save({ v: 1, tokens, revision: "1", sessionId: "ada" }, before?.revision);
