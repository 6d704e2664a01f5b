import { compare } from "./harness.js";
import type { Bench } from "./support/bench.js";
import { cannedAddress } from "./support/canned.js";
import { boundedFloor, floor, onaContenders, ours, peer } from "./support/clients.js";
import type { Address } from "./support/plain-fetch.js";
import { startServer } from "./support/start-server.js";

/** `GetAccount` of Ona. */
export const bench: Bench = {
  name: "small-read",
  title: "A small read",
  about:
    "One Ona account with two memberships; every client has a token and its default options. A fetch that responds from " +
    "memory shows what the clients themselves cost. Over HTTP/1.1, Node's own fetch is most of the cost.",
  ahead: [
    {
      name: floor,
      of: ours,
      why: "Plain fetch has no deadline, no retries and no typed errors, and it returns dates as strings.",
    },
    {
      name: boundedFloor,
      of: ours,
      why: "It has a deadline, but no retries and no typed errors, and it returns dates as strings.",
    },
  ],
  async run() {
    using server = await startServer("canned");

    return [
      {
        title: "small read, from memory",
        unit: "µs CPU",
        costs: await compare(contenders(cannedAddress)),
        goals: [{ of: ours, over: peer, atMost: 0.45 }],
      },
      {
        title: "small read, over HTTP/1.1",
        unit: "µs CPU",
        costs: await compare(contenders({ baseUrl: server.url, fetch }), { blockMs: 8 }),
        goals: [{ of: ours, over: boundedFloor, atMost: 1.06 }],
      },
    ];
  },
};

function contenders(address: Address) {
  return onaContenders(address, "GetAccount", {
    bare: (client, options) => client.getAccount({}, options),
    ours: (client) => client.accounts.get(),
    peer: (client) => client.accounts.retrieve({}),
  });
}
