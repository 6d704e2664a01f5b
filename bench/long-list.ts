import { compare } from "./harness.js";
import type { Bench } from "./support/bench.js";
import { cannedAddress } from "./support/canned.js";
import {
  bareBinary,
  bareJson,
  boundedFloor,
  floor,
  onaContenders,
  ours,
  peer,
  vydonContenders,
} from "./support/clients.js";
import type { Address } from "./support/plain-fetch.js";
import { startServer } from "./support/start-server.js";

/** `GetTeamAccountMembers` of Vydon and `ListLoginProviders` of Ona. */
export const bench: Bench = {
  name: "long-list",
  title: "A list of 1,000 in one page",
  about:
    "The members of a Vydon team (five fields each), and Ona's login providers (two fields each), a list that the vendor's " +
    "SDK can read too. tenantry checks every field and returns plain objects. The bare Connect client returns protobuf messages.",
  ahead: [
    { name: floor, of: ours, why: "It checks no field, and has no retries, deadline or typed errors." },
    { name: boundedFloor, of: ours, why: "It checks no field, and has no retries or typed errors." },
    { name: peer, of: ours, why: "It returns the parsed JSON as it is, and checks no field." },
    {
      name: bareBinary,
      of: ours,
      why: "The binary format is smaller than JSON, so there is less to receive.",
    },
  ],
  async run() {
    using server = await startServer("canned");
    const http = { baseUrl: server.url, fetch };
    const blocks = { rounds: 150, blockMs: 6 };
    const unit = "µs CPU";
    return [
      {
        title: "members, from memory",
        unit,
        costs: await compare(members(cannedAddress), blocks),
        goals: [
          { of: ours, over: floor, atMost: 1.15 },
          { of: ours, over: bareJson, atMost: 0.6 },
        ],
      },
      { title: "members, over HTTP/1.1", unit, costs: await compare(members(http), blocks) },
      {
        title: "login providers, from memory",
        unit,
        costs: await compare(providers(cannedAddress), blocks),
        goals: [{ of: ours, over: peer, atMost: 0.92 }],
      },
      { title: "login providers, over HTTP/1.1", unit, costs: await compare(providers(http), blocks) },
    ];
  },
};

function members(address: Address) {
  return vydonContenders(address, "GetTeamAccountMembers", {
    bare: (client, options) => client.getTeamAccountMembers({ accountId: "a" }, options),
    ours: (client) => client.members.list("a"),
  });
}

function providers(address: Address) {
  return onaContenders(address, "ListLoginProviders", {
    bare: (client, options) => client.listLoginProviders({}, options),
    ours: (client) => client.accounts.listLoginProviders(),
    peer: (client) => client.accounts.listLoginProviders({}),
  });
}
