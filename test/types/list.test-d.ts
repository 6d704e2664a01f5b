import type { ApiError, CallOptions, List, ListOptions, Page, VydonClient, VydonMember } from "tenantry";
import { expectTypeOf, test } from "vitest";

declare const list: List<VydonMember>;
declare const client: VydonClient;

test("awaiting a list returns its first page", async () => {
  expectTypeOf(await list).toEqualTypeOf<Page<VydonMember>>();
  expectTypeOf<Awaited<List<number>>>().toEqualTypeOf<Page<number>>();
  expectTypeOf(list).toExtend<PromiseLike<Page<VydonMember>>>();
  expectTypeOf(list.then(({ items }) => items.length)).toEqualTypeOf<Promise<number>>();
});

test("iterating a list returns its items, or its pages", async () => {
  for await (const member of list) expectTypeOf(member).toEqualTypeOf<VydonMember>();
  for await (const page of list.pages()) expectTypeOf(page).toEqualTypeOf<Page<VydonMember>>();
  expectTypeOf(list).toExtend<AsyncIterable<VydonMember>>();
  // @ts-expect-error a list is iterated with `for await`
  for (const _ of list);
});

test("toArray() returns the items, and first() an item or undefined", async () => {
  expectTypeOf(await list.toArray()).toEqualTypeOf<VydonMember[]>();
  expectTypeOf(await list.toArray({ limit: 5 })).toEqualTypeOf<VydonMember[]>();
  expectTypeOf(await list.first()).toEqualTypeOf<VydonMember | undefined>();
});

test("a page has a cursor, or undefined after the last", async () => {
  const page = await list;
  expectTypeOf(page.cursor).toEqualTypeOf<string | undefined>();
  expectTypeOf(page.total).toEqualTypeOf<number | undefined>();
  expectTypeOf(page.items).toEqualTypeOf<VydonMember[]>();
});

test("a page and options are read-only", async () => {
  const page = await list;
  // @ts-expect-error
  page.items = [];
  // @ts-expect-error
  page.cursor = undefined;
  // @ts-expect-error
  page.total = 1;
  const options: ListOptions = {};
  // @ts-expect-error
  options.limit = 1;
  const frozen = { limit: 3, pageSize: 2 } as const;
  expectTypeOf(client.members.list("", frozen)).toEqualTypeOf<List<VydonMember>>();
});

test("the cursor of a page or an error is a valid option of the next list", async () => {
  const { cursor } = await list;
  client.members.list("", { cursor });
  const failed = (error: ApiError) => client.members.list("", { cursor: error.cursor });
  expectTypeOf(failed).returns.toEqualTypeOf<List<VydonMember>>();
});

test("unknown options do not compile", () => {
  client.members.list("", {
    pageSize: 1,
    limit: 1,
    prefetch: true,
    signal: AbortSignal.abort(),
    timeoutMs: 1,
  });
  // @ts-expect-error
  client.members.list("", { page_size: 10 });
  // @ts-expect-error
  client.members.list("", { page: 2 });
  // @ts-expect-error
  client.members.list("", { limit: "10" });
  // @ts-expect-error
  client.members.list("", { cursor: null });
  // @ts-expect-error `pageSize` is an option of the list
  list.toArray({ pageSize: 10 });
  // @ts-expect-error a call that returns no list has no pages
  client.members.remove("", "", { pageSize: 10 });
  expectTypeOf<ListOptions>().toExtend<CallOptions>();
});

test("an async function that returns a list resolves to its first page", () => {
  const members = async () => client.members.list("");
  expectTypeOf(members).returns.resolves.toEqualTypeOf<Page<VydonMember>>();
});
