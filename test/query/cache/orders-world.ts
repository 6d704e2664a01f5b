import { InfiniteQueryObserver, MutationObserver, QueryObserver } from "@tanstack/query-core";
import { FamClient, List } from "tenantry";
import { createMockServer } from "tenantry/mock";
import {
  apiMutation,
  apiQuery,
  type CacheEdit,
  editData,
  editItems,
  infiniteListQuery,
  listQuery,
} from "tenantry/query";
import { newQueryClient } from "./world.js";

/** A call on its way. The first step calls the server, the second delivers the response. */
interface Call {
  readonly write?: Write;
  step(outcome: Outcome): Promise<void>;
  isActed: boolean;
}

export type Outcome = "ok" | "refused" | "lost";

/** A write, and when it did what. The times count the events. */
export interface Write {
  readonly id: string;
  /** The new name. Undefined to delete the account. */
  readonly name: string | undefined;
  readonly form: "optimistic" | "withCache";
  readonly started: number;
  acted: number;
  ended: number;
  outcome: Outcome | undefined;
}

/** An account on screen. */
export interface Row {
  readonly id: string;
  readonly name: string;
}

const template = createMockServer();
const members = [{ email: "ada@example.com", relations: ["owner"] }];
template.seed({ fam: { accounts: ["a", "b", "c"].map((name) => ({ name, members })) } });

/** Three accounts in a list, in pages and each for itself. Each call waits for its two steps. */
export async function ordersWorld() {
  const server = template.fork();
  const client = new FamClient({
    ...server.fam.signIn({ email: "ada@example.com" }).connect(),
    clock: server.clock,
    retry: false,
  });
  const queryClient = newQueryClient();
  const calls: Call[] = [];
  const clock = { now: 0 };

  /** Makes a call in two steps. */
  const inSteps = <T>(run: () => Promise<T>, signal?: AbortSignal, write?: Write) =>
    new Promise<T>((resolve, reject) => {
      let respond = () => {};
      const leave = () => {
        const at = calls.indexOf(call);
        if (at >= 0) calls.splice(at, 1);
      };
      const call: Call = {
        ...(write && { write }),
        isActed: false,
        async step(outcome) {
          if (call.isActed) {
            leave();
            if (write) write.ended = clock.now;
            respond();
            return;
          }
          call.isActed = true;
          if (write) Object.assign(write, { acted: clock.now, outcome });
          if (outcome === "refused") server.faults.inject({ code: "permission_denied", times: 1 });
          if (outcome === "lost") server.faults.inject({ wire: "lost_response", times: 1 });
          await run().then(
            (value) => {
              respond = () => resolve(value);
            },
            (reason: unknown) => {
              if (write && outcome === "ok") write.outcome = "refused"; // it was deleted
              respond = () => reject(reason);
            },
          );
        },
      };
      calls.push(call);
      signal?.addEventListener("abort", () => {
        leave();
        reject(signal.reason);
      });
    });

  const rows = async (): Promise<Row[]> =>
    (await client.accounts.list().toArray()).map(({ id, name }) => ({ id, name }));
  const list = listQuery(["list"], ({ signal }) => inList(() => inSteps(rows, signal)));
  const pages = infiniteListQuery(["pages"], ({ signal, cursor }) =>
    inPages(() => inSteps(rows, signal), cursor),
  );
  const start = await rows();
  const one = (id: string) =>
    apiQuery(["one", id], ({ signal }) =>
      inSteps(async () => (await rows()).find((row) => row.id === id) ?? null, signal),
    );
  const first = one(start[0]?.id ?? "");

  const plan = apiMutation(queryClient, {
    key: ["write"],
    run: (write: Write) =>
      inSteps<unknown>(
        async () =>
          write.name === undefined
            ? client.accounts.delete(write.id)
            : client.accounts.update(write.id, { name: write.name }),
        undefined,
        write,
      ),
    touches: () => [["list"], ["pages"], ["one"]],
    optimisticEdits: ({ id, name }): CacheEdit[] => {
      const change = (row: Row) => (row.id !== id ? row : name === undefined ? undefined : { ...row, name });
      return [
        editItems(["list"], change),
        editItems(["pages"], change),
        editData(one(id).queryKey, (row) => (row && change(row)) ?? null),
      ];
    },
  });

  const pageObserver = new InfiniteQueryObserver(queryClient, pages);
  const observers = {
    list: new QueryObserver(queryClient, list),
    pages: pageObserver,
    one: new QueryObserver(queryClient, first),
  };
  return {
    queryClient,
    client,
    calls,
    clock,
    start,
    rows,
    views: [
      {
        key: list.queryKey,
        show: () => observers.list.subscribe(() => {}),
        load: () => queryClient.fetchQuery(list),
        rows: () => queryClient.getQueryData(list.queryKey),
        isWhole: true,
        ids: start.map(({ id }) => id),
      },
      {
        key: pages.queryKey,
        show: () => observers.pages.subscribe(() => {}),
        load: () => queryClient.fetchInfiniteQuery(pages),
        rows: () => queryClient.getQueryData(pages.queryKey)?.pages.flatMap(({ items }) => items),
        isWhole: false,
        ids: start.map(({ id }) => id),
      },
      {
        key: first.queryKey,
        show: () => observers.one.subscribe(() => {}),
        load: () => queryClient.fetchQuery(first),
        rows: () => {
          const row = queryClient.getQueryData(first.queryKey);
          return row === undefined ? undefined : row === null ? [] : [row];
        },
        isWhole: true,
        ids: start.slice(0, 1).map(({ id }) => id),
      },
    ],
    /**
     * Only if the other pages are good: for TanStack Query one more page makes them all fresh, also after a failed refetch, and
     * instead of one that is under way.
     */
    nextPage: async () => {
      const { hasNextPage, isFetching, isError } = pageObserver.getCurrentResult();
      if (hasNextPage && !isFetching && !isError) await pageObserver.fetchNextPage();
    },
    write: (write: Write) => new MutationObserver(queryClient, plan[write.form]).mutate(write),
  };
}

function inList(read: () => Promise<Row[]>): List<Row> {
  return new List(async () => ({ items: await read(), nextToken: "", call: undefined }));
}

/** Two rows on a page. */
function inPages(read: () => Promise<Row[]>, cursor: string | undefined): List<Row> {
  return new List(
    async ({ token }) => {
      const all = await read();
      const at = Number(token);
      return {
        items: all.slice(at, at + 2),
        nextToken: at + 2 < all.length ? String(at + 2) : "",
        call: undefined,
      };
    },
    { cursor },
  );
}
