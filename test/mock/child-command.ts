import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { onTestFinished } from "vitest";
import { program } from "../support/program.js";

/** `tenantry` in a process of its own. */
export interface ChildCommand {
  readonly child: ChildProcess;
  readonly out: () => string;
  readonly err: () => string;
  /** Its exit code. Null if a signal has killed it. */
  readonly exit: Promise<number | null>;
}

let cli: Promise<string> | undefined;

/** Starts `tenantry` in a process of its own. It is killed when the test ends. */
export async function tenantry(...args: string[]): Promise<ChildCommand> {
  cli ??= program("src/mock/node/cli.ts");
  const child = spawn(process.execPath, [await cli, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  let out = "";
  let err = "";
  child.stdout.on("data", (chunk) => {
    out += chunk;
  });
  child.stderr.on("data", (chunk) => {
    err += chunk;
  });
  const exit = once(child, "close").then(([code]: (number | null)[]) => code ?? null);
  return { child, out: () => out, err: () => err, exit };
}

/** Waits until `tenantry mock` has printed all that it prints at its start. Returns its URL and its first token. */
export async function started({ child, out, err, exit }: ChildCommand) {
  let ended = false;
  void exit.then(() => {
    ended = true;
  });
  while (!out().includes("To control it")) {
    if (ended) throw new Error(`the command ended: ${err()}`);
    await Promise.race([child.stdout && once(child.stdout, "data"), exit]);
  }
  const [url = ""] = /http:\S+/.exec(out()) ?? [];
  const [, token = ""] = /: a token of .*\n(\S+)\n/.exec(out()) ?? [];
  return { url, token };
}
