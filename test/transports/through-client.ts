import { refreshableToken, VydonClient } from "tenantry";
import { type ClientTransport, toConnectTransport } from "tenantry/connect";
import { createMockServer, type MockServer } from "tenantry/mock";
import { describe, expect, it } from "vitest";
import { contract } from "../contract/suite.js";
import type { TestedTransport } from "../contract/world.js";

/** How an SDK client reaches a server: with its own JSON over fetch, or with a transport. */
type Address =
  | { readonly baseUrl: string; readonly fetch: typeof globalThis.fetch }
  | { readonly transport: ClientTransport };

/** The connection of an SDK client to one server. */
interface Connected {
  readonly address: Address;
  close?(): Promise<void>;
}

type ThroughClient = Pick<TestedTransport, "name" | "cannot" | "forgives" | "apisOnly"> & {
  connect(server: MockServer): Promise<Connected>;
};

/** Runs the contract for Connect's clients over `toConnectTransport`, through all layers of an SDK client. */
export function clientContract({ connect, ...traits }: ThroughClient): void {
  contract({
    ...traits,
    // The metadata of an error contains what the client has read from the headers, not the headers themselves.
    retryAfter: "retry-after-ms",
    async open(server) {
      const { address, close } = await connect(server);
      // Like Connect's clients, it does not retry and sets no deadline. Its `call` accepts the methods of every
      // API, so one client is enough for all three.
      const transport = (token?: string) =>
        toConnectTransport(new VydonClient({ ...address, auth: token, retry: false, timeoutMs: 0 }));
      return { transport, close: async () => close?.() };
    },
  });

  describe(`a refreshable token through ${traits.name}`, () => {
    it("is refreshed once when the server rejects it, and all concurrent calls are retried", async () => {
      const server = createMockServer();
      const { address, close } = await connect(server);
      const email = "ada@example.com";
      const { token, userId } = server.vydon.signIn({ email });
      let refreshes = 0;
      const auth = refreshableToken({
        initial: { accessToken: token },
        refresh: () => {
          refreshes++;
          return { accessToken: server.vydon.signIn({ email }).token };
        },
      });
      const client = new VydonClient({ ...address, auth });
      expect(await client.users.current()).toEqual({ id: userId });
      server.vydon.revoke(token);
      const users = await Promise.all(Array.from({ length: 5 }, () => client.users.current()));
      expect(users).toEqual(Array.from({ length: 5 }, () => ({ id: userId })));
      expect(refreshes).toBe(1);
      await close?.();
    });
  });
}
