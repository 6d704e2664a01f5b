import { MutationCache, QueryClient } from "@tanstack/query-core";
import { ApiError } from "tenantry";
import { apiMutation, apiQuery, editItems } from "tenantry/query";
import { expect, it } from "vitest";
import { settled } from "../../support/promises.js";
import { run } from "./team-world.js";

/** A cache with the rows "a" and "b", and writes to them without variables. The test ends each call: with an error, or without. */
async function heldWrites(queryClient = new QueryClient()) {
  const list = apiQuery(["rows"], async () => ["a", "b"]);
  await queryClient.fetchQuery(list);
  const ends: ((error?: ApiError) => void)[] = [];
  return {
    queryClient,
    ends,
    rows: () => queryClient.getQueryData(list.queryKey),
    /** A write that adds "!" to a row. */
    shout: (row: string) =>
      apiMutation(queryClient, {
        key: ["shout", row],
        run: () =>
          new Promise<void>((resolve, reject) => {
            ends.push((error) => (error ? reject(error) : resolve()));
          }),
        touches: () => [],
        optimisticEdits: () => [
          editItems(["rows"], (each: string) => (each.startsWith(row) ? `${each}!` : each)),
        ],
      }),
  };
}

const refused = new ApiError("refused");

it("two writes that begin together revert only their own change", async () => {
  // With this callback, TanStack Query calls the mutations' own `onMutate` later.
  const mutationCache = new MutationCache({ onMutate() {} });
  const { queryClient, shout, ends, rows } = await heldWrites(new QueryClient({ mutationCache }));
  const first = run(queryClient, shout("a").optimistic, undefined);
  const second = run(queryClient, shout("b").optimistic, undefined);
  await settled();
  ends[1]?.();
  await second;
  expect(rows()).toEqual(["a!", "b!"]);
  ends[0]?.(refused);
  await first;
  expect(rows()).toEqual(["a", "b!"]);
});

it.each([
  ["second", 0, 1],
  ["first", 1, 0],
])(
  "of two equal writes, the %s reverts its own change if it is refused, although the other one has succeeded",
  async (_, succeeds, fails) => {
    const { queryClient, shout, ends, rows } = await heldWrites();
    const { optimistic } = shout("a");
    const both = [run(queryClient, optimistic, undefined), run(queryClient, optimistic, undefined)];
    await settled();
    expect(rows()).toEqual(["a!!", "b"]);
    ends[succeeds]?.();
    await both[succeeds];
    ends[fails]?.(refused);
    await both[fails];
    expect(rows()).toEqual(["a!", "b"]);
  },
);

it.each(["plain", "withCache"] as const)("a refused %s write reverts no other change", async (form) => {
  const { queryClient, shout, ends, rows } = await heldWrites();
  const write = shout("a");
  const first = run(queryClient, form === "plain" ? write : write.withCache, undefined);
  const second = run(queryClient, write.optimistic, undefined);
  await settled();
  ends[0]?.(refused);
  await first;
  expect(rows()).toEqual(["a!", "b"]);
  ends[1]?.();
  await second;
  expect(rows()).toEqual(["a!", "b"]);
});

it("a refused write whose key and onSettled the user has replaced reverts its change", async () => {
  const { queryClient, shout, ends, rows } = await heldWrites();
  const own = { ...shout("a").optimistic, mutationKey: ["own"], onSettled: () => {} };
  const done = run(queryClient, own, undefined);
  await settled();
  expect(rows()).toEqual(["a!", "b"]);
  ends[0]?.(refused);
  await done;
  expect(rows()).toEqual(["a", "b"]);
});
