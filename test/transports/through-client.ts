import { describe, expect, it } from "vitest";
import { type ClientTransport, toConnectTransport } from "../../src/connect/index.js";
import { refreshableToken, VydonClient } from "../../src/index.js";
import { createMockServer, type MockServer } from "../../src/mock/index.js";
import { contract } from "../contract/suite.js";
import type { TestedTransport } from "../contract/world.js";

/** How a client of ours reaches a server: by its own JSON over fetch, or by a transport. */
type Address =
  | { readonly baseUrl: string; readonly fetch: typeof globalThis.fetch }
  | { readonly transport: ClientTransport };

/** A client of ours, connected to one server. */
interface Connected {
  readonly address: Address;
  close?(): Promise<void>;
}

type ThroughClient = Pick<TestedTransport, "name" | "cannot" | "forgives" | "apisOnly"> & {
  connect(server: MockServer): Promise<Connected>;
};

/** The contract for what Connect's own clients see through all layers of a client of ours. */
export function clientContract({ connect, ...traits }: ThroughClient): void {
  contract({
    ...traits,
    // The errors' metadata has what the client has read of the headers, not the headers themselves.
    retryAfter: "retry-after-ms",
    async open(server) {
      const { address, close } = await connect(server);
      // Like Connect's clients, it repeats nothing and has no deadline of its own. Its `call` accepts the methods of every
      // API, so one client is enough for all three.
      const transport = (token?: string) =>
        toConnectTransport(new VydonClient({ ...address, auth: token, retry: false, timeoutMs: 0 }));
      return { transport, close: async () => close?.() };
    },
  });

  describe(`a client's token through ${traits.name}`, () => {
    it("is refreshed once if the server refuses it, and every call is sent again", async () => {
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
