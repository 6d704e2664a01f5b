import { CancelledError, QueryClient } from "@tanstack/query-core";
import { expect, it } from "vitest";
import { List } from "../../src/index.js";
import { apiQuery, infiniteListQuery, listQuery } from "../../src/query/index.js";
import { failureOf } from "../support/promises.js";

/** Collects the signals of the calls that queries make. The calls never end. */
function hanging() {
  const signals: (AbortSignal | undefined)[] = [];
  const call = ({ signal }: { readonly signal?: AbortSignal | undefined }) => {
    signals.push(signal);
    return new Promise<never>(() => {});
  };
  return { signals, call };
}

it.each(["a call", "a list", "an infinite list"])(
  "a query of %s that is canceled ends its request",
  async (kind) => {
    const { signals, call } = hanging();
    const queryClient = new QueryClient();
    const list = (options: { readonly signal: AbortSignal }) => new List(() => call(options));
    const fetch = () => {
      if (kind === "a call") return queryClient.fetchQuery(apiQuery(["acme"], call));
      if (kind === "a list") return queryClient.fetchQuery(listQuery(["acme"], list));
      return queryClient.fetchInfiniteQuery(infiniteListQuery(["acme"], list));
    };
    const canceled = failureOf(fetch());
    await Promise.resolve();
    await queryClient.cancelQueries({ queryKey: ["acme"] });
    expect(await canceled).toBeInstanceOf(CancelledError);
    expect(signals.map((signal) => signal?.aborted)).toEqual([true]);
  },
);

it("queries leave retries to the client", () => {
  const { call } = hanging();
  const list = () => new List(() => call({}));
  expect(apiQuery(["acme"], call).retry).toBe(false);
  expect(listQuery(["acme"], list).retry).toBe(false);
  expect(infiniteListQuery(["acme"], list).retry).toBe(false);
});
