import { dehydrate, hydrate, MutationObserver, QueryClient } from "@tanstack/query-core";
import { ApiError } from "tenantry";
import { apiMutation, apiQuery, editData, editItems } from "tenantry/query";
import { expect, expectTypeOf, it } from "vitest";
import { deferred, settled } from "../../support/promises.js";
import { until } from "../../support/until.js";
import { run, teamWorld } from "./team-world.js";
import { newQueryClient, quiet } from "./world.js";

/** Ada's team, and its list of members on screen. Each call waits until the test lets it through. */
async function start() {
  const { show, holdAll, ...world } = await teamWorld();
  const { leave } = show();
  return { ...world, ...holdAll(), leave };
}

it("a write shows its change before the server responds", async () => {
  const { queryClient, mutations, grace, roles, passAll, leave, server } = await start();
  const done = run(queryClient, mutations.members.setRole.optimistic, grace);
  await until(() => roles()?.[1] === "job_viewer");
  expect(server.calls.of("SetUserRole")).toHaveLength(0);
  passAll();
  await done;
  expect(roles()).toEqual(["admin", "job_viewer", "admin"]);
  leave();
});

it("a failure reverts only its own change", async () => {
  const { queryClient, mutations, grace, barbara, roles, pass, passAll, leave, server } = await start();
  server.faults.inject({ method: "SetUserRole", code: "permission_denied", times: 1 });
  const setRole = mutations.members.setRole.optimistic;
  const first = run(queryClient, setRole, grace);
  const second = run(queryClient, setRole, barbara);
  await until(() => roles()?.[2] === "job_executor");
  expect(roles()).toEqual(["admin", "job_viewer", "job_executor"]);
  await pass(2, 0);
  expect(await first).toBeInstanceOf(ApiError);
  expect(roles()).toEqual(["admin", "admin", "job_executor"]);
  passAll();
  await second;
  expect(roles()).toEqual(["admin", "admin", "job_executor"]);
  leave();
});

it("of two changes to one member, the later shows, whichever ends first", async () => {
  const { queryClient, mutations, grace, roles, pass, passAll, leave } = await start();
  const setRole = mutations.members.setRole.optimistic;
  const first = run(queryClient, setRole, grace);
  const second = run(queryClient, setRole, { ...grace, role: "job_executor" });
  await pass(2, 0);
  await first;
  expect(roles()?.[1]).toBe("job_executor");
  passAll();
  await second;
  expect(roles()?.[1]).toBe("job_executor");
  leave();
});

it("only the last of several writes fetches the list that they share", async () => {
  const { queryClient, mutations, grace, barbara, pass, passAll, leave, server } = await start();
  server.calls.clear();
  const first = run(queryClient, mutations.members.remove.optimistic, grace);
  const second = run(queryClient, mutations.members.remove.optimistic, barbara);
  await pass(2, 1);
  await second;
  expect(server.calls.of("GetTeamAccountMembers")).toHaveLength(0);
  passAll();
  await first;
  expect(server.calls.of("GetTeamAccountMembers")).toHaveLength(1);
  leave();
});

it("a refetch under way is canceled, and does not bring the old data back", async () => {
  const { queryClient, queries, accountId, mutations, grace, roles, pass, passAll, leave } = await start();
  const refetch = queryClient.refetchQueries({ queryKey: queries.members.key(accountId) });
  await pass(1);
  const done = run(queryClient, mutations.members.setRole.optimistic, grace);
  await pass(2, 0);
  await refetch;
  expect(roles()?.[1]).toBe("job_viewer");
  passAll();
  await done;
  leave();
});

it("a failure does not overwrite data that was written in the meantime", async () => {
  const { queryClient, queries, accountId, mutations, grace, pass, leave, server, passAll } = await start();
  server.faults.inject({ method: "SetUserRole", code: "permission_denied" });
  const { queryKey } = queries.members.list(accountId);
  const failed = run(queryClient, mutations.members.setRole.optimistic, grace);
  await pass(1);
  queryClient.setQueryData(queryKey, (members) => members?.map((member) => ({ ...member, name: "New" })));
  await pass(1, 0);
  // The refetch waits at the gate.
  await pass(2);
  expect(queryClient.getQueryData(queryKey)?.map(({ name }) => name)).toEqual(["New", "New", "New"]);
  passAll();
  expect(await failed).toBeInstanceOf(ApiError);
  leave();
});

it("a cache that was emptied stays empty", async () => {
  const { queryClient, mutations, grace, pass, passAll, leave, server } = await start();
  server.faults.inject({ method: "SetUserRole", code: "permission_denied" });
  const failed = run(queryClient, mutations.members.setRole.optimistic, grace);
  await pass(1);
  leave();
  queryClient.removeQueries();
  passAll();
  expect(await failed).toBeInstanceOf(ApiError);
  expect(queryClient.getQueryCache().getAll()).toEqual([]);
});

