import { onlineManager } from "@tanstack/query-core";
import { SessionChangedError, VydonClient } from "tenantry";
import { vydonMutations, vydonQueries } from "tenantry/query";
import { afterEach, describe, expect, it } from "vitest";
import { deferred, settled } from "../../support/promises.js";
import { run, teamWorld } from "./team-world.js";
import { newQueryClient } from "./world.js";

afterEach(() => onlineManager.setOnline(true));

describe("a cache that is cleared during a write", () => {
  it("shows nothing of a paused write to the next user", async () => {
    const { queryClient, mutations, grace, roles, list } = await teamWorld();
    onlineManager.setOnline(false);
    void run(queryClient, mutations.members.setRole.optimistic, grace);
    await settled();
    expect(roles()).toEqual(["admin", "job_viewer", "admin"]);
    queryClient.clear();
    onlineManager.setOnline(true);
    await queryClient.fetchQuery(list);
    expect(roles()).toEqual(["admin", "admin", "admin"]);
  });

  it("does not show a pending write, and is stale after it", async () => {
    const { queryClient, mutations, grace, roles, list, hold, isStale } = await teamWorld();
    const release = hold();
    const write = run(queryClient, mutations.members.setRole.optimistic, grace);
    await settled();
    queryClient.clear();
    await queryClient.fetchQuery(list);
    expect(roles()).toEqual(["admin", "admin", "admin"]);
    release();
    await write;
    expect(isStale()).toBe(true);
  });

  it("gets no response of the user before: withCache", async () => {
    const { queryClient, mutations, server, queries } = await teamWorld();
    const { queryKey } = queries.users.current();
    const arrival = deferred();
    const { mutationFn, ...register } = mutations.users.register.withCache;
    const late = async () => {
      const user = await mutationFn();
      await arrival.promise;
      return user;
    };
    const write = run(queryClient, { ...register, mutationFn: late }, undefined);
    await settled();
    queryClient.clear();
    const grace = new VydonClient(server.vydon.signIn({ email: "grace@example.com" }).connect());
    const hers = await queryClient.fetchQuery(vydonQueries(grace).users.current());
    arrival.resolve();
    await write;
    expect(queryClient.getQueryData(queryKey)).toEqual(hers);
    expect(queryClient.getQueryState(queryKey)?.isInvalidated).toBe(true);
  });

  it("reverts a paused write whose mutation alone is removed", async () => {
    const { queryClient, mutations, grace, roles, isStale } = await teamWorld();
    onlineManager.setOnline(false);
    void run(queryClient, mutations.members.setRole.optimistic, grace);
    await settled();
    queryClient.getMutationCache().clear();
    expect(roles()).toEqual(["admin", "admin", "admin"]);
    await settled();
    expect(isStale()).toBe(true);
  });
});

it("a list that stays on screen while its query is removed does not keep a refused change", async () => {
  const { queryClient, mutations, grace, show, server, hold } = await teamWorld();
  const { seen, leave } = show();
  const release = hold();
  server.faults.inject({ method: "SetUserRole", code: "permission_denied" });
  const write = run(queryClient, mutations.members.setRole.optimistic, grace);
  await settled();
  queryClient.removeQueries();
  release();
  await write;
  await settled();
  expect(seen.at(-1)).toEqual("admin,admin,admin");
  leave();
});

it("a write of a session that another user has replaced is reverted", async () => {
  const { queryClient, mutations, grace, roles, isStale, client, list } = await teamWorld();
  const { setRole } = mutations.members;
  const mutationFn = () => Promise.reject(new SessionChangedError("another user has signed in"));
  const reason = await run(queryClient, { ...setRole.optimistic, mutationFn }, grace);
  expect(reason).toBeInstanceOf(SessionChangedError);
  expect(roles()).toEqual(["admin", "admin", "admin"]);
  expect(isStale()).toBe(true);
  expect(await client.members.list(grace.accountId).toArray()).toEqual(
    queryClient.getQueryData(list.queryKey),
  );
});

it("two caches that share a client show only the writes of their own", async () => {
  const { queryClient: one, client, mutations, grace, barbara, list, rolesOf, hold } = await teamWorld();
  const other = newQueryClient();
  await other.fetchQuery(list);
  const releases = [hold(), hold()];
  const first = run(one, mutations.members.setRole.optimistic, grace);
  const second = run(other, vydonMutations(client, other).members.setRole.optimistic, barbara);
  await settled();
  const shown = [one, other].map((cache) => rolesOf(cache.getQueryData(list.queryKey)));
  expect(shown).toEqual([
    ["admin", "job_viewer", "admin"],
    ["admin", "admin", "job_executor"],
  ]);
  one.clear();
  expect(rolesOf(other.getQueryData(list.queryKey))).toEqual(["admin", "admin", "job_executor"]);
  for (const release of releases) release();
  await Promise.all([first, second]);
});

it.each(["optimistic", "withCache"] as const)(
  "a mutation that runs in another cache makes the queries of its own cache stale: %s",
  async (form) => {
    const { mutations, grace, roles, isStale } = await teamWorld();
    await run(newQueryClient(), mutations.members.setRole[form], grace);
    expect(isStale()).toBe(true);
    expect(roles()?.[1]).toBe(form === "optimistic" ? "job_viewer" : "admin");
  },
);
