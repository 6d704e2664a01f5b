import { dehydrate, hydrate, QueryClient, QueryObserver, skipToken } from "@tanstack/query-core";
import { apiMutation, apiQuery, editData, editItems } from "tenantry/query";
import { describe, expect, it } from "vitest";
import { settled } from "../../support/promises.js";
import { run, teamWorld } from "./team-world.js";
import { newQueryClient } from "./world.js";

describe("a pending change stays on screen", () => {
  it("if newer data is hydrated, as when a page of the server's arrives", async () => {
    const { queryClient, mutations, client, grace, barbara, roles, list, hold, server } = await teamWorld();
    const release = hold();
    server.faults.inject({ method: "SetUserRole", code: "permission_denied", times: 1 });
    const write = run(queryClient, mutations.members.setRole.optimistic, grace);
    await settled();
    const page = new QueryClient();
    const newer = (await client.members.list(grace.accountId).toArray()).map((member) =>
      member.userId === barbara.userId ? { ...member, role: "job_executor" as const } : member,
    );
    page.setQueryData(list.queryKey, newer, { updatedAt: Date.now() + 60_000 });
    hydrate(queryClient, dehydrate(page));
    expect(roles()).toEqual(["admin", "job_viewer", "job_executor"]);
    release();
    await write;
    expect(roles()).toEqual(["admin", "admin", "job_executor"]);
  });

  it("if the query is reset and fetched again", async () => {
    const { queryClient, mutations, grace, roles, list, hold } = await teamWorld();
    const release = hold();
    const write = run(queryClient, mutations.members.setRole.optimistic, grace);
    await settled();
    await queryClient.resetQueries();
    expect(roles()).toBeUndefined();
    await queryClient.fetchQuery(list);
    expect(roles()).toEqual(["admin", "job_viewer", "admin"]);
    release();
    await write;
  });

  it("if a query with a hash of its own is changed", async () => {
    const { queryClient, mutations, grace, list } = await teamWorld();
    queryClient.clear();
    await queryClient.fetchQuery({ ...list, queryKeyHashFn: (key) => `own:${JSON.stringify(key)}` });
    await run(queryClient, mutations.members.setRole.optimistic, grace);
    const [query, ...others] = queryClient.getQueryCache().getAll();
    expect(query?.state.data).toMatchObject([{}, { role: "job_viewer" }, {}]);
    expect(others).toEqual([]);
  });
});

describe("an optimistic mutation that has ended", () => {
  it.each(["succeeds", "fails"])("leaves no listener on the caches if it %s", async (outcome) => {
    const { queryClient, mutations, grace, server, hold } = await teamWorld();
    const caches = [queryClient.getMutationCache(), queryClient.getQueryCache()];
    if (outcome === "fails") server.faults.inject({ method: "SetUserRole", code: "permission_denied" });
    const release = hold();
    const write = run(queryClient, mutations.members.setRole.optimistic, grace);
    await settled();
    expect(caches.map((cache) => cache.hasListeners())).toEqual([true, true]);
    release();
    await write;
    expect(caches.map((cache) => cache.hasListeners())).toEqual([false, false]);
  });
});

