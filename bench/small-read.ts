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
} from "./support/clients.js";
import { startServer } from "./support/start-server.js";

const goals: Goal[] = [
  { of: oursBinary, over: bareBinary, atMost: 1.1 },
  { of: oursJson, over: bareJson, atMost: 1.1 },
  {
    of: oursBinary,
    over: peer,
    atMost: 0.6,
    obstacle:
      "Over HTTP most of it is the platform's own fetch, as the plain fetch shows, which both stand on.",
  },
];

/** `GetAccount` of Ona. */
export const bench: Bench = {
  name: "small-read",
  title: "A small read",
  about:
    "One account with two memberships, of Ona: the clients as they are by default, with a token. A canned fetch shows what " +
    "the clients themselves cost; over HTTP the platform's own fetch comes on top, for everybody.",
  async run() {
    using server = await startServer("canned");
    const memory = { baseUrl: "http://127.0.0.1:1", fetch: cannedFetch };
    return [
      {
        title: "over a canned fetch",
        unit: "µs CPU",
        costs: await compare(contenders(memory), { rounds: 61 }),
        goals,
      },
      {
        title: "over HTTP/1.1",
        unit: "µs CPU",
        costs: await compare(contenders({ baseUrl: server.url, fetch })),
        goals,
      },
    ];
  },
};

function contenders(door: Door) {
  return onaContenders(door, "GetAccount", {
    bare: (client, options) => client.getAccount({}, options),
    ours: (client) => client.accounts.get(),
    peer: (client) => client.accounts.retrieve({}),
  });
}
