// The entries that need another package or Node.
import { createClient, type Transport } from "@connectrpc/connect";
import { createConnectTransport } from "@connectrpc/connect-web";
import { QueryClient } from "@tanstack/query-core";
import { setupServer } from "msw/node";
import { type ClientTransport, type Hooks, OnaClient, VydonClient, type VydonMember } from "tenantry";
import { toConnectTransport, viaConnect } from "tenantry/connect";
import { createMockServer } from "tenantry/mock";
import { handlers } from "tenantry/mock/msw";
import { fromEnv, nodeTransport } from "tenantry/node";
import { otelHooks } from "tenantry/otel";
import { MemberService } from "tenantry/proto/fam";
import { AccountService } from "tenantry/proto/ona";
import { type GetUserResponse, UserAccountService } from "tenantry/proto/vydon";
import { vydonQueries } from "tenantry/query";
import { webTransport } from "tenantry/web";

const baseUrl = "https://vydon.example.com";
const hooks: Hooks = otelHooks();
const client = new VydonClient({ ...fromEnv("vydon"), hooks });
const overGrpc = new VydonClient({ transport: nodeTransport({ baseUrl, protocol: "grpc" }) });
const queries = vydonQueries(overGrpc);

export async function members(accountId: string): Promise<readonly VydonMember[]> {
  return new QueryClient().fetchQuery(vydonQueries(client).members.list(accountId));
}

export const key: readonly unknown[] = queries.members.key(accountIdOf("north"));
export const msw = setupServer(...handlers(createMockServer(), baseUrl));

/** A Connect client over an SDK client, and an SDK client over a Connect transport. */
export async function bothWays(): Promise<GetUserResponse> {
  const own: Transport = createConnectTransport({ baseUrl });
  const transport: ClientTransport = viaConnect(own, UserAccountService, MemberService);
  const binary = webTransport({ baseUrl, services: [AccountService], protocol: "grpc-web" });
  new OnaClient({ transport: binary, auth: "key" });
  return createClient(UserAccountService, toConnectTransport(new VydonClient({ transport }))).getUser({});
}

function accountIdOf(name: string): string {
  return name;
}
