import { dehydrate, hydrate, InfiniteQueryObserver, QueryClient } from "@tanstack/query-core";
import { type ApiError, FamClient } from "tenantry";
import { createMockServer } from "tenantry/mock";
import { famQueries } from "tenantry/query";
import { describe, expect, expectTypeOf, it } from "vitest";

/** Ada's account with thirty members, her client, and an empty cache. */
function start() {
  const server = createMockServer();
  const others = Array.from({ length: 29 }, (_, index) => ({ email: `member-${index + 1}@example.com` }));
  server.seed({ fam: { accounts: [{ name: "Acme", members: [{ email: "ada@example.com" }, ...others] }] } });
  const client = new FamClient(server.fam.signIn({ email: "ada@example.com" }).connect());
  const queryClient = new QueryClient({ defaultOptions: { queries: { gcTime: Infinity } } });
  const accountId = server.fam.account("Acme").id;
  return { queryClient, accountId, fam: famQueries(client) };
}

describe("the infinite query of a search", () => {
  it("is fetched page by page", async () => {
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
  });

  it("keeps its data if a refetch finds no change", async () => {
    const { queryClient, accountId, fam } = start();
    const observer = new InfiniteQueryObserver(queryClient, fam.members.searchPages(accountId));
    await observer.fetchNextPage();
    const { data: before } = await observer.fetchNextPage();
    const { data } = await observer.refetch();
    expect(data?.pages).toHaveLength(2);
    expect(data).toBe(before);
  });

  it("can be fetched again after it was stored as JSON", async () => {
    const { queryClient, accountId, fam } = start();
    const search = fam.members.searchPages(accountId);
    const { pages } = await queryClient.fetchInfiniteQuery({ ...search, pages: 2 });

    const reloaded = new QueryClient({ defaultOptions: { queries: { gcTime: Infinity } } });
    hydrate(reloaded, JSON.parse(JSON.stringify(dehydrate(queryClient))));
    const { data, error } = await new InfiniteQueryObserver(reloaded, search).refetch();
    expect(error).toBeNull();
    expect(data?.pages).toEqual(pages);
  });
});

it("the query of a search fetches all of its pages", async () => {
  const { queryClient, accountId, fam } = start();
  expect(await queryClient.fetchQuery(fam.members.search(accountId, { query: "member" }))).toHaveLength(29);
});
