import { InfiniteQueryObserver, MutationObserver, QueryClient } from "@tanstack/query-core";
import { expect, it } from "vitest";
import { OnaClient } from "../../src/index.js";
import { createMockServer } from "../../src/mock/index.js";
import { onaMutations, onaQueries } from "../../src/query/index.js";

/** Five organizations that Ada may join, her client, and an empty cache. */
function start() {
  const server = createMockServer();
  const organizations = Array.from({ length: 5 }, (_, index) => ({
    name: `organization-${index + 1}`,
    domain: "example.com",
  }));
  server.seed({ ona: { organizations } });
  const client = new OnaClient(server.ona.signIn({ email: "ada@example.com" }).connect());
  const queryClient = new QueryClient({ defaultOptions: { queries: { gcTime: 0 } } });
  return { server, client, queryClient, ona: onaQueries(client) };
}

it("a list's pages come one by one, or all at once", async () => {
  const { queryClient, ona } = start();
  const pages = new InfiniteQueryObserver(
    queryClient,
    ona.accounts.listJoinableOrganizationsPages({ pageSize: 2 }),
  );
  await pages.fetchNextPage();
  await pages.fetchNextPage();
  const { data, hasNextPage } = await pages.fetchNextPage();
  expect(data?.pages.map(({ items }) => items.length)).toEqual([2, 2, 1]);
  expect(hasNextPage).toBe(false);
  expect(await queryClient.fetchQuery(ona.accounts.listJoinableOrganizations())).toHaveLength(5);
});

it("every read of the client has its query", async () => {
  const { queryClient, ona } = start();
  expect(await queryClient.fetchQuery(ona.accounts.get())).toMatchObject({ email: "ada@example.com" });
  expect(await queryClient.fetchQuery(ona.accounts.listLoginProviders())).toEqual(expect.any(Array));
  expect(await queryClient.fetchQuery(ona.accounts.allowsCustomLogin())).toEqual(expect.any(Boolean));
  const sso = ona.accounts.listSsoLogins({ email: "ada@example.com" });
  expect(await queryClient.fetchQuery(sso)).toEqual([]);
});

it("deleting an account makes its queries stale", async () => {
  const { client, queryClient, ona } = start();
  const account = await queryClient.fetchQuery(ona.accounts.get());
  const remove = new MutationObserver(queryClient, onaMutations(client, queryClient).accounts.delete);
  await remove.mutate({ accountId: account.id });
  expect(queryClient.getQueryState(ona.accounts.get().queryKey)?.isInvalidated).toBe(true);
});
