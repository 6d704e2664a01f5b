import { runCommand } from "../../src/mock/node/command/command.js";

/** A running command. */
export interface RunningCommand extends AsyncDisposable {
  readonly url: string;
  readonly out: () => string;
  readonly err: () => string;
  /** Ends the command as Ctrl+C does. Returns its exit code. */
  stop(): Promise<number>;
}

/** Starts `tenantry mock` on any free port, and waits until it listens. */
export async function startCommand(...argv: string[]): Promise<RunningCommand> {
  let [out, err] = ["", ""];
  let greet: () => void = () => {};
  const greeted = new Promise<void>((resolve) => {
    greet = resolve;
  });
  const controller = new AbortController();
  const exit = runCommand(["mock", "--port", "0", ...argv], {
    out: (text) => {
      out += text;
      greet();
    },
    err: (text) => {
      err += text;
    },
    signal: controller.signal,
  });
  await Promise.race([greeted, exit]);
  const [url] = /http:\S+/.exec(out) ?? [];
  if (url === undefined) throw new Error(err);
  const stop = () => {
    controller.abort();
    return exit;
  };
  return {
    url,
    out: () => out,
    err: () => err,
    stop,
    [Symbol.asyncDispose]: async () => void (await stop()),
  };
}

/** Runs a command to its end. */
export async function run(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ["", ""];
  const code = await runCommand(argv, {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    signal: AbortSignal.abort(),
  });
  return { code, out, err };
}
