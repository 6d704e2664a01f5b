import { dehydrate, InfiniteQueryObserver, MutationObserver } from "@tanstack/query-core";
import { List } from "tenantry";
import { apiMutation, apiQuery, editItems, infiniteListQuery } from "tenantry/query";
import { expect, it } from "vitest";
import { deferred, settled } from "../../support/promises.js";
import { newQueryClient } from "./world.js";

interface Row {
  readonly id: string;
  readonly name: string;
}

/** Two rows, and writes that the test lets succeed or fail. */
async function start() {
  const queryClient = newQueryClient();
  let rows: readonly Row[] = [
    { id: "1", name: "a" },
    { id: "2", name: "b" },
  ];
  const list = apiQuery(["rows", "list"], async () => rows);
  await queryClient.fetchQuery(list);
  const rename = apiMutation(queryClient, {
    key: ["rename"],
    run: async ({ done }: Row & { readonly done: Promise<void> }) => done,
    touches: () => [["rows"]],
    optimisticEdits: ({ id, name }) => [
      editItems(["rows"], (row: Row) => (row.id === id ? { ...row, name } : row)),
    ],
  });
  const write = (id: string, name: string, form: "optimistic" | "withCache" = "optimistic") => {
    const { promise, resolve, reject } = deferred<void>();
    const done = new MutationObserver(queryClient, rename[form])
      .mutate({ id, name, done: promise })
      .catch(() => "failed");
    return { done, succeed: resolve, fail: () => reject(new Error("refused")) };
  };
  return {
    queryClient,
    list,
    rename,
    write,
    names: () => queryClient.getQueryData(list.queryKey)?.map(({ name }) => name),
    onServer: (...next: readonly Row[]) => {
      rows = next;
    },
  };
}

it("a refetch that ends during a write keeps its change on screen", async () => {
  const { queryClient, list, write, names } = await start();
  const first = write("1", "new");
  await settled();
  await queryClient.fetchQuery(list);
  expect(names()).toEqual(["new", "b"]);
  first.fail();
  await first.done;
  expect(names()).toEqual(["a", "b"]);
});

it("a query that is first fetched during a write shows its change", async () => {
  const { queryClient, write } = await start();
  const first = write("1", "new");
  await settled();
  const other = apiQuery(["rows", "other"], async (): Promise<readonly Row[]> => [{ id: "1", name: "a" }]);
  await queryClient.fetchQuery(other);
  expect(queryClient.getQueryData(other.queryKey)).toEqual([{ id: "1", name: "new" }]);
  first.fail();
  await first.done;
  expect(queryClient.getQueryData(other.queryKey)).toEqual([{ id: "1", name: "a" }]);
});

it("a lost response does not revert a change that a refetch has confirmed", async () => {
  const { queryClient, list, write, names, onServer } = await start();
  const [first, second] = [write("1", "new"), write("2", "other")];
  await settled();
  onServer({ id: "1", name: "new" }, { id: "2", name: "other" });
  await queryClient.fetchQuery(list);
  first.fail();
  await settled();
  expect(names()).toEqual(["new", "other"]);
  second.succeed();
  await second.done;
});

it("a refetch from before a write does not revert its success while another write is pending", async () => {
  const { queryClient, list, write, names } = await start();
  const [first, second] = [write("1", "new"), write("2", "other")];
  await settled();
  const { promise, resolve } = deferred<readonly Row[]>();
  const refetch = queryClient.fetchQuery({ ...list, queryFn: ({ signal: _ }) => promise });
  first.succeed();
  await first.done;
  resolve([
    { id: "1", name: "a" },
    { id: "2", name: "b" },
  ]);
  await refetch;
  expect(names()).toEqual(["new", "other"]);
  second.succeed();
  await second.done;
});

it("a page that is fetched during a write does not keep its change after a failure", async () => {
  const { queryClient, write } = await start();
  const pages = infiniteListQuery(
    ["rows", "pages"],
    ({ cursor }) =>
      new List<Row>(
        async ({ token }) =>
          token === ""
            ? { items: [{ id: "1", name: "a" }], nextToken: "2" }
            : { items: [{ id: "2", name: "b" }], nextToken: "" },
        { cursor },
      ),
  );
  await queryClient.fetchInfiniteQuery(pages);
  const observer = new InfiniteQueryObserver(queryClient, { ...pages, staleTime: Infinity });
  const leave = observer.subscribe(() => {});
  const [first, second] = [write("1", "new"), write("2", "other")];
  await settled();
  await observer.fetchNextPage();
  first.fail();
  await settled();
  const names = queryClient
    .getQueryData(pages.queryKey)
    ?.pages.flatMap(({ items }) => items.map(({ name }) => name));
  expect(names).toEqual(["a", "other"]);
  second.succeed();
  await second.done;
  leave();
});

it("a later success of withCache shows over an earlier one of optimistic, while another write is pending", async () => {
  const { write, names } = await start();
  const [first, second] = [write("1", "old"), write("2", "other")];
  await settled();
  first.succeed();
  await first.done;
  const third = write("1", "new", "withCache");
  third.succeed();
  await third.done;
  expect(names()).toEqual(["new", "other"]);
  second.succeed();
  await second.done;
});

it("a cache that is stored during a write is stale after a reload", async () => {
  const { queryClient, write } = await start();
  const first = write("1", "new");
  await settled();
  expect(dehydrate(queryClient).queries.map(({ state }) => state.isInvalidated)).toEqual([true]);
  first.succeed();
  await first.done;
});

it("a change is reverted if the user's own onMutate fails after it", async () => {
  const { queryClient, rename, names } = await start();
  const own = new MutationObserver(queryClient, {
    ...rename.optimistic,
    onMutate: async (variables: Parameters<typeof rename.optimistic.onMutate>[0]) => {
      await rename.optimistic.onMutate(variables);
      throw new Error("the user's mistake");
    },
  });
  await own.mutate({ id: "1", name: "new", done: Promise.resolve() }).catch(() => "failed");
  expect(names()).toEqual(["a", "b"]);
});
