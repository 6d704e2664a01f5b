/**
 * Runs many processes with one login: `npm run soak:fleet -- [--ci] [--minutes N] [--seed N]`. Eight share a `fileStore`, eight a
 * Redis. Access tokens are valid for two seconds, refresh tokens can be used once, and a second use revokes the family. Processes are
 * killed and stopped at each step of a refresh. Each refresh token must be used once, and no call may fail, except if a killed
 * process has lost the new tokens: then the others throw a `SignInAgainError`. It waits in real time.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import { createClient } from "redis";
import { refreshableToken, type TokenStore } from "../../src/core/tokens/index.js";
import { fileStore } from "../../src/node/file-store.js";
import { redisStore } from "../../src/redis/index.js";
import { Random } from "../../test/support/random.js";
import { startRedis } from "../../test/tokens/support/redis-server.js";
import { Group } from "./group.js";
import { type Issued, Issuer } from "./issuer.js";
import type { WorkerOptions } from "./messages.js";
import { serveIssuer } from "./serve-issuer.js";
import { startAtOnce } from "./start-at-once.js";

const { values } = parseArgs({
  options: {
    ci: { type: "boolean", default: false },
    minutes: { type: "string" },
    seed: { type: "string", default: "1" },
  },
});
const minutes = Number(values.minutes ?? (values.ci ? 1 : 10));
const times = values.ci
  ? { lockMs: 1_000, takeOverMs: 6_000, timeoutMs: 10_000, stallMs: 1_500, restMs: 200 }
  : { lockMs: 10_000, takeOverMs: 30_000, timeoutMs: 30_000, stallMs: 15_000, restMs: 1_000 };
const size = 8;
const atOnce = values.ci ? 20 : 100;

const folder = await mkdtemp(join(tmpdir(), "fleet-"));
const program = join(folder, "worker.cjs");
await build({
  entryPoints: ["bench/fleet/worker.ts"],
  bundle: true,
  platform: "node",
  format: "cjs",
  outfile: program,
});
const redis = await startRedis();
const client = createClient({ url: redis.url });
await client.connect();

const lanes: {
  readonly name: string;
  readonly store: TokenStore;
  readonly options: WorkerOptions["store"];
}[] = [
  {
    name: "fileStore",
    store: fileStore(join(folder, "tokens.json")),
    options: { path: join(folder, "tokens.json") },
  },
  {
    name: "redisStore",
    store: redisStore(client, "fleet"),
    options: { redisUrl: redis.url, key: "fleet" },
  },
];

const problems: string[] = [];
for (const lane of lanes) {
  const issuer = new Issuer(Date.now, { lifeMs: 60_000, reuse: "revoke-family" });
  const server = await serveIssuer(issuer);
  const worker = { url: server.url, store: lane.options, pauseMs: 0, ...times };
  const tokens = { ...issuer.signIn(), expiresAt: Date.now() - 1 };
  await lane.store.save({ v: 1, tokens, revision: "1", sessionId: "1", lifetimeMs: 60_000 }, undefined);
  const { refreshes, failures, ms } = await startAtOnce(atOnce, { program, worker, issuer });
  console.log(`${lane.name}: ${atOnce} processes start at once: ${refreshes} refresh in ${ms.toFixed(0)} ms`);
  if (refreshes !== 1 || failures.length > 0)
    problems.push(`${lane.name} at once: ${refreshes}`, ...failures);
  server.close();
}

const runs = await Promise.all(
  lanes.map(async (lane, index) => {
    const issuer = new Issuer(Date.now, { lifeMs: 2_000, reuse: "revoke-family" });
    const server = await serveIssuer(issuer);
    await signIn(lane.store, issuer.signIn());
    const worker = { url: server.url, store: lane.options, pauseMs: 100, ...times };
    const random = new Random(Number(values.seed) + index);
    const group = new Group({ size, program, worker, issuer, random, ...times });
    return { lane, issuer, server, group };
  }),
);
const began = Date.now();
for (const { group } of runs) group.start();
while (Date.now() - began < minutes * 60_000) {
  await pause(Math.min(60_000, began + minutes * 60_000 - Date.now()));
  const seconds = ((Date.now() - began) / 1_000).toFixed(0);
  for (const { lane, group, issuer } of runs) {
    console.log(`${seconds} s ${lane.name}:`, group.counts, `refreshes ${issuer.report.used}`);
  }
}

for (const { lane, group, issuer, server } of runs) {
  group.stop();
  server.close();
  const { used, reused } = issuer.report;
  const wrong = reused.filter((token) => !group.lost.has(token));
  console.log(
    `\n${lane.name}: ${used} refresh tokens used, ${reused.length} sent again after their response was lost`,
  );
  console.log("incidents", Object.fromEntries([...group.incidents].sort()));
  console.log("calls", group.counts, `longest gap ${group.longestGap}`);
  problems.push(...group.problems.map((problem) => `${lane.name}: ${problem}`));
  if (wrong.length > 0) problems.push(`${lane.name}: ${wrong.length} refresh tokens were used twice`);
  if (group.incidents.size < 4) problems.push(`${lane.name}: too few incidents`);
  if (group.counts.calls < used) problems.push(`${lane.name}: too few calls`);
}
client.destroy();
await redis.close();
await rm(folder, { recursive: true });
for (const problem of problems.slice(0, 20)) console.error(problem);
console.log(problems.length === 0 ? "\nno problems" : `\n${problems.length} problems`);
process.exit(problems.length > 0 ? 1 : 0);

async function signIn(store: TokenStore, tokens: Issued) {
  const source = refreshableToken({
    store,
    refresh: () => Promise.reject(new Error("this source never refreshes")),
  });
  await source.accept(tokens);
}
