import { create } from "@bufbuild/protobuf";
import { createRouterTransport, type Transport } from "@connectrpc/connect";
import { UserAccountService } from "../gen/mgmt/v1alpha1/user_account_pb.js";
import { type Address, type CommonOptions, VydonClient } from "../src/index.js";
import { type Contender, compare } from "./harness.js";
import type { Bench, Goal } from "./support/bench.js";
import { cannedFetch } from "./support/canned.js";
import { bareVydon, webTransport } from "./support/clients.js";

const auth = "a-token-of-the-usual-length-0123456789";
const hooks = { onRequest() {}, onResponse() {}, onRetry() {}, onError() {} };
const { getUser } = UserAccountService.method;
const answer = create(getUser.output, { userId: "00000000-0000-4000-8000-000000000001" });

const bare = "bare Connect client";
const bounded = "bare, with a deadline and a signal";
const plain = "tenantry: no token, retry or hooks";
const usual = "tenantry: token, retry (the default)";
const all = "tenantry: token, retry and hooks";

const obstacle =
  "What the layers take by themselves is in the third table. Half of it is for the hooks, which are told the request's size " +
  "(it is encoded once more for that) and of an abort at once; of the rest, half is for the signal by which a call can be ended.";
const goals: Goal[] = [
  { of: all, over: bounded, atMost: 1.1, obstacle },
  { of: usual, over: bare, atMost: 1.1, obstacle },
  { of: all, over: bare, atMost: 1.1, obstacle },
];

/** `GetUser` of Vydon, with the layers on and off. */
export const bench: Bench = {
  name: "layers",
  title: "What the layers cost",
  about:
    "The smallest call there is (one string comes back), with layers on and off: over a canned fetch, where our own " +
    "transport stands against connect-web's; on a transport that is given, where both stand on the very same one; and on one " +
    "that does nothing, where only the layers are left. Our calls have a deadline, and can be aborted; a transport of " +
    "Connect's that is told so arms timers and signals of its own, whoever tells it.",
  async run() {
    const overFetch = { baseUrl: "http://127.0.0.1:1", fetch: cannedFetch };
    const router = createRouterTransport(({ rpc }) => rpc(getUser, () => answer));
    const unit = "µs CPU";
    return [
      {
        title: "over a canned fetch, binary",
        unit,
        costs: await compare(contenders(webTransport(overFetch, true), overFetch)),
        goals,
      },
      {
        title: "on a router in process, given as `transport`",
        unit,
        costs: await compare(contenders(router, { transport: router }), { rounds: 61 }),
        goals,
      },
      {
        title: "on a transport that answers at once",
        unit,
        costs: await compare(contenders(idle, { transport: idle }), { blockMs: 4 }),
      },
    ];
  },
};

/** Answers at once, without a look at the request. */
const idle: Transport = {
  async unary(method) {
    const [header, trailer] = [new Headers(), new Headers()];
    // The bench calls the one method alone.
    const message = create(method.output);
    return { stream: false, service: method.parent, method, header, trailer, message };
  },
  stream() {
    throw new Error("there are no streams");
  },
};

function contenders(transport: Transport, options: Address & CommonOptions): Contender[] {
  const theirs = bareVydon(transport);
  const headers = { authorization: `Bearer ${auth}` };
  const ours = (name: string, layers: CommonOptions): Contender => {
    const client = new VydonClient({ ...options, ...layers });
    return { name, run: () => client.users.current() };
  };
  return [
    { name: bare, run: () => theirs.getUser({}, { headers }) },
    {
      name: bounded,
      run: () => theirs.getUser({}, { headers, timeoutMs: 60_000, signal: new AbortController().signal }),
    },
    ours(plain, { retry: false }),
    ours("tenantry: token alone", { retry: false, auth }),
    ours("tenantry: hooks alone", { retry: false, hooks }),
    ours(usual, { auth }),
    ours(all, { auth, hooks }),
  ];
}
