import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import type { Readable } from "node:stream";

/** Whether this machine has a `redis-server`. On CI it must have one. */
export const hasRedis =
  process.env["CI"] !== undefined || spawnSync("redis-server", ["--version"]).status === 0;

/** A Redis of its own on a free port, without a trace on the disk. */
export async function startRedis(): Promise<{ url: string; port: number; close(): Promise<void> }> {
  // Another program may take the port before Redis does.
  for (let tries = 0; tries < 5; tries++) {
    const port = await freePort();
    const args = ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"];
    const child = spawn("redis-server", args, { stdio: ["ignore", "pipe", "inherit"] });
    const closed = once(child, "close");
    if (!(await Promise.race([isReady(child.stdout), closed.then(() => false)]))) continue;
    return {
      url: `redis://127.0.0.1:${port}`,
      port,
      async close() {
        child.kill();
        await closed;
      },
    };
  }
  throw new Error("redis-server ends at once, on each of five ports");
}

function isReady(output: Readable): Promise<true> {
  return new Promise((resolve) => {
    let text = "";
    output.on("data", (chunk) => {
      text += chunk;
      if (text.includes("Ready to accept connections")) resolve(true);
    });
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  if (typeof address !== "object" || address === null) throw new Error("no port");
  return address.port;
}
