import { Code } from "@connectrpc/connect";
import {
  InfiniteQueryObserver,
  MutationObserver,
  QueryClient,
  type QueryKey,
  QueryObserver,
} from "@tanstack/query-core";
import { ApiError, PermissionDeniedError, VydonClient } from "tenantry";
import { createMockServer } from "tenantry/mock";
import { infiniteListQuery, vydonMutations, vydonQueries } from "tenantry/query";
import { describe, expect, it } from "vitest";
import { until } from "../support/until.js";

/** Ada's team of four, her client, and an empty cache. */
function start() {
  const server = createMockServer();
  const members = ["ada", "grace", "barbara", "frances"].map((name) => ({ email: `${name}@example.com` }));
  server.seed({ vydon: { accounts: [{ name: "acme", members }] } });
  const client = new VydonClient(server.vydon.signIn({ email: "ada@example.com" }).connect());
  const queryClient = new QueryClient({ defaultOptions: { queries: { gcTime: 0 } } });
  const accountId = server.vydon.account("acme").id;
  return { server, client, queryClient, accountId, vydon: vydonQueries(client) };
}

describe("queries", () => {
  it("a list is an array, in the cache too", async () => {
    const { queryClient, accountId, vydon } = start();
    const options = vydon.members.list(accountId);
    const members = await queryClient.fetchQuery(options);
    expect(members.map(({ name }) => name)).toEqual(["Ada", "Grace", "Barbara", "Frances"]);
    expect(queryClient.getQueryData(options.queryKey)).toEqual(members);
  });

  it("keys begin with the resource and the account", () => {
    const { accountId, vydon } = start();
    const { queryKey } = vydon.members.list(accountId);
    expect(queryKey).toEqual(["tenantry", "vydon", "members", accountId, "list"]);
    expect(vydon.members.key(accountId)).toEqual(queryKey.slice(0, 4));
    expect(vydon.members.key()).toEqual(queryKey.slice(0, 3));
    expect(vydon.key).toEqual(queryKey.slice(0, 2));
  });

  it("two users have separate data in one cache, under two roots", async () => {
    const { server, client, queryClient } = start();
    const grace = new VydonClient(server.vydon.signIn({ email: "grace@example.com" }).connect());
    const [hers, theirs] = [vydonQueries(client, ["vydon", "ada"]), vydonQueries(grace, ["vydon", "grace"])];
    const [ada, other] = await Promise.all([
      queryClient.fetchQuery(hers.users.current()),
      queryClient.fetchQuery(theirs.users.current()),
    ]);
    expect(ada.id).not.toBe(other.id);
    expect(queryClient.getQueryData(hers.users.current().queryKey)).toEqual(ada);
  });

  it("a query that is no longer used cancels its request", async () => {
    const { server, queryClient, accountId, vydon } = start();
    server.clock.run();
    server.faults.inject({ method: "GetTeamAccountMembers", latencyMs: 3_600_000 });
    const observer = new QueryObserver(queryClient, vydon.members.list(accountId));
    const leave = observer.subscribe(() => {});
    await until(() => server.calls.count === 1);
    leave();
    await until(() => server.calls.of("GetTeamAccountMembers")[0]?.error !== undefined);
    expect(server.calls.of("GetTeamAccountMembers")[0]?.error?.code).toBe(Code.Canceled);
    server.clock.freeze();
  });

  it("an error is the client's own, and only the client retries", async () => {
    const { server, queryClient, accountId, vydon } = start();
    server.faults.inject({ method: "GetAccountStatus", code: "unavailable" });
    const observer = new QueryObserver(queryClient, vydon.billing.status(accountId));
    const { error } = await observer.refetch();
    expect(error).toBeInstanceOf(ApiError);
    expect(error?.attempts).toBe(4);
    expect(server.calls.of("GetAccountStatus")).toHaveLength(4);
  });
});

