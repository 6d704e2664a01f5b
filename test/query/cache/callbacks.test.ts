import { MutationCache, QueryClient } from "@tanstack/query-core";
import { describe, expect, it } from "vitest";
import { settled } from "../../support/promises.js";
import { run, teamWorld } from "./team-world.js";
import { quiet } from "./world.js";

function fail(): never {
  throw new Error("the user's mistake");
}

describe("a success is never reverted", () => {
  it("if the user's own onSuccess throws", async () => {
    const { queryClient, mutations, grace, roles, show } = await teamWorld();
    const { seen, leave } = show();
    await run(queryClient, { ...mutations.members.setRole.optimistic, onSuccess: fail }, grace);
    expect(roles()).toEqual(["admin", "job_viewer", "admin"]);
    await settled();
    expect(seen).toEqual(["admin,job_viewer,admin"]);
    leave();
  });

  it("if the user's own onSuccess throws, and no refetch can follow", async () => {
    const { queryClient, mutations, server, grace, roles, isStale } = await teamWorld();
    const onSuccess = () => {
      server.faults.inject({ code: "unavailable" });
      fail();
    };
    await run(queryClient, { ...mutations.members.setRole.optimistic, onSuccess }, grace);
    expect(roles()).toEqual(["admin", "job_viewer", "admin"]);
    expect(isStale()).toBe(true);
  });

  it("if the onSuccess of the whole MutationCache throws", async () => {
    const world = await teamWorld(new QueryClient({ mutationCache: new MutationCache({ onSuccess: fail }) }));
    const { queryClient, mutations, grace, roles, show } = world;
    const { seen, leave } = show();
    await run(queryClient, mutations.members.setRole.optimistic, grace);
    expect(roles()).toEqual(["admin", "job_viewer", "admin"]);
    await settled();
    expect(seen).toEqual(["admin,job_viewer,admin"]);
    leave();
  });

  it("if the user's own onSettled throws after ours, while another write is pending", async () => {
    const { queryClient, mutations, grace, barbara, roles, hold } = await teamWorld();
    const { optimistic } = mutations.members.setRole;
    const onSettled = async (...settled: Parameters<typeof optimistic.onSettled>) => {
      await optimistic.onSettled(...settled);
      if (settled[1] === null) fail();
    };
    const release = hold();
    const second = run(queryClient, optimistic, barbara);
    await settled();
    await run(queryClient, { ...optimistic, onSettled }, grace);
    expect(roles()).toEqual(["admin", "job_viewer", "job_executor"]);
    release();
    await second;
    expect(roles()).toEqual(["admin", "job_viewer", "job_executor"]);
  });

  it("if the user's own onSuccess throws with withCache, but then the list is stale", async () => {
    const { queryClient, mutations, grace, isStale } = await teamWorld();
    await run(queryClient, { ...mutations.members.setRole.withCache, onSuccess: fail }, grace);
    expect(isStale()).toBe(true);
  });
});

describe("a failure is reverted", () => {
  it("if the user's own onError throws", async () => {
    const rejections: unknown[] = [];
    const note = (reason: unknown) => rejections.push(reason);
    process.on("unhandledRejection", note);
    const { queryClient, mutations, server, grace, roles } = await teamWorld();
    server.faults.inject({ method: "SetUserRole", code: "permission_denied" });
    await run(queryClient, { ...mutations.members.setRole.optimistic, onError: fail }, grace);
    expect(roles()).toEqual(["admin", "admin", "admin"]);
    await settled();
    process.off("unhandledRejection", note);
    // TanStack Query reports the error this way.
    expect(rejections).toEqual([new Error("the user's mistake")]);
  });

  it("if the user's own onSettled does not call ours", async () => {
    const { queryClient, mutations, server, grace, roles, isStale } = await teamWorld();
    server.faults.inject({ method: "SetUserRole", code: "permission_denied" });
    await run(queryClient, { ...mutations.members.setRole.optimistic, onSettled: () => {} }, grace);
    expect(roles()).toEqual(["admin", "admin", "admin"]);
    expect(isStale()).toBe(true);
  });
});

it("a success shows until the next fetch only, if the user's own onSettled does not call ours", async () => {
  const { queryClient, mutations, client, grace, roles, list } = await teamWorld();
  await run(queryClient, { ...mutations.members.setRole.optimistic, onSettled: () => {} }, grace);
  expect(roles()).toEqual(["admin", "job_viewer", "admin"]);
  await client.members.setRole(grace.accountId, grace.userId, "job_executor");
  await queryClient.fetchQuery(list);
  expect(roles()).toEqual(["admin", "job_executor", "admin"]);
});

it("a list on screen is fetched after a write, even if the user's own onSettled does not call ours", async () => {
  const { queryClient, mutations, server, grace, show } = await teamWorld();
  const { leave } = show();
  server.calls.clear();
  await run(queryClient, { ...mutations.members.setRole.optimistic, onSettled: () => {} }, grace);
  await settled();
  await quiet(queryClient);
  expect(server.calls.of("GetTeamAccountMembers")).toHaveLength(1);
  leave();
});
