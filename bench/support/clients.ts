import { createClient, type Transport } from "@connectrpc/connect";
import { createConnectTransport } from "@connectrpc/connect-web";
import { Gitpod } from "@gitpod/sdk";
import { AccountService } from "../../gen/gitpod/v1/account_pb.js";
import { UserAccountService } from "../../gen/mgmt/v1alpha1/user_account_pb.js";
import { OnaClient, VydonClient } from "../../src/index.js";
import type { Contender } from "../harness.js";
import type { Bench } from "./bench.js";
import { type Address, boundedFetch, plainFetch } from "./plain-fetch.js";

/** The names of the contenders in all tables. */
export const floor = "fetch + JSON.parse";
export const boundedFloor = "fetch with a signal and a timer + JSON.parse";
export const ours = "tenantry";
export const peer = "@gitpod/sdk 0.6.0";
export const bareJson = "bare Connect client, JSON";
export const bareBinary = "bare Connect client, binary";
export const bare = "bare Connect client";
export const boundedBare = "bare Connect client, with a deadline and a signal";

/** Why Connect's own client may be faster. */
export const bareAhead: Required<Bench>["ahead"] = [
  {
    name: boundedBare,
    of: ours,
    why: "Its result is the protobuf message. tenantry converts the message to JSON, checks it and maps it.",
  },
  {
    name: bare,
    of: ours,
    why: "It has no deadline, and cannot be aborted. Its result is the protobuf message.",
  },
];

/** The token of all contenders. */
export const auth = "a-token-of-the-usual-length-0123456789";
/** The options of a call by a careful user of a bare Connect client. tenantry has them by default. */
export const bounds = () => ({ timeoutMs: 60_000, signal: new AbortController().signal });

const headers = { authorization: `Bearer ${auth}` };

type Bare<Client> = (client: Client, options: { headers: HeadersInit }) => Promise<unknown>;

/** All ways to make one call to Ona that both our client and the vendor's own SDK can make. */
export function onaContenders(
  address: Address,
  rpc: string,
  call: {
    bare: Bare<ReturnType<typeof bareOna>>;
    ours: (client: OnaClient) => PromiseLike<unknown>;
    peer: (client: Gitpod) => PromiseLike<unknown>;
  },
): Contender[] {
  const json = bareOna(webTransport(address, false));
  const binary = bareOna(webTransport(address, true));
  const client = new OnaClient({ ...address, auth });
  const gitpod = new Gitpod({ baseURL: address.baseUrl, bearerToken: auth, fetch: address.fetch });
  return [
    ...floors(address, `gitpod.v1.AccountService/${rpc}`),
    { name: ours, run: () => call.ours(client) },
    { name: peer, run: () => call.peer(gitpod) },
    { name: bareJson, run: () => call.bare(json, { headers }) },
    { name: bareBinary, run: () => call.bare(binary, { headers }) },
  ];
}

/** All ways to make one call to Vydon. */
export function vydonContenders(
  address: Address,
  rpc: string,
  call: {
    bare: Bare<ReturnType<typeof bareVydon>>;
    ours: (client: VydonClient) => PromiseLike<unknown>;
  },
): Contender[] {
  const json = bareVydon(webTransport(address, false));
  const binary = bareVydon(webTransport(address, true));
  const client = new VydonClient({ ...address, auth });
  return [
    ...floors(address, `mgmt.v1alpha1.UserAccountService/${rpc}`),
    { name: ours, run: () => call.ours(client) },
    { name: bareJson, run: () => call.bare(json, { headers }) },
    { name: bareBinary, run: () => call.bare(binary, { headers }) },
  ];
}

/** Connect's client for Ona. */
export function bareOna(transport: Transport) {
  return createClient(AccountService, transport);
}

/** Connect's client for Vydon. */
export function bareVydon(transport: Transport) {
  return createClient(UserAccountService, transport);
}

/** Connect's transport for the web. */
export function webTransport({ baseUrl, fetch }: Address, useBinaryFormat: boolean): Transport {
  return createConnectTransport({ baseUrl, fetch, useBinaryFormat });
}

function floors(address: Address, path: string): Contender[] {
  return [
    { name: floor, run: () => plainFetch(address, path, auth) },
    { name: boundedFloor, run: () => boundedFetch(address, path, auth) },
  ];
}
