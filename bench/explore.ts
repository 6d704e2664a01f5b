import { VydonClient } from "../src/index.js";
import { createMockServer, explore, type MockServer } from "../src/mock/index.js";
import { compare, inMilliseconds } from "./harness.js";
import type { Bench } from "./support/bench.js";
import { members } from "./support/members.js";

const name = "a test of ten calls";

/** The cost of running a test with every fault. */
export const bench: Bench = {
  name: "explore",
  title: "Exploring every fault",
  about:
    "What `explore` costs for a test of ten calls. It runs the test once for each call and each fault that can hit it.",
  async run() {
    const server = createMockServer();
    server.seed({ vydon: { accounts: [{ name: "acme", members: members(20) }] } });
    const run = () => explore(server, tenCalls);
    const costs = await compare([{ name, run }], { rounds: 7, blockMs: 1, warmUpMs: 1 });
    return [
      {
        title: "all runs together",
        unit: "ms CPU",
        costs: costs.map(inMilliseconds),
        goals: [{ of: name, atMost: 2_000 }],
      },
    ];
  },
};

/** An app that reads a team four times, and invites a person. */
async function tenCalls(world: MockServer): Promise<void> {
  const client = new VydonClient(world.vydon.signIn({ email: "user-0@example.com" }).connect());
  const { id } = world.vydon.account("acme");
  try {
    await client.users.current();
    for (let round = 0; round < 4; round++) {
      await client.accounts.list();
      await client.members.list(id);
    }
    await client.invites.create(id, { email: "ada@example.com", role: "admin" });
  } catch {
    // The app shows the error.
  }
}
