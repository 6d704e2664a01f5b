import { type ClientTransport, toConnectTransport } from "../../src/connect/index.js";
import { VydonClient } from "../../src/index.js";
import type { TestedTransport } from "../contract/world.js";

/** How a client of ours reaches a server: by its own JSON over fetch, or by a transport. */
type Address =
  | { readonly baseUrl: string; readonly fetch: typeof globalThis.fetch }
  | { readonly transport: ClientTransport };

/**
 * What Connect's own clients see through a client of ours. The errors' metadata has what the client has read of the headers,
 * not the headers themselves.
 */
export const throughClient = { retryAfter: "retry-after-ms" } satisfies Partial<TestedTransport>;

/**
 * Carries the calls of Connect's own clients through all layers of a client. Like Connect's, it repeats nothing and has no
 * deadline of its own. Its `call` takes the methods of every API, so one client stands for all three.
 */
export function clientTransport(address: Address) {
  return (token?: string) =>
    toConnectTransport(new VydonClient({ ...address, auth: token, retry: false, timeoutMs: 0 }));
}
