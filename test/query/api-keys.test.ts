import { MutationObserver, QueryClient, QueryObserver } from "@tanstack/query-core";
import { type ApiError, VydonClient } from "tenantry";
import { createMockServer } from "tenantry/mock";
import { vydonMutations, vydonQueries } from "tenantry/query";
import { expect, it } from "vitest";
import { until } from "../support/until.js";

/** A signed-in client, an empty cache, and the list of an account's keys on screen. */
async function start() {
  const server = createMockServer({ now: new Date(Date.UTC(2026, 0, 1)) });
  const client = new VydonClient(server.vydon.signIn({ email: "ada@example.com" }).connect());
  const { accountId } = await client.accounts.createTeam({ name: "acme" });
  const queryClient = new QueryClient({ defaultOptions: { queries: { gcTime: 0 } } });
  const vydon = vydonQueries(client);
  const run = <V, D>(
    options: ConstructorParameters<typeof MutationObserver<D, ApiError, V>>[1],
    variables: V,
  ) => new MutationObserver(queryClient, options).mutate(variables);
  const observer = new QueryObserver(queryClient, vydon.apiKeys.list(accountId));
  const leave = observer.subscribe(() => {});
  await until(() => observer.getCurrentResult().isSuccess);
  const shown = () => observer.getCurrentResult().data?.map(({ name }) => name);
  return { accountId, queryClient, vydon, mutations: vydonMutations(client, queryClient), run, shown, leave };
}

const expiresAt = new Date(Date.UTC(2026, 1, 1));

it("a list of API keys on screen is fresh after each write, and no query has a key's value", async () => {
  const { accountId, vydon, queryClient, mutations, run, shown, leave } = await start();
  const created = await run(mutations.apiKeys.create, { accountId, name: "nightly", expiresAt });
  expect(created.keyValue).toMatch(/^neo_at_v1_/);
  expect(shown()).toEqual(["nightly"]);

  const later = new Date(Date.UTC(2026, 2, 1));
  await run(mutations.apiKeys.regenerate, { keyId: created.id, expiresAt: later });
  const one = await queryClient.fetchQuery(vydon.apiKeys.get(created.id));
  expect(one).toMatchObject({ name: "nightly", expiresAt: later });
  const cached = queryClient.getQueryCache().getAll();
  expect(JSON.stringify(cached.map(({ state }) => state.data))).not.toContain("neo_at_v1_");

  await run(mutations.apiKeys.delete, { keyId: created.id });
  expect(shown()).toEqual([]);
  leave();
});
