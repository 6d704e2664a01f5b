import { ApiError, InvalidArgumentError, OnaClient } from "tenantry";
import { createMockServer } from "tenantry/mock";
import { describe, expect, it } from "vitest";

const names = Array.from({ length: 60 }, (_, index) => `organization ${index}`);

/** Creates a server with sixty organizations that Ada can join. */
function start() {
  const server = createMockServer();
  server.seed({ ona: { organizations: names.map((name) => ({ name, domain: "example.com" })) } });
  const session = server.ona.signIn({ email: "ada@example.com" });
  const { accounts } = new OnaClient({ ...session.connect(), retry: false });
  const sizes = () =>
    server.calls.of("ListJoinableOrganizations").map(({ request }) => request.pagination?.pageSize);
  return { server, session, accounts, sizes };
}

describe("a list of OnaClient with several pages", () => {
  it("returns every item, page after page", async () => {
    const { accounts, sizes } = start();
    const found: string[] = [];
    for await (const { organizationName } of accounts.listJoinableOrganizations())
      found.push(organizationName);
    expect(found).toEqual(names);
    expect(sizes()).toEqual([0, 0, 0]);
  });

  it("returns pages of the given size", async () => {
    const { accounts } = start();
    const pages: number[] = [];
    for await (const { items } of accounts.listJoinableOrganizations({ pageSize: 40 }).pages())
      pages.push(items.length);
    expect(pages).toEqual([40, 20]);
  });

  it("returns its first page when awaited, and the page's cursor works in another client", async () => {
    const { session, accounts } = start();
    const { items, cursor } = await accounts.listJoinableOrganizations({ pageSize: 10 });
    expect(items).toHaveLength(10);
    const elsewhere = new OnaClient(session.connect());
    const rest = await elsewhere.accounts.listJoinableOrganizations({ cursor }).toArray();
    expect(rest.map(({ organizationName }) => organizationName)).toEqual(names.slice(10));
  });

  it("toArray() returns all items or the first ones, and first() the first one", async () => {
    const { accounts, sizes } = start();
    const list = accounts.listJoinableOrganizations({ pageSize: 25 });
    expect(await list.toArray()).toHaveLength(60);
    expect(await list.toArray({ limit: 30 })).toHaveLength(30);
    expect((await list.first())?.organizationName).toBe("organization 0");
    expect(sizes()).toHaveLength(3 + 2 + 1);
  });

  it("stops at `limit`, and continues from the cursor", async () => {
    const { accounts } = start();
    const { items, cursor } = await accounts.listJoinableOrganizations({ limit: 7 });
    expect(items).toHaveLength(7);
    const next = await accounts.listJoinableOrganizations({ cursor, limit: 1 }).first();
    expect(next?.organizationName).toBe("organization 7");
  });

  it("fetches one page ahead with `prefetch`", async () => {
    const { accounts, sizes } = start();
    for await (const { organizationName } of accounts.listJoinableOrganizations({ prefetch: true })) {
      if (organizationName === "organization 24") break;
    }
    expect(sizes()).toHaveLength(2);
  });

  it("continues from an error's cursor without loss or duplicates", async () => {
    const { server, accounts } = start();
    server.faults.inject({ method: "ListJoinableOrganizations", code: "internal", after: 1, times: 1 });
    const found: string[] = [];
    let cursor: string | undefined;
    const collect = async () => {
      for await (const { organizationName } of accounts.listJoinableOrganizations({ cursor }))
        found.push(organizationName);
    };
    await collect().catch((error: unknown) => {
      if (error instanceof ApiError) cursor = error.cursor;
    });
    expect(found).toHaveLength(25);
    await collect();
    expect(found).toEqual(names);
  });

  it("rejects when its signal aborts", async () => {
    const { accounts } = start();
    const controller = new AbortController();
    const seen: string[] = [];
    const loop = async () => {
      for await (const { organizationName } of accounts.listJoinableOrganizations({
        signal: controller.signal,
      })) {
        seen.push(organizationName);
        if (seen.length === 30) controller.abort();
      }
    };
    await expect(loop()).rejects.toMatchObject({ cursor: expect.any(String) });
    expect(seen).toEqual(names.slice(0, 30));
  });

  it("rejects with InvalidArgumentError for a cursor with an unknown page token", async () => {
    const { accounts } = start();
    const list = accounts.listJoinableOrganizations({ cursor: "0:made up" });
    await expect(list.toArray()).rejects.toBeInstanceOf(InvalidArgumentError);
  });
});

describe("listSsoLogins() and listLoginProviders()", () => {
  it("fetch several pages", async () => {
    const { server, accounts } = start();
    for (const displayName of names) server.ona.addSso({ domain: "example.com", displayName });
    for (const provider of names) server.ona.addProvider({ provider });
    const logins = await accounts.listSsoLogins({ email: "ada@example.com" }, { pageSize: 7 }).toArray();
    expect(logins.map(({ displayName }) => displayName)).toEqual(names);
    const providers = await accounts.listLoginProviders({}, { pageSize: 7 }).toArray();
    expect(providers.map(({ provider }) => provider)).toEqual(names);
    expect(server.calls.of("ListLoginProviders")).toHaveLength(9);
  });
});

it("a list rejects after 1,000 empty pages in a row", async () => {
  let pages = 0;
  const fetch = async () => {
    pages += 1;
    return Response.json({ joinableOrganizations: [], pagination: { nextToken: `page-${pages}` } });
  };
  const { accounts } = new OnaClient({ auth: "t", fetch });
  for (const read of [
    () => accounts.listJoinableOrganizations().toArray(),
    () => accounts.listJoinableOrganizations().first(),
    () => accounts.listJoinableOrganizations({ prefetch: true }).toArray(),
  ]) {
    await expect(read()).rejects.toMatchObject({
      name: "UnexpectedResponseError",
      message: "The list does not end: 1000 pages in a row are empty.",
    });
  }
  expect(pages).toBeLessThan(3_010);
});
