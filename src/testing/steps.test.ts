import { expect, it } from "vitest";
import { memoryStore, refreshableToken } from "../core/tokens/index.js";
import { refreshSteps, withSteps } from "./steps.js";

function steppedSource() {
  const reached: string[] = [];
  const { store, refresh } = withSteps(
    { store: memoryStore(), refresh: async () => ({ accessToken: "new", refreshToken: "new-refresh" }) },
    async (step) => {
      reached.push(step);
    },
  );
  return { source: refreshableToken({ store, refresh }), reached };
}

it("a refresh reaches each step once, in their order", async () => {
  const { source, reached } = steppedSource();
  await source.accept({ accessToken: "old", refreshToken: "old-refresh" });
  expect(reached).toEqual([]);
  await source.token({ rejected: "old" });
  expect(reached).toEqual(refreshSteps);
});

it("a sign-in after a refresh reaches no step", async () => {
  const { source, reached } = steppedSource();
  await source.token({});
  const steps = reached.length;
  await source.accept({ accessToken: "other", refreshToken: "other-refresh" });
  expect(reached).toHaveLength(steps);
});
