import { QueryClient, QueryObserver } from "@tanstack/query-core";
import { List, VydonClient } from "tenantry";
import { createMockServer } from "tenantry/mock";
import { apiQuery, infiniteListQuery, listQuery, structuralSharing, vydonQueries } from "tenantry/query";
import { describe, expect, expectTypeOf, it } from "vitest";

/** Ada's team, with two invites that have dates, and an observer that renders when `data` changes. */
async function invitesOnScreen() {
  const server = createMockServer();
  server.seed({ vydon: { accounts: [{ name: "acme", members: [{ email: "ada@example.com" }] }] } });
  const accountId = server.vydon.account("acme").id;
  const client = new VydonClient(server.vydon.signIn({ email: "ada@example.com" }).connect());
  for (const email of ["grace@example.com", "jean@example.com"])
    await client.invites.create(accountId, { email });
  const queryClient = new QueryClient({ defaultOptions: { queries: { gcTime: 0 } } });
  const options = vydonQueries(client).invites.list(accountId);
  const observer = new QueryObserver(queryClient, { ...options, notifyOnChangeProps: ["data"] });
  await observer.refetch();
  let renders = 0;
  const leave = observer.subscribe(() => {
    renders += 1;
  });
  // The subscription itself fetches, because the data is stale at once.
  await observer.refetch();
  return { client, accountId, observer, leave, renders: () => renders };
}

describe("a refetch", () => {
  it("with the same dates renders nothing again", async () => {
    const { observer, leave, renders } = await invitesOnScreen();
    const before = observer.getCurrentResult().data;
    const { data } = await observer.refetch();
    expect(data).toHaveLength(2);
    expect(data?.[0]?.createdAt).toBeInstanceOf(Date);
    expect(data).toBe(before);
    expect(renders()).toBe(0);
    leave();
  });

  it("with a new item keeps the other items", async () => {
    const { client, accountId, observer, leave, renders } = await invitesOnScreen();
    const before = observer.getCurrentResult().data;
    await client.invites.create(accountId, { email: "barbara@example.com" });
    const { data } = await observer.refetch();
    expect(data).toHaveLength(3);
    expect(before).toHaveLength(2);
    for (const invite of before ?? []) expect(data).toContain(invite);
    expect(renders()).toBe(1);
    leave();
  });
});

it.each([
  ["apiQuery", apiQuery(["acme"], async () => new Date())],
  ["listQuery", listQuery(["acme"], () => new List(async () => ({ items: [new Date()], nextToken: "" })))],
  [
    "infiniteListQuery",
    infiniteListQuery(["acme"], () => new List(async () => ({ items: [], nextToken: "" }))),
  ],
])("%s has the option", (_, options) => {
  expect(options.structuralSharing).toBe(structuralSharing);
});

describe("structuralSharing", () => {
  const day = () => new Date("2025-06-01T00:00:00Z");

  it.each<[string, unknown, unknown]>([
    ["dates", day(), day()],
    ["dates in objects in lists", [{ at: day(), name: "a" }], [{ at: day(), name: "a" }]],
    ["invalid dates", new Date(Number.NaN), new Date(Number.NaN)],
    ["keys in another order", { a: 1, b: day() }, { b: day(), a: 1 }],
    ["objects without a prototype", Object.assign(Object.create(null), { a: day() }), { a: day() }],
    ["empty lists", { items: [] }, { items: [] }],
    ["NaN", { a: [Number.NaN] }, { a: [Number.NaN] }],
  ])("keeps equal %s", (_, before, after) => {
    expect(structuralSharing(before, after)).toBe(before);
  });

  it.each<[string, unknown, unknown]>([
    ["another date", { at: day() }, { at: new Date(0) }],
    ["a date in place of its text", { at: day().toISOString() }, { at: day() }],
    ["another key that is undefined", { a: 1, b: undefined }, { a: 1, c: undefined }],
    ["a key more", { a: 1 }, { a: 1, b: day() }],
    ["a key less", { a: 1, b: day() }, { a: 1 }],
    ["an item less", [day(), day()], [day()]],
    ["a list in place of an object", {}, []],
    ["null in place of an object", {}, null],
    ["no data before", undefined, { at: day() }],
    ["a key __proto__", JSON.parse('{"a":1}'), JSON.parse('{"__proto__":{"a":1}}')],
  ])("detects %s", (_, before, after) => {
    const copy = structuredClone(after);
    const shared = structuralSharing(before, after);
    expect(shared).toEqual(copy);
    expect(shared).not.toBe(before);
    expect(after).toEqual(copy);
  });

  it("keeps the parts that are equal, and changes neither of the two", () => {
    const before = { a: { at: day() }, b: [{ at: day() }, { at: day() }] };
    const after = { a: { at: day() }, b: [{ at: day() }, { at: new Date(0) }] };
    const whole = structuredClone({ before, after });
    const shared = structuralSharing(before, after);
    expect(shared.a).toBe(before.a);
    expect(shared.b[0]).toBe(before.b[0]);
    expect(shared.b[1]).not.toBe(before.b[1]);
    expect({ before, after }).toEqual(whole);
    expect(shared).toEqual(after);
  });

  it("treats other objects as changed unless they are the same object", () => {
    class Money {
      readonly cents = 1;
    }
    for (const [before, after] of [
      [new Map([["a", 1]]), new Map([["a", 1]])],
      [new Money(), new Money()],
      [() => 1, () => 1],
    ]) {
      expect(structuralSharing(before, after)).toBe(after);
    }
  });

  it("can be the default option of all queries", async () => {
    const client = new QueryClient({ defaultOptions: { queries: { structuralSharing, gcTime: Infinity } } });
    const query = { queryKey: ["day"], queryFn: async () => day() };
    const before = await client.fetchQuery(query);
    await client.fetchQuery(query);
    expect(client.getQueryData(query.queryKey)).toBe(before);
    expectTypeOf(structuralSharing<Date>).returns.toEqualTypeOf<Date>();
  });
});
