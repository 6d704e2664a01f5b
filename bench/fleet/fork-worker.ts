import { type ChildProcess, fork } from "node:child_process";
import type { WorkerOptions } from "./messages.js";

/** Starts a process of the bundled worker. Without `execArgv`, it would load tsx as its parent does, which it does not need. */
export function forkWorker(program: string, options: WorkerOptions): ChildProcess {
  return fork(program, [JSON.stringify(options)], { stdio: "inherit", execArgv: [] });
}
