import { MutationObserver, type QueryClient, QueryObserver } from "@tanstack/query-core";
import { expect, expectTypeOf, it, vi } from "vitest";
import { ApiError, VydonClient } from "../../../src/index.js";
import { createMockServer } from "../../../src/mock/index.js";
import { apiMutation, editData, vydonMutations, vydonQueries } from "../../../src/query/index.js";
import { failureOf } from "../../support/promises.js";
import { newQueryClient, quiet } from "./world.js";

/** Ada's team, and its list of members on screen. Each call waits at a gate, in the order of the calls. */
async function start() {
  const server = createMockServer();
  const members = ["ada", "grace", "barbara"].map((name) => ({ email: `${name}@example.com` }));
  server.seed({ vydon: { accounts: [{ name: "acme", members }] } });
  const accountId = server.vydon.account("acme").id;
  const gates: (() => void)[] = [];
  let gated = false;
  const { auth } = server.vydon.signIn({ email: "ada@example.com" }).connect();
  const client = new VydonClient({
    baseUrl: "https://vydon.example.com",
    auth,
    clock: server.clock,
    fetch: async (input, init) => {
      if (gated) await new Promise<void>((open) => gates.push(open));
      return server.fetch(input, init);
    },
  });
  const queryClient = newQueryClient();
  const queries = vydonQueries(client);
  const list = queries.members.list(accountId);
  const observer = new QueryObserver(queryClient, list);
  const leave = observer.subscribe(() => {});
  const [, grace, barbara] = await queryClient.fetchQuery({ ...list, staleTime: Infinity });
  await quiet(queryClient);
  gated = true;
  return {
    server,
    client,
    accountId,
    queryClient,
    queries,
    write: vydonMutations(client, queryClient),
    ofGrace: { accountId, userId: grace?.userId ?? "" },
    ofBarbara: { accountId, userId: barbara?.userId ?? "" },
    roles: () => observer.getCurrentResult().data?.map(({ role }) => role),
    /** Waits for a number of calls, and lets the one at `index` through. */
    pass: async (count: number, index: number) => {
      await vi.waitUntil(() => gates.length >= count, { interval: 1 });
      gates[index]?.();
    },
    passAll: () => {
      gated = false;
      for (const open of gates) open();
    },
    gates,
    leave,
  };
}

function run<Variables, Data, Context>(
  queryClient: QueryClient,
  options: ConstructorParameters<typeof MutationObserver<Data, ApiError, Variables, Context>>[1],
  variables: Variables,
) {
  return new MutationObserver(queryClient, options).mutate(variables);
}

it("shows the change before the server responds", async () => {
  const { queryClient, write, ofGrace, roles, passAll, leave, server } = await start();
  const done = run(queryClient, write.members.setRole.optimistic, { ...ofGrace, role: "job_viewer" });
  await vi.waitUntil(() => roles()?.[1] === "job_viewer");
  expect(server.calls.of("SetUserRole")).toHaveLength(0);
  passAll();
  await done;
  expect(roles()).toEqual(["admin", "job_viewer", "admin"]);
  leave();
});

it("a failure reverts only its own change", async () => {
  const { queryClient, write, ofGrace, ofBarbara, roles, pass, passAll, leave, server } = await start();
  server.faults.inject({ method: "SetUserRole", code: "permission_denied", times: 1 });
  const setRole = write.members.setRole.optimistic;
  const first = failureOf(run(queryClient, setRole, { ...ofGrace, role: "job_viewer" }));
  const second = run(queryClient, setRole, { ...ofBarbara, role: "job_executor" });
  await vi.waitUntil(() => roles()?.[2] === "job_executor");
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
  const { queryClient, write, ofGrace, roles, pass, passAll, leave } = await start();
  const setRole = write.members.setRole.optimistic;
  const first = run(queryClient, setRole, { ...ofGrace, role: "job_viewer" });
  const second = run(queryClient, setRole, { ...ofGrace, role: "job_executor" });
  await pass(2, 0);
  await first;
  expect(roles()?.[1]).toBe("job_executor");
  passAll();
  await second;
  expect(roles()?.[1]).toBe("job_executor");
  leave();
});

it("only the last of several writes fetches the list that they share", async () => {
  const { queryClient, write, ofGrace, ofBarbara, pass, passAll, leave, server } = await start();
  server.calls.clear();
  const first = run(queryClient, write.members.remove.optimistic, ofGrace);
  const second = run(queryClient, write.members.remove.optimistic, ofBarbara);
  await pass(2, 1);
  await second;
  expect(server.calls.of("GetTeamAccountMembers")).toHaveLength(0);
  passAll();
  await first;
  expect(server.calls.of("GetTeamAccountMembers")).toHaveLength(1);
  leave();
});

