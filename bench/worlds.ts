import { Agent, request } from "node:http";
import { createMockServer, type MockServer } from "../src/mock/index.js";
import { listen } from "../src/mock/node/index.js";
import { compare, toCost } from "./harness.js";
import type { Bench, Table } from "./support/bench.js";
import { heapAfterGc } from "./support/heap.js";
import { members } from "./support/members.js";

/** The cost of a world of a mock server. */
export const bench: Bench = {
  name: "worlds",
  title: "Worlds",
  about:
    "What a world costs a test: to make one and end it, and to keep one without a call. Over HTTP, the process is client and " +
    "server at once, so the cost of both is counted.",
  async run() {
    return [await inProcess(), await overHttp(), kept()];
  },
};

function seeded(): MockServer {
  const server = createMockServer();
  server.seed({ vydon: { accounts: [{ name: "acme", members: members(1_000) }] } });
  return server;
}

async function inProcess(): Promise<Table> {
  const server = seeded();
  const name = "worlds.create() and worlds.end()";
  const run = () => {
    server.worlds.create("checkout-7");
    server.worlds.end("checkout-7");
  };
  const costs = await compare([{ name, run }]);
  return { title: "a world in process", unit: "µs CPU", costs, goals: [{ of: name, atMost: 100 }] };
}

async function overHttp(): Promise<Table> {
  const server = seeded();
  const { token } = server.vydon.signIn({ email: "user-7@example.com" });
  server.seed({});
  await using listener = await listen(server, { admin: true });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
  const send = (method: string, path: string, body = "") =>
    new Promise<void>((resolve, reject) => {
      const sent = request(listener.url + path, { method, agent, headers }, (response) => {
        if ((response.statusCode ?? 500) >= 300) reject(new Error(`${path}: ${response.statusCode}`));
        response.resume().on("end", resolve);
      });
      sent.on("error", reject).end(body);
    });
  const call = (prefix: string) => send("POST", `${prefix}/mgmt.v1alpha1.UserAccountService/GetUser`, "{}");

  const [made, called, plain] = ["POST and DELETE /worlds", "the same, and a call between them", "a call"];
  const costs = await compare([
    {
      name: made,
      async run() {
        await send("POST", "/worlds", '{"name":"checkout-7"}');
        await send("DELETE", "/worlds/checkout-7");
      },
    },
    {
      name: called,
      async run() {
        await send("POST", "/worlds", '{"name":"checkout-7"}');
        await call("/w/checkout-7");
        await send("DELETE", "/worlds/checkout-7");
      },
    },
    { name: plain, run: () => call("") },
  ]);
  agent.destroy();
  return {
    title: "a world over HTTP",
    unit: "µs CPU",
    costs,
    goals: [made, called].map((of) => ({ of, atMost: 2_000 })),
  };
}

/** The memory of worlds without any write. */
function kept(): Table {
  const server = seeded();
  const make = (count: number) => {
    for (let index = 0; index < count; index++) server.worlds.create();
  };
  make(100);
  const samples = Array.from({ length: 3 }, () => {
    const before = heapAfterGc();
    make(1_000);
    return (heapAfterGc() - before) / 1_000 / 1_000;
  });
  const name = "a world without a call";
  return {
    title: "the heap of a world",
    unit: "kB",
    costs: [toCost(name, samples)],
    goals: [{ of: name, atMost: 20 }],
  };
}
