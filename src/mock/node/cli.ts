#!/usr/bin/env node
import { runCommand } from "./command/command.js";

const controller = new AbortController();
// Not once: a second Ctrl+C must not kill a command that is ending, and that has a record to write.
for (const name of ["SIGINT", "SIGTERM"] as const) process.on(name, () => controller.abort());

// Whoever read the first lines through a pipe, and then closed it, still wants the server.
process.stdout.on("error", () => {});

// Not process.exit, which may cut off what is still to be written.
process.exitCode = await runCommand(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  signal: controller.signal,
});
