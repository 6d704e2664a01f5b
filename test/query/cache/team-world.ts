import { MutationObserver, type QueryClient, QueryObserver } from "@tanstack/query-core";
import { type ApiError, VydonClient, type VydonMember } from "tenantry";
import { createMockServer } from "tenantry/mock";
import { vydonMutations, vydonQueries } from "tenantry/query";
import { deferred } from "../../support/promises.js";
import { until } from "../../support/until.js";
import { newQueryClient } from "./world.js";

// Each world is a fork: a seed costs more than a test.
const template = createMockServer();
const members = ["ada", "grace", "barbara"].map((name) => ({ email: `${name}@example.com` }));
template.seed({ vydon: { accounts: [{ name: "acme", members }] } });

/** Ada's team, with its list of members in the cache. A test can hold calls back before they reach the server. */
export async function teamWorld(queryClient: QueryClient = newQueryClient()) {
  const server = template.fork();
  const accountId = server.vydon.account("acme").id;
  const holds: Promise<void>[] = [];
  let gates: (() => void)[] | undefined;
  const fetch: typeof globalThis.fetch = async (input, init) => {
    if (gates !== undefined) await new Promise<void>((open) => gates?.push(open));
    if (String(input).endsWith("/SetUserRole")) await holds.shift();
    return server.fetch(input, init);
  };
  const { auth } = server.vydon.signIn({ email: "ada@example.com" }).connect();
  const client = new VydonClient({ baseUrl: "https://vydon.example.com", auth, clock: server.clock, fetch });
  const queries = vydonQueries(client);
  const list = queries.members.list(accountId);
  const loaded = await queryClient.fetchQuery(list);
  const idOf = (name: string) => loaded.find((member) => member.name === name)?.userId ?? "";
  const rolesOf = (data: readonly VydonMember[] | undefined) => data?.map(({ role }) => role);
  return {
    server,
    client,
    accountId,
    queryClient,
    queries,
    list,
    mutations: vydonMutations(client, queryClient),
    /** The variables of a write. */
    grace: { accountId, userId: idOf("Grace"), role: "job_viewer" } as const,
    barbara: { accountId, userId: idOf("Barbara"), role: "job_executor" } as const,
    /** The roles in the cache. */
    roles: () => rolesOf(queryClient.getQueryData(list.queryKey)),
    rolesOf,
    /** The roles that the server has. */
    onServer: async () => rolesOf(await client.members.list(accountId).toArray()),
    isStale: () => queryClient.getQueryState(list.queryKey)?.isInvalidated,
    /** Shows the list on screen, and records its roles after each change. */
    show() {
      const seen: string[] = [];
      const observer = new QueryObserver(queryClient, { ...list, staleTime: Infinity });
      const leave = observer.subscribe(({ data }) => {
        const roles = String(rolesOf(data));
        if (seen.at(-1) !== roles) seen.push(roles);
      });
      return { seen, leave };
    },
    /** Holds the next write back until the returned function is called. */
    hold(): () => void {
      const { promise, resolve } = deferred();
      holds.push(promise);
      return resolve;
    },
    /** Holds all calls back from now on, in the order of the calls. */
    holdAll() {
      const held: (() => void)[] = [];
      gates = held;
      return {
        /** Waits for a number of calls, and lets the one at `index` through. */
        pass: async (count: number, index?: number) => {
          await until(() => held.length >= count);
          if (index !== undefined) held[index]?.();
        },
        passAll: () => {
          gates = undefined;
          for (const open of held) open();
        },
      };
    },
  };
}

/** Begins a mutation. The promise is fulfilled when it has settled, with the error if it has failed. */
export function run<Variables, Data, Context>(
  queryClient: QueryClient,
  options: ConstructorParameters<typeof MutationObserver<Data, ApiError, Variables, Context>>[1],
  variables: Variables,
) {
  return new MutationObserver(queryClient, options).mutate(variables).catch((reason: unknown) => reason);
}
