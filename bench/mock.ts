import { type Client, createClient, createRouterTransport, type Transport } from "@connectrpc/connect";
import { UserAccountService } from "../gen/mgmt/v1alpha1/user_account_pb.js";
import { refreshableToken, VydonClient } from "../src/index.js";
import { createMockServer } from "../src/mock/index.js";
import { type Contender, type Cost, compare, toCost } from "./harness.js";
import type { Bench, Table } from "./support/bench.js";
import { heapBytes } from "./support/heap.js";
import { members } from "./support/members.js";
import { type MeteredServer, startMeteredServer } from "./support/metered.js";
import { fixedRoutes, withTeam } from "./support/team.js";

const bare = "bare router or handler";
const ours = "the mock, validation off";
const strict = "the mock, validation on (the default)";
const atMost = 1.25;

/** The mock server: created, forked and called. */
export const bench: Bench = {
  name: "mock",
  title: "The mock server",
  about:
    "What a mock server costs a test: to create, fork or reset one, and to call it. It is compared with a bare router, or a " +
    "bare connect-node handler, which returns the same messages and has no state. For a listener, its process alone is measured.",
  ahead: [
    { name: bare, of: ours, why: "It checks no token, and has no state." },
    { name: bare, of: strict, why: "It checks no token and no request, and has no state." },
  ],
  async run() {
    return [
      await making(),
      await calling("GetUser in process", (client, headers) => client.getUser({}, { headers })),
      await calling("20 members in process", (client, headers, accountId) =>
        client.getTeamAccountMembers({ accountId }, { headers }),
      ),
      ...(await listening()),
      await expiring(),
      await leaking(),
    ];
  },
};

async function making(): Promise<Table> {
  const empty = createMockServer();
  const full = createMockServer();
  full.seed({ vydon: { accounts: [{ name: "acme", members: members(10_000) }] } });
  const { server: used } = withTeam({});
  const [made, forked, forkedFull, reset] = [
    "createMockServer()",
    "fork() of an empty server",
    "fork() of 10,000 members",
    "a sign-in, and reset() to 20 members",
  ];
  const costs = await compare([
    { name: made, run: () => createMockServer() },
    { name: forked, run: () => empty.fork() },
    { name: forkedFull, run: () => full.fork() },
    {
      name: reset,
      run() {
        used.vydon.signIn({ email: "ada@example.com" });
        used.reset();
      },
    },
  ]);
  return {
    title: "a new server",
    unit: "µs CPU",
    costs,
    goals: [
      { of: made, atMost: 1_000 },
      { of: reset, atMost: 1_000 },
      { of: forkedFull, over: forked, atMost: 2 },
    ],
  };
}

type Call = (
  client: Client<typeof UserAccountService>,
  headers: HeadersInit,
  accountId: string,
) => Promise<unknown>;

async function calling(title: string, call: Call): Promise<Table> {
  const team = withTeam({ validate: false });
  const { server, token, accountId } = team;
  const headers = { authorization: `Bearer ${token}` };
  const checked = withTeam({});
  const contender = (name: string, transport: Transport): Contender => {
    const client = createClient(UserAccountService, transport);
    return { name, run: () => call(client, headers, accountId) };
  };
  const costs = await compare([
    contender(bare, createRouterTransport(await fixedRoutes(team))),
    contender(ours, server.transport()),
    contender(strict, checked.server.transport()),
  ]);
  return { title, unit: "µs CPU", costs, goals: [{ of: ours, over: bare, atMost }] };
}

async function listening(): Promise<Table[]> {
  using server = await startMeteredServer();
  const tables: Table[] = [];
  for (const method of ["GetUser", "GetTeamAccountMembers"] as const) {
    const costs = await meter(server, method);
    const title = `${method === "GetUser" ? method : "20 members"} through a listener`;
    tables.push({ title, unit: "µs CPU", costs, goals: [{ of: ours, over: bare, atMost }] });
  }
  return tables;
}

/** Calls both servers in turn. Returns the CPU time that their process used for a call. */
async function meter(server: MeteredServer, method: "GetUser" | "GetTeamAccountMembers"): Promise<Cost[]> {
  const [rounds, block] = [41, 200];
  const names = [bare, ours] as const;
  const samples: Record<(typeof names)[number], number[]> = { [bare]: [], [ours]: [] };
  for (let round = -10; round < rounds; round++) {
    for (const name of round % 2 === 0 ? names : [...names].reverse()) {
      const before = await server.cpu();
      for (let call = 0; call < block; call++) await server.call(name === bare ? "bare" : "mock", method);
      const spent = (await server.cpu()) - before;
      if (round >= 0) samples[name].push(spent / block);
    }
  }
  return names.map((name) => toCost(name, samples[name]));
}

/** A call after an hour: its token has expired, and is refreshed on the server's clock. */
async function expiring(): Promise<Table> {
  const server = createMockServer();
  const signIn = () => {
    const { token } = server.vydon.signIn({ email: "ada@example.com", expiresIn: "15m" });
    return { accessToken: token, expiresAt: server.clock.now() + 900_000 };
  };
  const auth = refreshableToken({ initial: signIn(), clock: server.clock, refresh: signIn });
  const client = new VydonClient({
    baseUrl: "https://vydon.mock",
    fetch: server.fetch,
    auth,
    clock: server.clock,
  });
  const name = "one hour, one refresh, one call";
  const hour = () => {
    server.clock.advance("1h");
    return client.users.current();
  };
  const costs = await compare([{ name, run: hour }]);
  return { title: "a token that expires", unit: "µs CPU", costs, goals: [{ of: name, atMost: 1_000 }] };
}

/** The memory that ten thousand forks leave behind, after each has written something. */
async function leaking(): Promise<Table> {
  const server = createMockServer();
  server.seed({ vydon: { accounts: [{ name: "acme", members: members(1_000) }] } });
  const fork = () => server.fork().vydon.signIn({ email: "user-7@example.com" });
  for (let index = 0; index < 100; index++) fork();
  const samples: number[] = [];
  for (let round = 0; round < 3; round++) {
    const before = await heapBytes();
    for (let index = 0; index < 10_000; index++) fork();
    samples.push(((await heapBytes()) - before) / 2 ** 20);
  }
  const name = "heap after 10,000 forks";
  return {
    title: "forks that are no longer used",
    unit: "MB",
    costs: [toCost(name, samples)],
    goals: [{ of: name, atMost: 1 }],
  };
}
