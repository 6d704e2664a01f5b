import type { Transport } from "@connectrpc/connect";
import { createConnectTransport, createGrpcTransport } from "@connectrpc/connect-node";
import { VydonClient } from "../src/index.js";
import { nodeTransport } from "../src/node/index.js";
import { type Cost, compare } from "./harness.js";
import type { Bench, Table } from "./support/bench.js";
import { bareVydon, webTransport } from "./support/clients.js";
import { startServer } from "./support/start-server.js";

const calls = Array.from({ length: 1000 });
const bare = "bare Connect client";
const bounded = "bare, with a deadline and a signal";
const ours = "tenantry";

const obstacle =
  "Most of the difference is the garbage collector's: a call under way holds about 4 kB of ours (promises, a signal, a timer), " +
  "which it moves about while a thousand of them are under way.";

/** A thousand calls at once. */
export const bench: Bench = {
  name: "concurrent",
  title: "1,000 calls at once",
  about:
    "A thousand reads, all under way at the same time, against the mock server's listener in another process; what the " +
    "client's process spends on them. HTTP/1.1 goes by the platform's fetch, HTTP/2 and gRPC by `nodeTransport` (the bare client: connect-node).",
  async run() {
    using server = await startServer("mock");
    const { url: baseUrl, token } = server;
    await using http2 = nodeTransport({ baseUrl });
    await using grpc = nodeTransport({ baseUrl, protocol: "grpc" });

    const measure = async (title: string, theirs: Transport, client: VydonClient): Promise<Table> => {
      const headers = { authorization: `Bearer ${token}` };
      const raw = bareVydon(theirs);
      const timeoutMs = 60_000;
      const read = () => raw.getUser({}, { headers, timeoutMs, signal: new AbortController().signal });
      const costs = await compare(
        [
          { name: bare, run: () => Promise.all(calls.map(() => raw.getUser({}, { headers }))) },
          { name: bounded, run: () => Promise.all(calls.map(read)) },
          { name: ours, run: () => Promise.all(calls.map(() => client.users.current())) },
        ],
        { rounds: 11, blockMs: 1, warmUpMs: 400 },
      );
      const goals = [
        { of: ours, over: bounded, atMost: 1.1, obstacle },
        { of: ours, over: bare, atMost: 1.1, obstacle },
      ];
      return { title, unit: "ms CPU", costs: costs.map(inMilliseconds), goals };
    };

    const auth = token;
    return [
      await measure("HTTP/1.1", webTransport({ baseUrl, fetch }, true), new VydonClient({ baseUrl, auth })),
      await measure(
        "HTTP/2",
        createConnectTransport({ baseUrl, httpVersion: "2" }),
        new VydonClient({ transport: http2, auth }),
      ),
      await measure("gRPC", createGrpcTransport({ baseUrl }), new VydonClient({ transport: grpc, auth })),
    ];
  },
};

function inMilliseconds({ name, samples, median, lower, upper }: Cost): Cost {
  return {
    name,
    samples: samples.map((sample) => sample / 1000),
    median: median / 1000,
    lower: lower / 1000,
    upper: upper / 1000,
  };
}
