import { MutationObserver, QueryClient } from "@tanstack/query-core";
import { apiMutation, type CacheEdit } from "tenantry/query";
import { expect, it } from "vitest";
import { failureOf } from "../../support/promises.js";

const count: CacheEdit = { queryKey: ["a"], update: () => ({ n: 2 }) };
const broken: CacheEdit = {
  queryKey: ["b"],
  update() {
    throw new Error("the edit is wrong");
  },
};

function cache(plan: { optimisticEdits?: CacheEdit[]; resultEdits?: CacheEdit[] }) {
  const queryClient = new QueryClient();
  for (const key of ["a", "b"]) queryClient.setQueryData([key], { n: 1 });
  const { optimisticEdits = [], resultEdits = [] } = plan;
  const mutation = apiMutation(queryClient, {
    key: ["write"],
    run: async (_: string) => "done",
    touches: () => [["a"], ["b"]],
    optimisticEdits: () => optimisticEdits,
    resultEdits: () => resultEdits,
  });
  const states = () =>
    ["a", "b"].map((key) => {
      const state = queryClient.getQueryState([key]);
      return [state?.data, state?.isInvalidated];
    });
  return { queryClient, mutation, states };
}

it("a change that cannot be shown as a whole is not shown, and its queries are stale", async () => {
  const { queryClient, mutation, states } = cache({ optimisticEdits: [count, broken] });
  const write = new MutationObserver(queryClient, mutation.optimistic).mutate("x");
  expect(await failureOf(write)).toMatchObject({ message: "the edit is wrong" });
  expect(states()).toEqual([
    [{ n: 1 }, true],
    [{ n: 1 }, true],
  ]);
});

it.each(["withCache", "optimistic"] as const)(
  "a result that cannot be written leaves its queries stale: %s",
  async (form) => {
    const { queryClient, mutation, states } = cache({ optimisticEdits: [count], resultEdits: [broken] });
    const write = new MutationObserver(queryClient, mutation[form]).mutate("x");
    expect(await failureOf(write)).toMatchObject({ message: "the edit is wrong" });
    expect(states()).toEqual([
      [{ n: 2 }, true],
      [{ n: 1 }, true],
    ]);
  },
);