it("code that waits for a first fetch gets its data", async () => {
  const { queryClient, queries, accountId, mutations, passAll, pass, leave } = await start();
  const onboarding = queries.accounts.getOnboarding(accountId);
  const loaded = queryClient.fetchQuery(onboarding);
  await pass(1);
  const variables = { accountId, hasCompletedOnboarding: true };
  const done = run(queryClient, mutations.accounts.setOnboarding.optimistic, variables);
  passAll();
  expect(await loaded).toMatchObject({ hasCompletedOnboarding: expect.any(Boolean) });
  await done;
  // It may be from before the write.
  expect(queryClient.getQueryState(onboarding.queryKey)?.isInvalidated).toBe(true);
  leave();
});

it("a mutation that resumes after a reload has no change to revert", async () => {
  const { queryClient, mutations, grace, leave, passAll } = await start();
  passAll();
  const { onSettled } = mutations.members.setRole.optimistic;
  const stored = JSON.parse(
    JSON.stringify(await mutations.members.setRole.optimistic.onMutate({ ...grace, role: "admin" })),
  );
  expect(stored).toEqual({});
  await onSettled(undefined, null, { ...grace, role: "admin" }, stored);
  await quiet(queryClient);
  leave();
});

it("only mutations whose change is known before the response have an optimistic form", async () => {
  const { queryClient, client, queries, accountId, mutations, leave } = await start();
  expect("optimistic" in mutations.members.setRole).toBe(true);
  expect("optimistic" in mutations.accounts.createTeam).toBe(false);
  expectTypeOf(mutations.accounts.createTeam).not.toHaveProperty("optimistic");
  const observer = new MutationObserver(queryClient, mutations.members.setRole.optimistic);
  expectTypeOf(observer.getCurrentResult().error).toEqualTypeOf<ApiError | null>();

  const own = apiMutation(queryClient, {
    key: ["acme", "setUp"],
    run: () => client.accounts.setOnboarding(accountId, { hasCompletedOnboarding: true }),
    touches: () => [queries.accounts.key(accountId)],
    optimisticEdits: () => [
      editData(queries.accounts.getOnboarding(accountId).queryKey, (config) => {
        expectTypeOf(config.hasCreatedJob).toEqualTypeOf<boolean>();
        return { ...config, hasCompletedOnboarding: true };
      }),
    ],
  });
  expectTypeOf(own).toHaveProperty("optimistic");
  leave();
});

it("a query that is added during a write shows it, and a failure reverts it there too", async () => {
  const [queryClient, other] = [new QueryClient(), new QueryClient()];
  await other.fetchQuery(apiQuery(["rows", 2], async () => ["a"]));
  const response = deferred();
  const upper = apiMutation(queryClient, {
    key: ["upper"],
    run: () => response.promise,
    touches: () => [],
    optimisticEdits: () => [editItems(["rows"], (row: string) => row.toUpperCase())],
  });
  const done = run(queryClient, upper.optimistic, undefined);
  await settled();
  hydrate(queryClient, dehydrate(other));
  expect(queryClient.getQueryData(["rows", 2])).toEqual(["A"]);
  response.reject(new ApiError("refused"));
  await done;
  expect(queryClient.getQueryData(["rows", 2])).toEqual(["a"]);
});

it("a plan whose edits are undefined has an optimistic form that shows nothing", async () => {
  const queryClient = new QueryClient();
  const isOn = queryClient.isFetching() > 0;
  const plan = {
    key: ["nothing"],
    run: async () => "done",
    touches: () => [],
    optimisticEdits: isOn ? () => [] : undefined,
  };
  expect(await run(queryClient, apiMutation(queryClient, plan).optimistic, undefined)).toBe("done");
});

it("a change does not make the data newer: it gets stale when it would without the change", async () => {
  const { queryClient, mutations, grace, list, hold } = await teamWorld();
  queryClient.setQueryData(list.queryKey, (members) => members, { updatedAt: 1_000 });
  const release = hold();
  const done = run(queryClient, mutations.members.setRole.optimistic, grace);
  await settled();
  expect(queryClient.getQueryState(list.queryKey)?.dataUpdatedAt).toBe(1_000);
  release();
  await done;
  expect(queryClient.getQueryState(list.queryKey)?.dataUpdatedAt).toBe(1_000);
});

it("a write's result replaces its own change, although an earlier write is still pending", async () => {
  const queryClient = newQueryClient();
  const queryKey = ["names"];
  queryClient.setQueryData(queryKey, ["ada", "grace"]);
  const ends: (() => void)[] = [];
  const { optimistic } = apiMutation(queryClient, {
    key: ["rename"],
    run: ({ to }: { from: string; to: string }) =>
      new Promise<string>((resolve) => ends.push(() => resolve(to.toUpperCase()))),
    touches: () => [],
    optimisticEdits: ({ from, to }) => [
      editItems(queryKey, (name: string) => (name.toLowerCase() === from ? to : name)),
    ],
    resultEdits: (result, { to }) => [editItems(queryKey, (name: string) => (name === to ? result : name))],
  });
  const first = run(queryClient, optimistic, { from: "ada", to: "barbara" });
  const second = run(queryClient, optimistic, { from: "grace", to: "margaret" });
  await settled();
  ends[1]?.();
  await second;
  expect(queryClient.getQueryData(queryKey)).toEqual(["barbara", "MARGARET"]);
  ends[0]?.();
  await first;
  expect(queryClient.getQueryData(queryKey)).toEqual(["BARBARA", "MARGARET"]);
});
