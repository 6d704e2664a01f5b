import { InfiniteQueryObserver, MutationObserver, QueryClient } from "@tanstack/query-core";
import { expect, expectTypeOf, it } from "vitest";
import { type ApiError, FamClient } from "../../src/index.js";
import { createMockServer } from "../../src/mock/index.js";
import { famMutations, famQueries } from "../../src/query/index.js";

/** Ada's account with thirty members, her client, and an empty cache. */
function start() {
  const server = createMockServer();
  const others = Array.from({ length: 29 }, (_, index) => ({ email: `member-${index + 1}@example.com` }));
  server.seed({ fam: { accounts: [{ name: "Acme", members: [{ email: "ada@example.com" }, ...others] }] } });
  const client = new FamClient(server.fam.signIn({ email: "ada@example.com" }).connect());
  const queryClient = new QueryClient({ defaultOptions: { queries: { gcTime: 0 } } });
  const accountId = server.fam.account("Acme").id;
  return { server, client, queryClient, accountId, fam: famQueries(client) };
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

it("every read of the client has its query", async () => {
  const { server, queryClient, accountId, fam } = start();
  expect(await queryClient.fetchQuery(fam.accounts.list())).toHaveLength(1);
  expect(await queryClient.fetchQuery(fam.accounts.get(accountId))).toMatchObject({ name: "Acme" });
  expect(await queryClient.fetchQuery(fam.accounts.permissions())).toMatchObject({
    userId: server.fam.user("ada@example.com").id,
    accounts: [{ id: accountId, permissions: expect.arrayContaining(["account.delete", "members.invite"]) }],
    rootPermissions: [],
  });
  expect(await queryClient.fetchQuery(fam.members.list(accountId))).toHaveLength(30);
  expect(await queryClient.fetchQuery(fam.invites.list(accountId))).toEqual([]);
  const { paymentConfigurationId } = await queryClient.fetchQuery(
    fam.billing.getPaymentConfiguration(accountId),
  );
  expect(await queryClient.fetchQuery(fam.billing.listCards(paymentConfigurationId))).toEqual([]);
});

it("an invite makes those lists stale that contain it", async () => {
  const { server, client, queryClient, accountId, fam } = start();
  const { accounts, invites } = famMutations(client, queryClient);
  await queryClient.fetchQuery(fam.invites.list(accountId));
  await queryClient.fetchQuery(fam.accounts.get(accountId));
  const create = new MutationObserver(queryClient, invites.create);
  const invite = await create.mutate({ accountId, email: "grace@example.com", relations: ["member"] });
  const stale = (queryKey: readonly unknown[]) => queryClient.getQueryState(queryKey)?.isInvalidated;
  expect(stale(fam.invites.list(accountId).queryKey)).toBe(true);
  expect(stale(fam.accounts.get(accountId).queryKey)).toBe(false);
  await new MutationObserver(queryClient, invites.revoke).mutate({ accountId, inviteId: invite.id });
  await new MutationObserver(queryClient, accounts.update).mutate({ accountId, name: "Ajax" });
  expect(await queryClient.fetchQuery(fam.accounts.get(accountId))).toMatchObject({ name: "Ajax" });
  expect(server.calls.of("fam.RevokeInvitation")).toHaveLength(1);
});
