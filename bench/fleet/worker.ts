/** One process of the fleet: it calls the API again and again with a token that it shares with the others. */
import { createClient } from "redis";
import { type RefreshRequest, refreshableToken } from "../../src/core/tokens/index.js";
import { fileStore } from "../../src/node/file-store.js";
import { redisStore } from "../../src/redis/index.js";
import { withSteps } from "../../src/testing/index.js";
import { VydonClient } from "../../src/vydon/client.js";
import type { Order, Report, WorkerOptions } from "./messages.js";

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});

async function main(): Promise<void> {
  const options: WorkerOptions = JSON.parse(process.argv[2] ?? "{}");
  const { url, takeOverMs, timeoutMs } = options;
  let go = () => {};
  let refreshToken: string | undefined;

  async function refresh(request: RefreshRequest) {
    refreshToken = request.refreshToken;
    const body = new URLSearchParams({ refresh_token: refreshToken ?? "" });
    const response = await fetch(`${url}/token`, { method: "POST", body, signal: request.signal });
    if (response.ok) return response.json();
    throw Object.assign(new Error(`the issuer returned ${response.status}`), await response.json());
  }

  const stepped = withSteps({ store: await openStore(options), refresh }, (step) => {
    if (options.pauseMs === "once") return Promise.resolve();
    report({ type: "step", step, refreshToken });
    return new Promise((resolve) => {
      go = resolve;
    });
  });
  const auth = refreshableToken({ ...stepped, followSignIns: true, takeOverMs, timeoutMs });
  const client = new VydonClient({ baseUrl: url, auth });

  process.on("message", (order: Order) => {
    if (order.type === "go") go();
    else if (order.type === "accept") auth.accept(order.tokens);
    else call(options.pauseMs);
  });
  process.on("disconnect", () => process.exit());
  report({ type: "ready" });

  async function call(pauseMs: number | "once"): Promise<void> {
    const startedAt = Date.now();
    try {
      await client.users.current();
      report({ type: "called" });
    } catch (error) {
      const { name, message } = error instanceof Error ? error : new Error(String(error));
      report({ type: "failed", name, message, startedAt });
    }
    if (pauseMs === "once") process.disconnect();
    else setTimeout(() => call(pauseMs), pauseMs);
  }
}

async function openStore({ store, lockMs }: WorkerOptions) {
  if ("path" in store) return fileStore(store.path, { lockMs });
  const client = createClient({ url: store.redisUrl });
  client.on("error", () => {});
  await client.connect();
  return redisStore(client, store.key, { lockMs });
}

function report(what: Report): void {
  process.send?.(what);
}
