import { createMockServer, type MockServer } from "../src/mock/index.js";
import { listen } from "../src/mock/node/index.js";
import { compare, toCost } from "./harness.js";
import type { Bench, Table } from "./support/bench.js";
import { heapBytes } from "./support/heap.js";
import { httpClient } from "./support/http-client.js";
import { members } from "./support/members.js";

/** The cost of a world of a mock server. */
export const bench: Bench = {
  name: "worlds",
  title: "Worlds",
  about:
    "What a world costs a test: to make one and end it, and to keep one without a call. Over HTTP, the process is client and " +
    "server at once, so the cost of both is counted.",
  async run() {
    return [await inProcess(), await overHttp(), await kept()];
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
  using http = httpClient(token);
  const create = () => http.send("POST", `${listener.url}/worlds`, '{"name":"checkout-7"}');
  const end = () => http.send("DELETE", `${listener.url}/worlds/checkout-7`);
  const call = (prefix: string) =>
    http.send("POST", `${listener.url}${prefix}/mgmt.v1alpha1.UserAccountService/GetUser`, "{}");

  const [made, called, plain] = ["POST and DELETE /worlds", "the same, and a call between them", "a call"];
  const costs = await compare([
    {
      name: made,
      async run() {
        await create();
        await end();
      },
    },
    {
      name: called,
      async run() {
        await create();
        await call("/w/checkout-7");
        await end();
      },
    },
    { name: plain, run: () => call("") },
  ]);
  return {
    title: "a world over HTTP",
    unit: "µs CPU",
    costs,
    goals: [made, called].map((of) => ({ of, atMost: 2_000 })),
  };
}

/** The memory of worlds without any write. */
async function kept(): Promise<Table> {
  const server = seeded();
  const make = (count: number) => {
    for (let index = 0; index < count; index++) server.worlds.create();
  };
  make(100);
  const samples: number[] = [];
  for (let round = 0; round < 3; round++) {
    const before = await heapBytes();
    make(1_000);
    samples.push(((await heapBytes()) - before) / 1_000 / 1_000);
  }
  const name = "a world without a call";
  return {
    title: "the heap of a world",
    unit: "kB",
    costs: [toCost(name, samples)],
    goals: [{ of: name, atMost: 20 }],
  };
}
