import { InfiniteQueryObserver, MutationObserver, QueryClient } from "@tanstack/query-core";
import { ApiError, List } from "tenantry";
import { apiMutation, editItems, infiniteListQuery } from "tenantry/query";
import { expect, it } from "vitest";
import { deferred, settled } from "../../support/promises.js";

const queryKey = ["rows"];

/** An infinite query on screen, of six pages with one row each, and a write that shows all rows in capitals. */
function start(options: { maxPages?: number } = {}) {
  const queryClient = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } });
  const server = { isDown: false, wait: Promise.resolve() };
  const query = infiniteListQuery(
    queryKey,
    (listOptions) =>
      new List<string>(async ({ token }) => {
        await server.wait;
        if (server.isDown) throw new ApiError("down");
        const page = Number(token);
        return { items: [`row ${page}`], nextToken: page < 5 ? `${page + 1}` : "" };
      }, listOptions),
  );
  const observer = new InfiniteQueryObserver(queryClient, {
    ...query,
    ...(options.maxPages && { maxPages: options.maxPages, getPreviousPageParam: () => undefined }),
  });
  const leave = observer.subscribe(() => {});
  const response = deferred();
  const capitals = apiMutation(queryClient, {
    key: ["capitals"],
    run: () => response.promise,
    touches: () => [queryKey],
    optimisticEdits: () => [editItems(queryKey, (row: string) => row.toUpperCase())],
  });
  return {
    queryClient,
    server,
    observer,
    leave,
    /** Starts the write. `end` ends its call, with an error or without. */
    write: () => ({
      done: new MutationObserver(queryClient, capitals.optimistic)
        .mutate(undefined)
        .catch((error: unknown) => error),
      end: (error?: ApiError) => (error ? response.reject(error) : response.resolve()),
    }),
    rows: () => observer.getCurrentResult().data?.pages.flatMap(({ items }) => items),
  };
}

it("a refused write is reverted also on pages that have moved, because of `maxPages`", async () => {
  const { server, observer, leave, write, rows } = start({ maxPages: 2 });
  await observer.refetch();
  await observer.fetchNextPage();
  const { done, end } = write();
  await settled();
  await observer.fetchNextPage();
  expect(rows()).toEqual(["ROW 1", "ROW 2"]);
  server.isDown = true;
  end(new ApiError("refused"));
  await done;
  expect(rows()).toEqual(["row 1", "row 2"]);
  leave();
});

it("a write does not cancel the fetch of a further page", async () => {
  const { server, observer, leave, write, rows } = start();
  await observer.refetch();
  const page = deferred();
  server.wait = page.promise;
  const next = observer.fetchNextPage();
  const { done, end } = write();
  await settled();
  page.resolve();
  await next;
  expect(rows()).toEqual(["ROW 0", "ROW 1"]);
  end();
  await done;
  expect(rows()).toEqual(["row 0", "row 1"]);
  leave();
});

it.each([
  ["is refused", new ApiError("refused"), ["pushed", "row 1"]],
  ["succeeds", undefined, ["PUSHED", "ROW 1"]],
])("a page that other code has written during a write stays if the write %s", async (_, error, expected) => {
  const { queryClient, server, observer, leave, write, rows } = start();
  await observer.refetch();
  await observer.fetchNextPage();
  const { done, end } = write();
  await settled();
  queryClient.setQueryData<{ pages: { items: string[] }[] }>(
    queryKey,
    (data) => data && { ...data, pages: [{ items: ["pushed"] }, ...data.pages.slice(1)] },
  );
  server.isDown = true;
  end(error);
  await done;
  expect(rows()).toEqual(expected);
  leave();
});