it("a refetch under way is canceled, and does not bring the old data back", async () => {
  const { queryClient, queries, accountId, write, ofGrace, roles, pass, passAll, leave } = await start();
  const refetch = queryClient.refetchQueries({ queryKey: queries.members.key(accountId) });
  await pass(1, -1);
  const done = run(queryClient, write.members.setRole.optimistic, { ...ofGrace, role: "job_viewer" });
  await pass(2, 0);
  await refetch;
  expect(roles()?.[1]).toBe("job_viewer");
  passAll();
  await done;
  leave();
});

it("a failure does not overwrite data that was written in the meantime", async () => {
  const { queryClient, queries, accountId, write, ofGrace, pass, leave, server, gates, passAll } =
    await start();
  server.faults.inject({ method: "SetUserRole", code: "permission_denied" });
  const { queryKey } = queries.members.list(accountId);
  const failed = run(queryClient, write.members.setRole.optimistic, { ...ofGrace, role: "job_viewer" });
  await pass(1, -1);
  queryClient.setQueryData(queryKey, (members) => members?.map((member) => ({ ...member, name: "New" })));
  gates[0]?.();
  // The refetch waits at the gate.
  await pass(2, -1);
  const names = queryClient.getQueryData(queryKey)?.map(({ name, role }) => `${name}: ${role}`);
  expect(names?.[0]).toBe("New: admin");
  passAll();
  await expect(failed).rejects.toThrow(ApiError);
  leave();
});

it("a cache that was emptied stays empty", async () => {
  const { queryClient, write, ofGrace, pass, passAll, leave, server } = await start();
  server.faults.inject({ method: "SetUserRole", code: "permission_denied" });
  const failed = run(queryClient, write.members.setRole.optimistic, { ...ofGrace, role: "job_viewer" });
  await pass(1, -1);
  leave();
  queryClient.removeQueries();
  passAll();
  await expect(failed).rejects.toThrow(ApiError);
  expect(queryClient.getQueryCache().getAll()).toEqual([]);
});

it("code that waits for a first fetch gets its data", async () => {
  const { queryClient, queries, accountId, write, passAll, pass, leave } = await start();
  const onboarding = queries.accounts.getOnboarding(accountId);
  const loaded = queryClient.fetchQuery(onboarding);
  await pass(1, -1);
  const variables = { accountId, hasCompletedOnboarding: true };
  const done = run(queryClient, write.accounts.setOnboarding.optimistic, variables);
  passAll();
  expect(await loaded).toMatchObject({ hasCompletedOnboarding: expect.any(Boolean) });
  await done;
  // It may be from before the write.
  expect(queryClient.getQueryState(onboarding.queryKey)?.isInvalidated).toBe(true);
  leave();
});

it("a mutation that resumes after a reload has no change to revert", async () => {
  const { queryClient, write, ofGrace, leave, passAll } = await start();
  passAll();
  const { onSettled } = write.members.setRole.optimistic;
  const stored = JSON.parse(
    JSON.stringify(await write.members.setRole.optimistic.onMutate({ ...ofGrace, role: "admin" })),
  );
  expect(stored).toEqual({});
  await onSettled(undefined, null, { ...ofGrace, role: "admin" }, stored);
  await quiet(queryClient);
  leave();
});

it("only mutations whose change is known before the response have an optimistic form", async () => {
  const { queryClient, client, queries, accountId, write, leave } = await start();
  expect("optimistic" in write.members.setRole).toBe(true);
  expect("optimistic" in write.accounts.createTeam).toBe(false);
  expectTypeOf(write.accounts.createTeam).not.toHaveProperty("optimistic");
  const observer = new MutationObserver(queryClient, write.members.setRole.optimistic);
  expectTypeOf(observer.getCurrentResult().error).toEqualTypeOf<ApiError | null>();

  const own = apiMutation(queryClient, {
    key: ["acme", "setUp"],
    run: () => client.accounts.setOnboarding(accountId, { hasCompletedOnboarding: true }),
    touches: () => [queries.accounts.key(accountId)],
    shows: () => [
      editData(queries.accounts.getOnboarding(accountId).queryKey, (config) => {
        expectTypeOf(config.hasCreatedJob).toEqualTypeOf<boolean>();
        return { ...config, hasCompletedOnboarding: true };
      }),
    ],
  });
  expectTypeOf(own).toHaveProperty("optimistic");
  leave();
});
