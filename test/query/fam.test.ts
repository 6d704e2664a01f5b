import { InfiniteQueryObserver, QueryClient } from "@tanstack/query-core";
import { type ApiError, FamClient } from "tenantry";
import { createMockServer } from "tenantry/mock";
import { famQueries } from "tenantry/query";
import { expect, expectTypeOf, it } from "vitest";

/** Ada's account with thirty members, her client, and an empty cache. */
function start() {
  const server = createMockServer();
  const others = Array.from({ length: 29 }, (_, index) => ({ email: `member-${index + 1}@example.com` }));
  server.seed({ fam: { accounts: [{ name: "Acme", members: [{ email: "ada@example.com" }, ...others] }] } });
  const client = new FamClient(server.fam.signIn({ email: "ada@example.com" }).connect());
  const queryClient = new QueryClient({ defaultOptions: { queries: { gcTime: 0 } } });
  const accountId = server.fam.account("Acme").id;
  return { queryClient, accountId, fam: famQueries(client) };
}

it("a search is fetched page by page", async () => {
  const { queryClient, accountId, fam } = start();
  const observer = new InfiniteQueryObserver(
    queryClient,
    fam.members.searchPages(accountId, { query: "member" }),
  );
  expectTypeOf(observer.getCurrentResult().error).toEqualTypeOf<ApiError | null>();
  const first = await observer.fetchNextPage();
  expect(first.hasNextPage).toBe(true);
  const { data, hasNextPage } = await observer.fetchNextPage();
  expect(hasNextPage).toBe(false);
  expect(data?.pages.map(({ items }) => items.length)).toEqual([20, 9]);
  expect(data?.pages[0]?.total).toBe(29);
  expect(await queryClient.fetchQuery(fam.members.search(accountId, { query: "member" }))).toHaveLength(29);
});