describe("infinite queries", () => {
  it("a list is fetched page by page", async () => {
    const { client, queryClient, accountId } = start();
    const options = infiniteListQuery(["members", accountId], (call) =>
      client.members.list(accountId, { ...call, limit: 3 }),
    );
    const observer = new InfiniteQueryObserver(queryClient, options);
    await observer.fetchNextPage();
    expect(observer.getCurrentResult()).toMatchObject({ hasNextPage: true });
    await observer.fetchNextPage();
    const { data, hasNextPage } = observer.getCurrentResult();
    expect(hasNextPage).toBe(false);
    expect(data?.pages.map(({ items }) => items.map(({ name }) => name))).toEqual([
      ["Ada", "Grace", "Barbara"],
      ["Frances"],
    ]);
  });

  it("another process can continue from the cursor of a cached page", async () => {
    const { client, queryClient, accountId } = start();
    const options = infiniteListQuery(["members", accountId], (call) =>
      client.members.list(accountId, { ...call, limit: 3 }),
    );
    const data = await queryClient.fetchInfiniteQuery(options);
    const elsewhere = new QueryClient();
    elsewhere.setQueryData(options.queryKey, JSON.parse(JSON.stringify(data)));
    const observer = new InfiniteQueryObserver(elsewhere, options);
    const { data: both } = await observer.fetchNextPage();
    expect(both?.pages.flatMap(({ items }) => items)).toHaveLength(4);
  });
});

describe("mutations", () => {
  it("a write makes only those queries stale that it touches", async () => {
    const { client, queryClient, accountId, vydon } = start();
    const { members } = vydonMutations(client, queryClient);
    const [, grace] = await queryClient.fetchQuery(vydon.members.list(accountId));
    await queryClient.fetchQuery(vydon.users.current());
    const remove = new MutationObserver(queryClient, members.remove);
    await remove.mutate({ accountId, userId: grace?.userId ?? "" });
    expect(isStale(queryClient, vydon.members.list(accountId).queryKey)).toBe(true);
    expect(isStale(queryClient, vydon.users.current().queryKey)).toBe(false);
    expect(members.remove.touches({ accountId, userId: "" })).toContainEqual(vydon.members.key(accountId));
  });

  it("a query on screen is fresh when the mutation has succeeded", async () => {
    const { client, queryClient, accountId, vydon } = start();
    const observer = new QueryObserver(queryClient, vydon.invites.list(accountId));
    const leave = observer.subscribe(() => {});
    await until(() => observer.getCurrentResult().isSuccess);
    const invite = new MutationObserver(queryClient, vydonMutations(client, queryClient).invites.create);
    await invite.mutate({ accountId, email: "jean@example.com", role: "job_viewer" });
    expect(observer.getCurrentResult().data).toMatchObject([{ email: "jean@example.com" }]);
    leave();
  });

  it("a write that fails makes no query stale, and throws the client's error", async () => {
    const { server, queryClient, accountId, vydon } = start();
    const eve = new VydonClient(server.vydon.signIn({ email: "eve@example.com" }).connect());
    await queryClient.fetchQuery(vydon.invites.list(accountId));
    const invite = new MutationObserver(queryClient, vydonMutations(eve, queryClient).invites.create);
    await expect(invite.mutate({ accountId, email: "eve@example.com" })).rejects.toThrow(
      PermissionDeniedError,
    );
    expect(isStale(queryClient, vydon.invites.list(accountId).queryKey)).toBe(false);
  });

  it("queries under another root do not become stale", async () => {
    const { client, queryClient, vydon } = start();
    const mine = vydonQueries(client, ["mine"]);
    await queryClient.fetchQuery(vydon.accounts.list());
    await queryClient.fetchQuery(mine.accounts.list());
    const { accounts } = vydonMutations(client, queryClient, ["mine"]);
    await new MutationObserver(queryClient, accounts.createTeam).mutate({ name: "other" });
    expect(isStale(queryClient, mine.accounts.list().queryKey)).toBe(true);
    expect(isStale(queryClient, vydon.accounts.list().queryKey)).toBe(false);
  });
});

function isStale(queryClient: QueryClient, queryKey: QueryKey): boolean | undefined {
  return queryClient.getQueryState(queryKey)?.isInvalidated;
}
