import { dehydrate, hydrate, MutationObserver, onlineManager } from "@tanstack/query-core";
import { ApiError } from "tenantry";
import { apiMutation, apiQuery, editItems, vydonMutations } from "tenantry/query";
import { afterEach, describe, expect, it } from "vitest";
import { deferred, settled } from "../../support/promises.js";
import { run, teamWorld } from "./team-world.js";
import { newQueryClient } from "./world.js";

afterEach(() => onlineManager.setOnline(true));

describe("a write without a connection", () => {
  it("is shown until the connection is back, and then sent", async () => {
    const { queryClient, mutations, grace, roles, onServer } = await teamWorld();
    queryClient.mount();
    onlineManager.setOnline(false);
    const write = run(queryClient, mutations.members.setRole.optimistic, grace);
    await settled();
    expect(roles()).toEqual(["admin", "job_viewer", "admin"]);
    expect(await onServer()).toEqual(["admin", "admin", "admin"]);
    onlineManager.setOnline(true);
    await write;
    expect(await onServer()).toEqual(["admin", "job_viewer", "admin"]);
    queryClient.unmount();
  });

  it("does not delay another one that ends", async () => {
    const { queryClient, mutations, grace, barbara, roles } = await teamWorld();
    const paused = { ...mutations.members.setRole.optimistic, networkMode: "online" as const };
    const sent = { ...mutations.members.setRole.optimistic, networkMode: "always" as const };
    onlineManager.setOnline(false);
    void run(queryClient, paused, grace);
    await run(queryClient, sent, barbara);
    expect(roles()).toEqual(["admin", "job_viewer", "job_executor"]);
  });

  it.each(["optimistic", "withCache"] as const)("continues after a reload: %s", async (form) => {
    const { queryClient, client, mutations, grace, list, onServer } = await teamWorld();
    onlineManager.setOnline(false);
    void run(queryClient, mutations.members.setRole[form], grace);
    await settled();
    const stored = JSON.stringify(dehydrate(queryClient));

    const reloaded = newQueryClient();
    const { setRole } = vydonMutations(client, reloaded).members;
    reloaded.setMutationDefaults(setRole[form].mutationKey, setRole[form]);
    hydrate(reloaded, JSON.parse(stored));
    onlineManager.setOnline(true);
    await reloaded.resumePausedMutations();
    expect(await onServer()).toEqual(["admin", "job_viewer", "admin"]);
    expect(reloaded.getQueryState(list.queryKey)?.isInvalidated).toBe(true);
    expect(reloaded.getQueryData(list.queryKey)?.map(({ role }) => role)).toEqual([
      "admin",
      "job_viewer",
      "admin",
    ]);
  });
});

it("a failed write after a reload reverts no other one with the same variables", async () => {
  const queryClient = newQueryClient();
  const list = apiQuery(["rows"], async () => ["a", "b"]);
  await queryClient.fetchQuery(list);
  const response = deferred();
  const plan = (key: string, to: string | undefined) =>
    apiMutation(queryClient, {
      key: [key],
      run: (_id: string) => response.promise,
      touches: () => [["rows"]],
      optimisticEdits: (id) => [editItems(["rows"], (row: string) => (row === id ? to : row))],
    }).optimistic;
  const renamed = run(queryClient, plan("rename", "renamed"), "a");
  await settled();
  await plan("remove", undefined).onSettled(undefined, new ApiError("refused"), "a", {});
  expect(queryClient.getQueryData(list.queryKey)).toEqual(["renamed", "b"]);
  response.resolve();
  await renamed;
});

it("a write whose callback throws does not confirm another one with the same variables", async () => {
  const queryClient = newQueryClient();
  const list = apiQuery(["rows"], async () => ["a", "b"]);
  await queryClient.fetchQuery(list);
  const plan = (key: string, from: string, run: () => Promise<void>) =>
    apiMutation(queryClient, {
      key: [key],
      run,
      touches: () => [],
      optimisticEdits: () => [editItems(["rows"], (row: string) => (row === from ? row.toUpperCase() : row))],
    }).optimistic;
  const response = deferred();
  const first = run(
    queryClient,
    plan("first", "a", () => response.promise),
    undefined,
  );
  await run(
    queryClient,
    plan("second", "b", async () => {}),
    undefined,
  );
  response.reject(new ApiError("refused"));
  await first;
  expect(queryClient.getQueryData(list.queryKey)).toEqual(["a", "B"]);
});

it("a write ends by itself after its component is gone or its mutation is reset", async () => {
  const { queryClient, mutations, server, grace, roles, hold, isStale } = await teamWorld();
  server.faults.inject({ method: "SetUserRole", code: "permission_denied" });
  const release = hold();
  const observer = new MutationObserver(queryClient, { ...mutations.members.setRole.optimistic, gcTime: 0 });
  const leave = observer.subscribe(() => {});
  const write = observer.mutate(grace).catch(() => "failed");
  await settled();
  observer.reset();
  leave();
  await settled();
  expect(roles()).toEqual(["admin", "job_viewer", "admin"]);
  release();
  await write;
  expect(roles()).toEqual(["admin", "admin", "admin"]);
  expect(isStale()).toBe(true);
});
