import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { create } from "@bufbuild/protobuf";
import { createRouterTransport } from "@connectrpc/connect";
import { connectNodeAdapter } from "@connectrpc/connect-node";
import { graphql, HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { NetworkError, VydonClient } from "tenantry";
import { viaConnect } from "tenantry/connect";
import { createMockServer } from "tenantry/mock";
import { handlers } from "tenantry/mock/msw";
import { listen } from "tenantry/mock/node";
import { CreateTeamAccountResponseSchema, UserAccountService } from "tenantry/proto/vydon";
import { afterEach, describe, expect, vi } from "vitest";
import { Health } from "../../gen/grpc/health/v1/health_pb.js";
import { listenLocally } from "../support/listen-locally.js";
import { checkRows } from "./check-rows.js";
import type { Check } from "./client-rows.js";
import { succeeds, thrownBy } from "./contenders.js";
import { readTable } from "./table.js";

type Contender = "tenantry" | "router" | "msw";

const columns = {
  tenantry: "tenantry's mock",
  router: "Connect's router",
  msw: "MSW, with handlers by hand",
} as const;
const table = readTable("Test doubles");
const baseUrl = "https://vydon.example.com";
const teamId = "7a1c4c39-5d0e-4d2c-9a3c-0f6a3a3f9d10";

// A mock written by hand: one RPC, with a fixed response.
const byRouter = () =>
  createRouterTransport(({ rpc }) => {
    rpc(UserAccountService.method.createTeamAccount, () =>
      create(CreateTeamAccountResponseSchema, { accountId: teamId }),
    );
  });
const byMsw = setupServer(
  http.post(`${baseUrl}/mgmt.v1alpha1.UserAccountService/CreateTeamAccount`, () =>
    HttpResponse.json({ accountId: teamId }),
  ),
);
afterEach(() => {
  byMsw.resetHandlers();
  byMsw.close();
});

const clients: Readonly<Record<Contender, () => VydonClient>> = {
  tenantry: () => new VydonClient(createMockServer().vydon.signIn({ email: "ada@example.com" }).connect()),
  router: () => new VydonClient({ transport: viaConnect(byRouter(), UserAccountService), auth: "any" }),
  msw: () => {
    // MSW prints requests without a handler.
    vi.spyOn(console, "error").mockImplementation(() => {});
    byMsw.listen({ onUnhandledRequest: "error" });
    return new VydonClient({ baseUrl, auth: "any", retry: false });
  },
};

/** Runs the same check for each contender. */
function forEach(check: (client: VydonClient) => unknown): Record<Contender, Check> {
  return {
    tenantry: () => check(clients.tenantry()),
    router: () => check(clients.router()),
    msw: () => check(clients.msw()),
  };
}

/** The check of each row of the table, for each contender. */
const rows: Readonly<Record<string, Readonly<Record<Contender, Check>>>> = {
  "Has all RPCs of these APIs, without a handler for each": forEach((client) =>
    succeeds(() => client.users.current()),
  ),
  "A call finds what an earlier call has created": forEach(async (client) => {
    const made = await client.accounts.createTeam({ name: "acme" });
    return succeeds(async () => {
      const [team] = await client.accounts.list().toArray();
      expect(team?.id).toBe(made.accountId);
    });
  }),
  "Refuses a request that breaks the schema's rules": forEach(
    async (client) => !(await succeeds(() => client.accounts.createTeam({ name: "No Spaces" }))),
  ),
  "Refuses a caller without a token": {
    tenantry: async () =>
      !(await succeeds(() =>
        new VydonClient({ baseUrl, fetch: createMockServer().fetch }).accounts.createTeam({ name: "acme" }),
      )),
    router: async () => !(await succeeds(() => clients.router().accounts.createTeam({ name: "acme" }))),
    msw: async () => !(await succeeds(() => clients.msw().accounts.createTeam({ name: "acme" }))),
  },
  "A clock that the test moves": {
    tenantry: () => Reflect.has(createMockServer(), "clock"),
    router: () => Reflect.has(byRouter(), "clock"),
    msw: () => Reflect.has(byMsw, "clock"),
  },
  "A broken connection": {
    tenantry: async () => {
      const server = createMockServer();
      const client = new VydonClient(server.vydon.signIn({ email: "ada@example.com" }).connect());
      server.faults.inject({ wire: "lost_response" });
      return (await thrownBy(() => client.accounts.createTeam({ name: "acme" }))) instanceof NetworkError;
    },
    router: async () => {
      const transport = createRouterTransport(({ rpc }) => {
        rpc(UserAccountService.method.createTeamAccount, () => {
          throw new TypeError("fetch failed");
        });
      });
      const client = new VydonClient({ transport: viaConnect(transport, UserAccountService), auth: "any" });
      return (await thrownBy(() => client.accounts.createTeam({ name: "acme" }))) instanceof NetworkError;
    },
    msw: async () => {
      const client = clients.msw();
      byMsw.use(http.post("*", () => HttpResponse.error()));
      return (await thrownBy(() => client.accounts.createTeam({ name: "acme" }))) instanceof NetworkError;
    },
  },
  "Records the calls": {
    tenantry: async () => {
      const server = createMockServer();
      await new VydonClient(server.vydon.signIn({ email: "ada@example.com" }).connect()).accounts.list();
      return server.calls.of("GetUserAccounts").length === 1;
    },
    router: () => ["calls", "events"].some((name) => Reflect.has(byRouter(), name)),
    msw: async () => {
      const client = clients.msw();
      const urls: string[] = [];
      byMsw.events.on("request:start", ({ request }) => {
        urls.push(request.url);
      });
      await client.accounts.createTeam({ name: "acme" });
      byMsw.events.removeAllListeners();
      return urls.length === 1;
    },
  },
  "Runs in a browser's Service Worker": {
    tenantry: () => handlers(createMockServer(), baseUrl).length > 0,
    router: () => Reflect.has(byRouter(), "fetch"),
    msw: () => "./browser" in exportsOf("msw"),
  },
  "Serves a port, for other languages": {
    tenantry: async () => {
      const listener = await listen(createMockServer());
      const response = await fetch(listener.url);
      await listener.close();
      return response.status > 0;
    },
    router: async () => {
      const adapter = connectNodeAdapter({
        routes: ({ rpc }) => rpc(UserAccountService.method.createTeamAccount, () => ({ accountId: teamId })),
      });
      await using server = await listenLocally(createServer(adapter));
      const client = new VydonClient({ baseUrl: server.baseUrl, auth: "any" });
      return await succeeds(() => client.accounts.createTeam({ name: "acme" }));
    },
    msw: () => {
      const before = listening();
      byMsw.listen();
      return listening() > before;
    },
  },
  "A response of your own": {
    tenantry: async () => {
      const transport = createRouterTransport((router) => {
        createMockServer().routes(router);
        router.rpc(UserAccountService.method.createTeamAccount, () => ({ accountId: teamId }));
      });
      const client = new VydonClient({ transport: viaConnect(transport, UserAccountService), auth: "any" });
      return (await client.accounts.createTeam({ name: "acme" })).accountId === teamId;
    },
    router: async () => (await clients.router().accounts.createTeam({ name: "acme" })).accountId === teamId,
    msw: async () => (await clients.msw().accounts.createTeam({ name: "acme" })).accountId === teamId,
  },
  "Any other API": {
    tenantry: () =>
      succeeds(async () => {
        const response = await createMockServer().fetch("https://example.com/users/1");
        expect(response.ok).toBe(true);
      }),
    router: () =>
      succeeds(() => createRouterTransport(({ service }) => service(Health, { check: () => ({}) }))),
    msw: () =>
      succeeds(async () => {
        byMsw.use(http.get("https://example.com/users/1", () => HttpResponse.json({ id: 1 })));
        byMsw.listen();
        expect((await fetch("https://example.com/users/1")).ok).toBe(true);
      }),
  },
  GraphQL: {
    tenantry: () => Reflect.has(createMockServer(), "graphql"),
    router: () => Reflect.has(byRouter(), "graphql"),
    msw: () => typeof graphql.query === "function",
  },
};

describe("docs/compare.md, test doubles", () => {
  checkRows(table, columns, ["tenantry", "router", "msw"], rows);
});

function exportsOf(name: string): object {
  return JSON.parse(readFileSync(`node_modules/${name}/package.json`, "utf8")).exports;
}

function listening(): number {
  return process.getActiveResourcesInfo().filter((resource) => resource === "TCPServerWrap").length;
}
