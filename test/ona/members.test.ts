import { InvalidArgumentError, type ListOptions, OnaClient } from "tenantry";
import { describe, expect, it } from "vitest";
import { failureOf } from "../support/promises.js";
import { untyped } from "../support/untyped.js";
import { clientWithResponse } from "./client-with-response.js";

describe("OnaClient.members.list()", () => {
  const page = (count: object | undefined, nextToken = "") => ({
    members: [{ userId: "user-1", memberSince: "2026-01-01T00:00:00Z" }],
    pagination: { nextToken },
    count,
  });

  it("returns a total only if the server's count is exact", async () => {
    const total = async (count: object | undefined) => {
      const { items, ...rest } = await clientWithResponse(page(count)).client.members.list("org-1", {
        count: true,
      });
      expect(items).toHaveLength(1);
      return rest;
    };
    expect(await total({ value: 17, relation: "COUNT_RESPONSE_RELATION_EQ" })).toEqual({
      cursor: undefined,
      total: 17,
    });
    expect(await total({ relation: "COUNT_RESPONSE_RELATION_EQ" })).toEqual({ cursor: undefined, total: 0 });
    expect(await total({ value: 17, relation: 1 })).toMatchObject({ total: 17 });
    for (const count of [
      { value: 10_000, relation: "COUNT_RESPONSE_RELATION_GTE" },
      { value: 17, relation: "COUNT_RESPONSE_RELATION_ROUGHLY" },
      { value: 17 },
      undefined,
    ]) {
      expect(await total(count)).not.toHaveProperty("total");
    }
  });

  it("requests the count only with `count: true`", async () => {
    const { client, requests } = clientWithResponse(page(undefined));
    await client.members.list("org-1");
    await client.members.list("org-1", { count: true });
    expect(requests.map(({ body }) => JSON.parse(body).count)).toEqual([undefined, { include: true }]);
  });

  it("sends the page token and the same search with each page", async () => {
    const sent: { pagination: unknown; filter: unknown }[] = [];
    const fetch: typeof globalThis.fetch = async (_url, init) => {
      sent.push(JSON.parse(String(init?.body)));
      return Response.json(page(undefined, sent.length < 3 ? `page-${sent.length + 1}` : ""));
    };
    const client = new OnaClient({ auth: "pat", fetch });
    const members = await client.members.list("org-1", { search: "ada", pageSize: 1 }).toArray();
    expect(members).toHaveLength(3);
    expect(sent.map(({ pagination }) => pagination)).toEqual([
      { token: "", pageSize: 1 },
      { token: "page-2", pageSize: 1 },
      { token: "page-3", pageSize: 1 },
    ]);
    for (const { filter } of sent) expect(filter).toMatchObject({ search: "ada" });
  });

  it("sorts in ascending order unless `descending` is true", async () => {
    const { client, requests } = clientWithResponse(page(undefined));
    await client.members.list("org-1", { sort: { field: "date_joined" } });
    await client.members.list("org-1", { sort: { field: "name", descending: true } });
    expect(requests.map(({ body }) => JSON.parse(body).sort)).toEqual([
      { field: "SORT_FIELD_DATE_JOINED", order: "SORT_ORDER_ASC" },
      { field: "SORT_FIELD_NAME", order: "SORT_ORDER_DESC" },
    ]);
  });

  it.each([
    [{ serach: "ada" }, "serach is not an option of a list. Did you mean search?"],
    [{ limt: 5 }, "limt is not an option of a list. Did you mean limit?"],
    [{ search: 5 }, "search must be a string"],
    [{ statuses: "active" }, "statuses must be a list"],
    [{ roles: ["boss"] }, "roles[0] must be one of"],
    [{ userIds: [""] }, "userIds[0] must be a string"],
    [{ excludeGroupIds: {} }, "excludeGroupIds must be a list"],
    [{ excludeMembersInAnyTeam: "yes" }, "excludeMembersInAnyTeam must be true or false"],
    [{ sort: null }, "sort must be an object"],
    [{ sort: { field: "size" } }, "sort.field must be one of"],
    [{ count: 1 }, "count must be true or false"],
  ])("rejects %o and sends nothing", async (options, text) => {
    const { client, requests } = clientWithResponse({});
    const list = client.members.list("org-1", untyped<ListOptions>(options));
    const error = await failureOf(list.toArray());
    expect(error).toBeInstanceOf(InvalidArgumentError);
    expect(error).toMatchObject({ message: expect.stringContaining(text) });
    expect(requests).toEqual([]);
  });
});
