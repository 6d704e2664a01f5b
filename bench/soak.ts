/**
 * Simulates an hour of a service in a minute: `npm run soak`. Four clients (JSON over fetch, connect-web, HTTP/2, gRPC) call a
 * listener over real sockets, while calls fail, responses are lost or cut, tokens expire and callers cancel. All waits are on the
 * mock's clock, so they take no real time. At the end the heap must be as large as after the first ten minutes, and no socket,
 * timer or handle may be left.
 */
import { setTimeout as pause } from "node:timers/promises";
import { ApiError, refreshableToken, VydonClient } from "../src/index.js";
import { createMockServer } from "../src/mock/index.js";
import { listen } from "../src/mock/node/index.js";
import { nodeTransport } from "../src/node/index.js";
import { UserAccountService } from "../src/proto/vydon.js";
import { webTransport } from "../src/web/index.js";
import { Random } from "../test/support/random.js";
import { heapBytes } from "./support/heap.js";

const minutes = 60;
const settledAfter = 10;
const callsAMinute = 240;
const atOnce = 20;
const mostGrowthMb = 4;

const random = new Random(1);
const handlesBefore = handles();

const server = createMockServer();
const listener = await listen(server);
const { clock } = server;
server.seed({ vydon: { accounts: [{ name: "acme", members: [{ email: "ada@example.com" }] }] } });
const { id: accountId } = server.vydon.account("acme");

let refreshes = 0;
const auth = refreshableToken({
  clock,
  refresh() {
    refreshes++;
    const { token } = server.vydon.signIn({ email: "ada@example.com", expiresIn: "5m" });
    return { accessToken: token, expiresAt: clock.now() + 300_000 };
  },
});
const seen = { requests: 0, retries: 0, errors: 0 };
const hooks = {
  onRequest: () => void seen.requests++,
  onRetry: () => void seen.retries++,
  onError: () => void seen.errors++,
};
const shared = { auth, clock, hooks, retry: { random: () => random.number() } };
const web = webTransport({ baseUrl: listener.url, services: [UserAccountService] });
const http2 = nodeTransport({ baseUrl: listener.url });
const grpc = nodeTransport({ baseUrl: listener.url, protocol: "grpc" });
const clients = [
  new VydonClient({ baseUrl: listener.url, ...shared }),
  new VydonClient({ transport: web, ...shared }),
  new VydonClient({ transport: http2, ...shared }),
  new VydonClient({ transport: grpc, ...shared }),
];

for (const fault of [
  { code: "unavailable", probability: 0.05 },
  { code: "resource_exhausted", retryAfter: "2s", probability: 0.02 },
  { code: "unauthenticated", probability: 0.01 },
  { code: "internal", probability: 0.01 },
  { wire: "reset", probability: 0.01 },
  { wire: "lost_response", probability: 0.01 },
  { wire: "cut_body", probability: 0.01 },
  { wire: "html_502", probability: 0.02 },
  { latencyMs: 500, probability: 0.05 },
] as const)
  server.faults.inject(fault);

const outcomes = { succeeded: 0, failed: 0, canceled: 0 };
const heaps: number[] = [];
const began = performance.now();
console.log("minute     calls   retries  refreshes   heap MB  handles");
for (let minute = 1; minute <= minutes; minute++) {
  const end = clock.now() + 60_000;
  for (let done = 0; done < callsAMinute; done += atOnce)
    await Promise.all(Array.from({ length: atOnce }, call));
  server.calls.clear();
  // Waits have moved the clock. This skips the rest of the minute.
  if (clock.now() < end) clock.set(end);
  if (minute % 5 !== 0) continue;
  const heapMb = await settledHeapMb();
  if (minute >= settledAfter) heaps.push(heapMb);
  const { succeeded, failed, canceled } = outcomes;
  const figures = [
    minute,
    succeeded + failed + canceled,
    seen.retries,
    refreshes,
    heapMb.toFixed(2),
    handles(),
  ];
  console.log(figures.map((figure) => String(figure).padStart(9)).join(" "));
}

await http2.close();
await grpc.close();
await listener.close();
const growthMb = (heaps.at(-1) ?? 0) - (heaps[0] ?? 0);
const leftOver = await leftOverHandles();
const seconds = ((performance.now() - began) / 1000).toFixed(0);
console.log(`${minutes} minutes in ${seconds} s:`, outcomes, seen);
console.log(
  `heap ${growthMb < 0 ? "" : "+"}${growthMb.toFixed(2)} MB since minute ${settledAfter}, ${leftOver} handles left`,
);
const problems = [
  growthMb > mostGrowthMb && `the heap grew by more than ${mostGrowthMb} MB`,
  leftOver > 0 && "handles are left",
  outcomes.failed + outcomes.canceled > outcomes.succeeded / 4 && "too many calls failed",
  seen.retries < 500 && "too few calls were repeated: the faults have no effect",
].filter(Boolean);
for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;

/** One random call by a random client. If it fails, the error must be typed. */
async function call(): Promise<void> {
  const client = random.pick(clients);
  const dice = random.number();
  const isCanceled = dice > 0.95;
  const controller = new AbortController();
  try {
    if (!client) throw new Error("no client");
    const options = { signal: controller.signal };
    if (isCanceled) setImmediate(() => controller.abort());
    if (dice < 0.4) await client.users.current(options);
    else if (dice < 0.6) await client.members.list(accountId, { ...options, prefetch: true }).toArray();
    else if (dice < 0.8) for await (const _ of client.invites.list(accountId, options)) break;
    else if (dice < 0.9) await client.billing.validity(accountId, {}, options);
    else {
      const email = `user-${Math.floor(random.number() * 50)}@example.com`;
      const invite = await client.invites.create(accountId, { email }, options);
      await client.invites.remove(invite.id, options);
    }
    outcomes.succeeded++;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (isCanceled) outcomes.canceled++;
    else outcomes.failed++;
  }
}

/** How many handles keep the process alive, without those of its output. */
function handles(): number {
  return process.getActiveResourcesInfo().filter((name) => !/^(TTYWrap|PipeWrap|FSReq|Immediate)/.test(name))
    .length;
}

/** How many more handles there are than at the start. Waits until closed handles have ended. */
async function leftOverHandles(): Promise<number> {
  for (let turn = 0; turn < 50 && handles() > handlesBefore; turn++) await pause(100);
  return Math.max(0, handles() - handlesBefore);
}

/** Waits until closed sockets have ended, which takes real time. */
async function settledHeapMb(): Promise<number> {
  await pause(50);
  return (await heapBytes()) / 2 ** 20;
}
