import { createClient, type Transport } from "@connectrpc/connect";
import { createConnectTransport } from "@connectrpc/connect-web";
import { Gitpod } from "@gitpod/sdk";
import { AccountService } from "../../gen/gitpod/v1/account_pb.js";
import { UserAccountService } from "../../gen/mgmt/v1alpha1/user_account_pb.js";
import { OnaClient, VydonClient } from "../../src/index.js";
import type { Contender } from "../harness.js";

/** Where the contenders send their requests: over the platform's fetch, or to what stands in for it. */
export interface Door {
  readonly baseUrl: string;
  readonly fetch: typeof fetch;
}

/** The names under which contenders stand in every table. */
export const bareBinary = "bare Connect client, binary";
export const bareJson = "bare Connect client, JSON";
export const oursBinary = "tenantry, binary";
export const oursJson = "tenantry, JSON";
export const peer = "@gitpod/sdk 0.6.0, JSON";
const floor = "fetch + JSON.parse";

const auth = "a-token-of-the-usual-length-0123456789";
const authorization = `Bearer ${auth}`;

/** All ways to make one call of Ona's that both our client and the vendor's own SDK can make. */
export function onaContenders(
  door: Door,
  rpc: string,
  call: {
    bare: (client: ReturnType<typeof bareOna>, options: { headers: HeadersInit }) => Promise<unknown>;
    ours: (client: OnaClient) => PromiseLike<unknown>;
    peer: (client: Gitpod) => PromiseLike<unknown>;
  },
): Contender[] {
  const bare = (binary: boolean) => {
    const client = bareOna(webTransport(door, binary));
    const options = { headers: { authorization } };
    return () => call.bare(client, options);
  };
  const ours = (format: "binary" | "json") => {
    const client = new OnaClient({ ...door, auth, format });
    return () => call.ours(client);
  };
  const gitpod = new Gitpod({ baseURL: door.baseUrl, bearerToken: auth, fetch: door.fetch });
  return [
    { name: bareBinary, run: bare(true) },
    { name: oursBinary, run: ours("binary") },
    { name: bareJson, run: bare(false) },
    { name: oursJson, run: ours("json") },
    { name: peer, run: () => call.peer(gitpod) },
    { name: floor, run: () => plainFetch(door, `gitpod.v1.AccountService/${rpc}`) },
  ];
}

/** All ways to make one call of Vydon's. */
export function vydonContenders(
  door: Door,
  rpc: string,
  call: {
    bare: (client: ReturnType<typeof bareVydon>, options: { headers: HeadersInit }) => Promise<unknown>;
    ours: (client: VydonClient) => PromiseLike<unknown>;
  },
): Contender[] {
  const bare = (binary: boolean) => {
    const client = bareVydon(webTransport(door, binary));
    const options = { headers: { authorization } };
    return () => call.bare(client, options);
  };
  const ours = (format: "binary" | "json") => {
    const client = new VydonClient({ ...door, auth, format });
    return () => call.ours(client);
  };
  return [
    { name: bareBinary, run: bare(true) },
    { name: oursBinary, run: ours("binary") },
    { name: bareJson, run: bare(false) },
    { name: oursJson, run: ours("json") },
    { name: floor, run: () => plainFetch(door, `mgmt.v1alpha1.UserAccountService/${rpc}`) },
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
export function webTransport({ baseUrl, fetch }: Door, useBinaryFormat: boolean): Transport {
  return createConnectTransport({ baseUrl, fetch, useBinaryFormat });
}

async function plainFetch({ baseUrl, fetch }: Door, path: string): Promise<unknown> {
  const response = await fetch(`${baseUrl}/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization },
    body: "{}",
  });
  return JSON.parse(await response.text());
}
