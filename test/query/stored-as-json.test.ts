import { dehydrate, hydrate, InfiniteQueryObserver, QueryClient } from "@tanstack/query-core";
import { expect, it } from "vitest";
import { FamClient } from "../../src/index.js";
import { createMockServer } from "../../src/mock/index.js";
import { famQueries } from "../../src/query/index.js";

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