describe("a component that", () => {
  it("selects a part of a list gets its changes", async () => {
    const { queryClient, mutations, grace, list, rolesOf } = await teamWorld();
    const observer = new QueryObserver(queryClient, { ...list, select: rolesOf, staleTime: Infinity });
    const leave = observer.subscribe(() => {});
    const write = run(queryClient, mutations.members.setRole.optimistic, grace);
    await settled();
    expect(observer.getCurrentResult().data).toEqual(["admin", "job_viewer", "admin"]);
    await write;
    leave();
  });

  it("shows placeholder data keeps it unchanged, and gets the server's data", async () => {
    const { queryClient, mutations, grace, list } = await teamWorld();
    const placeholder = queryClient.getQueryData(list.queryKey) ?? [];
    queryClient.clear();
    const observer = new QueryObserver(queryClient, { ...list, placeholderData: placeholder });
    const leave = observer.subscribe(() => {});
    await run(queryClient, mutations.members.setRole.optimistic, grace);
    expect(placeholder[1]?.role).toBe("admin");
    expect(observer.getCurrentResult()).toMatchObject({
      isPlaceholderData: false,
      data: [{}, { role: "job_viewer" }, {}],
    });
    leave();
  });

  it.each(["optimistic", "withCache"] as const)(
    "is disabled shows the change, fetches nothing, and is stale: %s",
    async (form) => {
      const { queryClient, mutations, grace, list, roles, server, isStale } = await teamWorld();
      const leave = new QueryObserver(queryClient, { ...list, enabled: false }).subscribe(() => {});
      server.calls.clear();
      await run(queryClient, mutations.members.setRole[form], grace);
      expect(roles()).toEqual(["admin", "job_viewer", "admin"]);
      expect(server.calls.of("GetTeamAccountMembers")).toHaveLength(0);
      expect(isStale()).toBe(true);
      leave();
    },
  );

  it("skips its query until an id is known compiles, and does not delay a write", async () => {
    const { queryClient, mutations, grace, list } = await teamWorld();
    queryClient.clear();
    const skipped = (id: string | undefined) =>
      new QueryObserver(queryClient, { ...list, queryFn: id === undefined ? skipToken : list.queryFn });
    const observer = skipped(undefined);
    const leave = observer.subscribe(() => {});
    await run(queryClient, mutations.members.setRole.optimistic, grace);
    expect(observer.getCurrentResult()).toMatchObject({ status: "pending", fetchStatus: "idle" });
    leave();
  });

  it.each([Infinity, 60_000])(
    "has data that is fresh for %d ms fetches it after a write",
    async (staleTime) => {
      const { queryClient, mutations, grace, list, server } = await teamWorld();
      const leave = new QueryObserver(queryClient, { ...list, staleTime }).subscribe(() => {});
      server.calls.clear();
      await run(queryClient, mutations.members.setRole.optimistic, grace);
      expect(server.calls.of("GetTeamAccountMembers")).toHaveLength(1);
      leave();
    },
  );

  it("writes undefined changes nothing", async () => {
    const { queryClient, mutations, grace, list, roles, hold } = await teamWorld();
    const release = hold();
    const write = run(queryClient, mutations.members.setRole.optimistic, grace);
    await settled();
    queryClient.setQueryData(list.queryKey, undefined);
    queryClient.setQueryData(list.queryKey, () => undefined);
    expect(roles()).toEqual(["admin", "job_viewer", "admin"]);
    release();
    await write;
    expect(roles()).toEqual(["admin", "job_viewer", "admin"]);
  });
});

it.each(["optimistic", "withCache"] as const)(
  "a result does not make data fresh that was stale before: %s",
  async (form) => {
    const queryClient = newQueryClient();
    const one = apiQuery(["one"], async () => ({ name: "a", size: 1 }));
    await queryClient.fetchQuery(one);
    await queryClient.invalidateQueries({ queryKey: one.queryKey });
    const rename = apiMutation(queryClient, {
      key: ["rename"],
      run: async (name: string) => name,
      touches: () => [],
      optimisticEdits: () => [],
      resultEdits: (name) => [editData(one.queryKey, (before) => ({ ...before, name }))],
    });
    await run(queryClient, rename[form], "b");
    expect(queryClient.getQueryState(one.queryKey)).toMatchObject({
      data: { name: "b" },
      isInvalidated: true,
    });
  },
);

it.each(["optimistic", "withCache"] as const)(
  "a call that returns nothing can have result edits: %s",
  async (form) => {
    const queryClient = newQueryClient();
    queryClient.setQueryData(["rows"], ["a", "b"]);
    const remove = apiMutation(queryClient, {
      key: ["remove"],
      run: async (_id: string): Promise<void> => {},
      touches: () => [],
      optimisticEdits: () => [],
      resultEdits: (_, id) => [editItems(["rows"], (row: string) => (row === id ? undefined : row))],
    });
    await run(queryClient, remove[form], "a");
    expect(queryClient.getQueryData(["rows"])).toEqual(["b"]);
  },
);

it("an infinite query of the user's own, with pages of another shape, stays as it is", async () => {
  const { queryClient, mutations, queries, grace, onServer } = await teamWorld();
  const own = [...queries.members.key(grace.accountId), "mine"];
  const data = { pages: [["ada"], { names: ["grace"] }, null], pageParams: [0, 1, 2] };
  queryClient.setQueryData(own, data);
  await run(queryClient, mutations.members.setRole.optimistic, grace);
  expect(queryClient.getQueryData(own)).toEqual(data);
  expect(await onServer()).toEqual(["admin", "job_viewer", "admin"]);
});
