import type { Transport } from "@connectrpc/connect";
import { createConnectTransport, createGrpcTransport } from "@connectrpc/connect-node";
import { VydonClient } from "../src/index.js";
import { nodeTransport } from "../src/node/index.js";
import { type Contender, compare, inMilliseconds } from "./harness.js";
import type { Bench, Goal, Table } from "./support/bench.js";
import {
  bare,
  bareAhead,
  bareVydon,
  boundedBare,
  boundedFloor,
  bounds,
  floor,
  ours,
  webTransport,
} from "./support/clients.js";
import { boundedFetch, plainFetch } from "./support/plain-fetch.js";
import { startServer } from "./support/start-server.js";

const calls = Array.from({ length: 1000 });

const path = "mgmt.v1alpha1.UserAccountService/GetUser";

/** A thousand calls at once. */
export const bench: Bench = {
  name: "concurrent",
  title: "1,000 calls at once",
  about:
    "A thousand small reads under way at the same time, against the mock server's listener in another process. Over HTTP/1.1 " +
    "all clients use Node's fetch and JSON. Over HTTP/2 and gRPC, tenantry uses `nodeTransport` and the bare Connect client uses " +
    "connect-node, both in the binary format.",
  ahead: [
    { name: floor, of: ours, why: "It has no deadline, no retries and no typed errors." },
    { name: boundedFloor, of: ours, why: "It has a deadline, but no retries and no typed errors." },
    ...bareAhead,
  ],
  async run() {
    using server = await startServer("mock");
    const { url: baseUrl, token: auth } = server;
    await using http2 = nodeTransport({ baseUrl });
    await using grpc = nodeTransport({ baseUrl, protocol: "grpc" });
    const address = { baseUrl, fetch };
    const goals = [{ of: ours, over: boundedBare, atMost: 1.15 }];
    return [
      await measure("HTTP/1.1", [
        { name: floor, run: () => plainFetch(address, path, auth) },
        { name: boundedFloor, run: () => boundedFetch(address, path, auth) },
        ...clients(webTransport(address, false), new VydonClient({ baseUrl, auth }), auth),
      ]),
      await measure(
        "HTTP/2",
        clients(
          createConnectTransport({ baseUrl, httpVersion: "2" }),
          new VydonClient({ transport: http2, auth }),
          auth,
        ),
        goals,
      ),
      await measure(
        "gRPC",
        clients(createGrpcTransport({ baseUrl }), new VydonClient({ transport: grpc, auth }), auth),
        goals,
      ),
    ];
  },
};

function clients(theirs: Transport, client: VydonClient, auth: string): Contender[] {
  const raw = bareVydon(theirs);
  const headers = { authorization: `Bearer ${auth}` };
  return [
    {
      name: boundedBare,
      run: () => raw.getUser({}, { headers, ...bounds() }),
    },
    { name: bare, run: () => raw.getUser({}, { headers }) },
    { name: ours, run: () => client.users.current() },
  ];
}

async function measure(title: string, contenders: readonly Contender[], goals: Goal[] = []): Promise<Table> {
  const costs = await compare(
    contenders.map(({ name, run }) => ({ name, run: () => Promise.all(calls.map(run)) })),
    { rounds: 40, blockMs: 1, warmUpMs: 200 },
  );
  return { title, unit: "ms CPU", costs: costs.map(inMilliseconds), goals };
}
