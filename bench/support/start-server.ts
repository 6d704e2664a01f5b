import { fork } from "node:child_process";

/** A server that runs in another process. */
export interface RunningServer extends Disposable {
  readonly url: string;
  /** The token of a user. */
  readonly token: string;
}

/** Starts `server.ts`, which is built into the same folder as the benches. */
export async function startServer(kind: "canned" | "mock"): Promise<RunningServer> {
  const child = fork(new URL("./support/server.js", import.meta.url), [kind]);
  const { url, token } = await new Promise<{ url: string; token: string }>((resolve, reject) => {
    child.once("message", resolve);
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`the server ended with ${code}`)));
  });
  return { url, token, [Symbol.dispose]: () => void child.kill() };
}
