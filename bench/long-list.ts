import { compare } from "./harness.js";
import type { Bench, Goal } from "./support/bench.js";
import { cannedFetch } from "./support/canned.js";
import {
  bareBinary,
  bareJson,
  type Door,
  onaContenders,
  oursBinary,
  oursJson,
  peer,
  vydonContenders,
} from "./support/clients.js";
import { startServer } from "./support/start-server.js";

const goals: Goal[] = [
  { of: oursBinary, over: bareBinary, atMost: 1.15 },
  { of: oursJson, over: bareJson, atMost: 1.15 },
];
const obstacle =
  "What is left is protobuf, which is decoded in JavaScript, while the peer's JSON is parsed by the engine and handed on as it " +
  "is: a bare Connect client stands above the peer too. Of our own there is next to nothing in it.";
const peerGoals: Goal[] = [...goals, { of: oursBinary, over: peer, atMost: 0.8, obstacle }];

/** `GetTeamAccountMembers` of Vydon and `ListLoginProviders` of Ona. */
export const bench: Bench = {
  name: "long-list",
  title: "A list of 1,000 in one page",
  about:
    "The members of a team (Vydon, five fields each) and the ways to log in (Ona, two fields each, a list that the vendor's " +
    "SDK can read too). Ours are mapped to plain objects on the way; the bare client gives messages.",
  async run() {
    using server = await startServer("canned");
    const memory = { baseUrl: "http://127.0.0.1:1", fetch: cannedFetch };
    const http = { baseUrl: server.url, fetch };
    const measured = { rounds: 31, blockMs: 12 };
    const unit = "µs CPU";
    return [
      { title: "members, over a canned fetch", unit, costs: await compare(members(memory), measured), goals },
      { title: "members, over HTTP/1.1", unit, costs: await compare(members(http), measured), goals },
      {
        title: "login providers, over a canned fetch",
        unit,
        costs: await compare(providers(memory), measured),
        goals: peerGoals,
      },
      {
        title: "login providers, over HTTP/1.1",
        unit,
        costs: await compare(providers(http), measured),
        goals: peerGoals,
      },
    ];
  },
};

function members(door: Door) {
  return vydonContenders(door, "GetTeamAccountMembers", {
    bare: (client, options) => client.getTeamAccountMembers({ accountId: "a" }, options),
    ours: (client) => client.members.list("a"),
  });
}

function providers(door: Door) {
  return onaContenders(door, "ListLoginProviders", {
    bare: (client, options) => client.listLoginProviders({}, options),
    ours: (client) => client.accounts.listLoginProviders(),
    peer: (client) => client.accounts.listLoginProviders({}),
  });
}
