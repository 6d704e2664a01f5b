// Ends without warning at the moment when the new tokens are written and not yet in place.
import fs from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";

fs.rename = () => process.kill(process.pid, "SIGKILL") && new Promise(() => {});
syncBuiltinESMExports();

const { fileStore } = await import("../../src/node/file-store.js");
await fileStore(process.argv[2] ?? "").save({ accessToken: "half", refreshToken: "written" });
