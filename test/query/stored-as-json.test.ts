import { dehydrate, hydrate, InfiniteQueryObserver, QueryClient } from "@tanstack/query-core";
import { FamClient } from "tenantry";
import { createMockServer } from "tenantry/mock";
import { famQueries } from "tenantry/query";
import { expect, it } from "vitest";

it("the pages of an infinite query that was stored as JSON can be fetched again", async () => {
  const server = createMockServer();
  const others = Array.from({ length: 29 }, (_, index) => ({ email: `member-${index + 1}@example.com` }));
  server.seed({ fam: { accounts: [{ name: "Acme", members: [{ email: "ada@example.com" }, ...others] }] } });
  const client = new FamClient(server.fam.signIn({ email: "ada@example.com" }).connect());
  const pages = famQueries(client).members.searchPages(server.fam.account("Acme").id);
  const before = new QueryClient({ defaultOptions: { queries: { gcTime: Infinity } } });
  const { pages: stored } = await before.fetchInfiniteQuery({ ...pages, pages: 2 });

  const after = new QueryClient({ defaultOptions: { queries: { gcTime: 0 } } });
  hydrate(after, JSON.parse(JSON.stringify(dehydrate(before))));
  const { data, error } = await new InfiniteQueryObserver(after, pages).refetch();
  expect(error).toBeNull();
  expect(data?.pages).toEqual(stored);
});
