import { type ClientTransport, type CommonOptions, VydonClient } from "../src/index.js";
import { type Contender, compare } from "./harness.js";
import type { Bench } from "./support/bench.js";
import { cannedAddress } from "./support/canned.js";
import { auth, bareVydon, boundedFloor, bounds, floor, webTransport } from "./support/clients.js";
import { boundedFetch, plainFetch } from "./support/plain-fetch.js";

const hooks = { onRequest() {}, onResponse() {}, onRetry() {}, onError() {} };

const bounded = "bare Connect client, JSON, with a deadline and a signal";
const usual = "tenantry: token and retry (the default)";

/** `GetUser` of Vydon, with the layers on and off. */
export const bench: Bench = {
  name: "layers",
  title: "What each feature of a call costs",
  about:
    "The smallest call (the response is one string), with features of the client on and off: first over a fetch that " +
    "responds from memory, then on a transport that does nothing, so that only the client's own layers are left. Every call of " +
    "tenantry has a deadline and can be aborted.",
  async run() {
    const unit = "µs CPU";
    return [
      {
        title: "one string, from memory",
        unit,
        costs: await compare([...others(), ...ours(cannedAddress)]),
      },
      { title: "on a transport that does nothing", unit, costs: await compare(ours({ transport: idle })) },
    ];
  },
};

const user = { userId: "00000000-0000-4000-8000-000000000001" };
const reply = { body: user, status: 200, headers: new Headers() };

/** Always returns the same response. */
const idle: ClientTransport = { send: async () => reply };

function others(): Contender[] {
  const path = "mgmt.v1alpha1.UserAccountService/GetUser";
  const client = bareVydon(webTransport(cannedAddress, false));
  const headers = { authorization: `Bearer ${auth}` };
  return [
    { name: floor, run: () => plainFetch(cannedAddress, path, auth) },
    { name: boundedFloor, run: () => boundedFetch(cannedAddress, path, auth) },
    {
      name: bounded,
      run: () => client.getUser({}, { headers, ...bounds() }),
    },
  ];
}

function ours(address: typeof cannedAddress | { transport: ClientTransport }): Contender[] {
  const contender = (name: string, features: CommonOptions): Contender => {
    const client = new VydonClient({ ...address, ...features });
    return { name, run: () => client.users.current() };
  };
  return [
    contender("tenantry: no token, retry or hooks", { retry: false }),
    contender("tenantry: token alone", { retry: false, auth }),
    contender("tenantry: hooks alone", { retry: false, hooks }),
    contender(usual, { auth }),
    contender("tenantry: token, retry and hooks", { auth, hooks }),
  ];
}
