import { QueryClient } from "@tanstack/query-core";
import { expect, it } from "vitest";
import { ApiError } from "../../../src/index.js";
import { apiMutation, type CacheEdit } from "../../../src/query/index.js";
import { failureOf } from "../../support/scripted.js";

const count: CacheEdit = { queryKey: ["a"], update: () => ({ n: 2 }) };
const broken: CacheEdit = {
  queryKey: ["b"],
  update() {
    throw new Error("the edit is wrong");
  },
};

function cache(plan: { shows?: CacheEdit[]; answers?: CacheEdit[] }) {
  const queryClient = new QueryClient();
  for (const key of ["a", "b"]) queryClient.setQueryData([key], { n: 1 });
  const { shows = [], answers = [] } = plan;
  const mutation = apiMutation(queryClient, {
    key: ["write"],
    run: async (_: string) => "done",
    touches: () => [["a"], ["b"]],
    shows: () => shows,
    answers: () => answers,
  });
  const states = () =>
    ["a", "b"].map((key) => {
      const state = queryClient.getQueryState([key]);
      return [state?.data, state?.isInvalidated];
    });
  return { mutation, states };
}

it("a change that cannot be shown as a whole is not shown, and its queries can be invalidated", async () => {
  const { mutation, states } = cache({ shows: [count, broken] });
  const { onMutate, onSettled } = mutation.optimistic;
  expect(await failureOf(onMutate("x"))).toMatchObject({ message: "the edit is wrong" });
  expect(states()).toEqual([
    [{ n: 1 }, false],
    [{ n: 1 }, false],
  ]);
  await onSettled(undefined, new ApiError("failed"), "x", undefined);
  expect(states()).toEqual([
    [{ n: 1 }, true],
    [{ n: 1 }, true],
  ]);
});

it.each(["withCache", "optimistic"] as const)(
  "an answer that cannot be written leaves no stale queries: %s",
  async (kind) => {
    const { mutation, states } = cache({ shows: [count], answers: [broken] });
    const shown = kind === "optimistic" ? await mutation.optimistic.onMutate("x") : undefined;
    const settled = mutation[kind].onSettled("done", null, "x", shown);
    expect(await failureOf(settled)).toMatchObject({ message: "the edit is wrong" });
    expect(states().map(([, isInvalidated]) => isInvalidated)).toEqual([true, true]);
  },
);
