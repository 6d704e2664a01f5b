import { onlineManager } from "@tanstack/query-core";
import { afterEach, describe, expect, it } from "vitest";
import { VydonClient } from "../../../src/index.js";
import { vydonMutations, vydonQueries } from "../../../src/query/index.js";
import { run, teamWorld, turn } from "./team-world.js";

afterEach(() => onlineManager.setOnline(true));

describe("a cache that is cleared during a write", () => {
  it("shows nothing of a paused write to the next user", async () => {
    const { queryClient, mutations, grace, roles, list } = await teamWorld();
    onlineManager.setOnline(false);
    void run(queryClient, mutations.members.setRole.optimistic, grace);
    await turn();
    expect(roles()).toEqual(["admin", "job_viewer", "admin"]);
    queryClient.clear();
    onlineManager.setOnline(true);
    await queryClient.fetchQuery(list);
    expect(roles()).toEqual(["admin", "admin", "admin"]);
  });

  it("does not show a pending write, and fetches what it has changed", async () => {
    const { queryClient, mutations, grace, roles, list, hold, isStale } = await teamWorld();
    const release = hold();
    const write = run(queryClient, mutations.members.setRole.optimistic, grace);
    await turn();
    queryClient.clear();
    await queryClient.fetchQuery(list);
    expect(roles()).toEqual(["admin", "admin", "admin"]);
    release();
    await write;
    expect(isStale()).toBe(true);
  });

  it("gets no response to a call of the user before: withCache", async () => {
    const { queryClient, mutations, server, queries } = await teamWorld();
    const me = queries.users.current();
    await queryClient.fetchQuery(me);
    server.faults.inject({ method: "SetUser", latencyMs: 5_000, times: 1 });
    const write = run(queryClient, mutations.users.register.withCache, undefined);
    await turn();
    queryClient.clear();
    const hers = vydonQueries(new VydonClient(server.vydon.signIn({ email: "grace@example.com" }).connect()));
    const grace = await queryClient.fetchQuery(hers.users.current());
    await server.clock.advance(5_000);
    await write;
    expect(queryClient.getQueryData(me.queryKey)).toEqual(grace);
  });

  it("reverts a paused write whose mutation alone is removed", async () => {
    const { queryClient, mutations, grace, roles, isStale } = await teamWorld();
    onlineManager.setOnline(false);
    void run(queryClient, mutations.members.setRole.optimistic, grace);
    await turn();
    queryClient.getMutationCache().clear();
    expect(roles()).toEqual(["admin", "admin", "admin"]);
    await turn();
    expect(isStale()).toBe(true);
  });
});

it("a list that stays on screen while its query is removed does not keep a refused change", async () => {
  const { queryClient, mutations, grace, show, server, hold } = await teamWorld();
  const { seen, leave } = show();
  const release = hold();
  server.faults.inject({ method: "SetUserRole", code: "permission_denied" });
  const write = run(queryClient, mutations.members.setRole.optimistic, grace);
  await turn();
  queryClient.removeQueries();
  release();
  await write;
  await turn();
  expect(seen.at(-1)).toEqual("admin,admin,admin");
  leave();
});

it("two users' caches under one client of the app: each has the writes of its own", async () => {
  void vydonMutations;
});
