import { MutationObserver } from "@tanstack/query-core";
import { FamClient, NetworkError } from "tenantry";
import { createMockServer } from "tenantry/mock";
import { famMutations, famQueries } from "tenantry/query";
import { describe, expect, it } from "vitest";
import { failureOf } from "../../support/promises.js";
import { newQueryClient } from "./world.js";

/** Ada's two accounts in the cache. None is on screen, so none is refetched. */
async function start() {
  const server = createMockServer();
  const members = [{ email: "ada@example.com", relations: ["owner"] }];
  server.seed({
    fam: {
      accounts: [
        { name: "Acme", members },
        { name: "Other", members },
      ],
    },
  });
  const client = new FamClient(server.fam.signIn({ email: "ada@example.com" }).connect());
  const queryClient = newQueryClient();
  const queries = famQueries(client);
  const accountId = server.fam.account("Acme").id;
  const [account, list, members1, members2] = [
    queries.accounts.get(accountId),
    queries.accounts.list(),
    queries.members.list(accountId),
    queries.members.list(server.fam.account("Other").id),
  ] as const;
  await queryClient.fetchQuery(account);
  await queryClient.fetchQuery(list);
  await queryClient.fetchQuery(members1);
  await queryClient.fetchQuery(members2);
  server.calls.clear();
  const isStale = ({ queryKey }: { queryKey: readonly unknown[] }) =>
    queryClient.getQueryState(queryKey)?.isInvalidated;
  const write = famMutations(client, queryClient);
  return { server, queryClient, queries, accountId, account, list, members1, members2, isStale, write };
}

describe("withCache", () => {
  it("writes the response into the queries that contain it", async () => {
    const { server, queryClient, accountId, account, list, isStale, write } = await start();
    const rename = new MutationObserver(queryClient, write.accounts.update.withCache);
    const renamed = await rename.mutate({ accountId, name: "Ajax" });
    expect(queryClient.getQueryData(account.queryKey)).toEqual(renamed);
    expect(queryClient.getQueryData(list.queryKey)?.map(({ name }) => name)).toEqual(["Ajax", "Other"]);
    expect(isStale(list)).toBe(true);
    expect(server.calls.count).toBe(1);
  });

  it("creates no query", async () => {
    const { queryClient, account, accountId, write } = await start();
    queryClient.removeQueries({ queryKey: account.queryKey });
    await new MutationObserver(queryClient, write.accounts.update.withCache).mutate({
      accountId,
      name: "Ajax",
    });
    expect(queryClient.getQueryData(account.queryKey)).toBeUndefined();
  });

  it("makes only the lists of the account stale", async () => {
    const { queryClient, accountId, members1, members2, account, isStale, write } = await start();
    const invite = new MutationObserver(queryClient, write.invites.create.withCache);
    await invite.mutate({ accountId, email: "grace@example.com", relations: ["admin"] });
    expect([members1, members2, account].map(isStale)).toEqual([true, false, false]);
  });

  it("makes nothing stale after a call that was not sent", async () => {
    const { server, queryClient, list, isStale, write } = await start();
    const rename = new MutationObserver(queryClient, write.accounts.update.withCache);
    await expect(rename.mutate({ accountId: "", name: "Ajax" })).rejects.toMatchObject({ attempts: 0 });
    expect(server.calls.count).toBe(0);
    expect(isStale(list)).toBe(false);
  });

  it.each([
    ["a lost response", { wire: "lost_response" }, "NetworkError", true],
    ["a body that ends early", { wire: "cut_body" }, "NetworkError", true],
    ["a deadline", { latencyMs: 300_000 }, "DeadlineExceededError", true],
    ["a server that is not available", { code: "unavailable" }, "UnavailableError", true],
    ["a refusal", { code: "permission_denied" }, "PermissionDeniedError", false],
  ] as const)(
    "after %s, the queries that it touches are stale if the server may have acted",
    async (_failure, fault, name, stale) => {
      const { server, queryClient, account, isStale, write } = await start();
      server.faults.inject({ method: "fam.CreateAccount", ...fault });
      const create = new MutationObserver(queryClient, write.accounts.create.withCache);
      await expect(create.mutate({ name: "New" })).rejects.toMatchObject({ name });
      expect(isStale(account)).toBe(stale);
    },
  );

  it("allows an onSuccess and onError of the user", async () => {
    const { server, queryClient, accountId, write, isStale, list } = await start();
    const seen: string[] = [];
    const rename = new MutationObserver(queryClient, {
      ...write.accounts.update.withCache,
      onSuccess: ({ name }) => void seen.push(name),
      onError: ({ code }) => void seen.push(code),
    });
    await rename.mutate({ accountId, name: "Ajax" });
    expect(isStale(list)).toBe(true);
    await queryClient.fetchQuery(list);
    server.faults.inject({ method: "UpdateAccount", code: "internal" });
    await failureOf(rename.mutate({ accountId, name: "Apex" }));
    expect(isStale(list)).toBe(true);
    expect(seen).toEqual(["Ajax", "internal"]);
  });
});

it("without withCache, a mutation writes nothing into the cache, and a failure makes nothing stale", async () => {
  const { server, queryClient, accountId, account, list, isStale, write } = await start();
  await new MutationObserver(queryClient, write.accounts.update).mutate({ accountId, name: "Ajax" });
  expect(queryClient.getQueryData(account.queryKey)).toMatchObject({ name: "Acme" });
  expect(isStale(list)).toBe(true);
  await queryClient.fetchQuery(list);
  server.faults.inject({ wire: "lost_response" });
  await expect(
    new MutationObserver(queryClient, write.accounts.create).mutate({ name: "New" }),
  ).rejects.toBeInstanceOf(NetworkError);
  expect(isStale(list)).toBe(false);
});
