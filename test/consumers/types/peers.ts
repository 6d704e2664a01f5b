// The entries that go with another package, and the one that needs Node.
import { QueryClient } from "@tanstack/query-core";
import { setupServer } from "msw/node";
import { type Hooks, VydonClient, type VydonMember } from "tenantry";
import { createMockServer } from "tenantry/mock";
import { handlers } from "tenantry/mock/msw";
import { fromEnv, nodeTransport } from "tenantry/node";
import { otelHooks } from "tenantry/otel";
import { vydonQueries } from "tenantry/query";

const hooks: Hooks = otelHooks();
const client = new VydonClient({ ...fromEnv("vydon"), hooks });
const overGrpc = new VydonClient({
  transport: nodeTransport({ baseUrl: "https://vydon.example.com", protocol: "grpc" }),
});
const queries = vydonQueries(overGrpc);

export async function members(accountId: string): Promise<readonly VydonMember[]> {
  return new QueryClient().fetchQuery(vydonQueries(client).members.list(accountId));
}

export const key: readonly unknown[] = queries.members.key(accountIdOf("north"));
export const msw = setupServer(...handlers(createMockServer(), "https://vydon.example.com"));

function accountIdOf(name: string): string {
  return name;
}
