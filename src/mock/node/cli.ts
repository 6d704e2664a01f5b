#!/usr/bin/env node
import { runCommand } from "./command/command.js";

const controller = new AbortController();
// `on`, not `once`: a second Ctrl+C must not kill a command that is still writing its record.
for (const name of ["SIGINT", "SIGTERM"] as const) process.on(name, () => controller.abort());

// The server keeps running if the reader of its output closes the pipe.
process.stdout.on("error", () => {});

// `process.exit` could lose output.
process.exitCode = await runCommand(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  signal: controller.signal,
});
