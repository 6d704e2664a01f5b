import { FamClient, InvalidArgumentError, UnavailableError, UnexpectedResponseError } from "tenantry";
import { createMockServer, type FamOptions } from "tenantry/mock";
import { describe, expect, it } from "vitest";

/** An account of Ada's with many invited guests, in pages of three. */
function crowd(guests: number, options: FamOptions = { perPage: 3 }) {
  const server = createMockServer({ fam: options });
  const invites = Array.from({ length: guests }, (_, index) => ({ email: `guest-${index}@example.com` }));
  server.seed({ fam: { accounts: [{ name: "Acme", members: [{ email: "ada@example.com" }], invites }] } });
  const client = new FamClient(server.fam.signIn({ email: "ada@example.com" }).connect());
  const accountId = server.fam.account("Acme").id;
  const everybody = ["ada@example.com", ...invites.map(({ email }) => email)];
  const asked = () => server.calls.of("ListAccountMembers").map(({ request }) => request.page);
  return { server, client, accountId, everybody, asked };
}

const emails = (members: readonly { email: string }[]) => members.map(({ email }) => email);

describe("members.search", () => {
  it("fetches all pages, and none after the last", async () => {
    const { client, accountId, everybody, asked } = crowd(7);
    expect(emails(await client.members.search(accountId).toArray())).toEqual(everybody);
    expect(asked()).toEqual([1, 2, 3]);
  });

  it("recognizes a full last page as the last", async () => {
    const { client, accountId, everybody, asked } = crowd(5);
    expect(emails(await client.members.search(accountId).toArray())).toEqual(everybody);
    expect(asked()).toEqual([1, 2]);
  });

  it("has the total on every page", async () => {
    const { client, accountId } = crowd(7);
    const pages = [];
    for await (const { items, total } of client.members.search(accountId).pages()) {
      pages.push([items.length, total]);
    }
    expect(pages).toEqual([
      [3, 8],
      [3, 8],
      [2, 8],
    ]);
  });

  it("goes on from a page's cursor in another process", async () => {
    const { client, accountId, everybody, asked } = crowd(7);
    const { items, cursor } = await client.members.search(accountId);
    expect(emails(items)).toEqual(everybody.slice(0, 3));
    const stored: { cursor?: string } = JSON.parse(JSON.stringify({ cursor }));
    const rest = await client.members.search(accountId, {}, stored).toArray();
    expect(emails(rest)).toEqual(everybody.slice(3));
    expect(asked()).toEqual([1, 2, 3]);
  });

  it("stops at a limit, and goes on inside a page", async () => {
    const { client, accountId, everybody } = crowd(7);
    const some = await client.members.search(accountId, {}, { limit: 2 });
    expect(emails(some.items)).toEqual(everybody.slice(0, 2));
    const rest = await client.members.search(accountId, {}, { cursor: some.cursor }).toArray();
    expect(emails(rest)).toEqual(everybody.slice(2));
  });

  it("goes on from a failure's cursor, without loss or duplicates", async () => {
    const { server, client, accountId, everybody } = crowd(7);
    server.faults.inject({ method: "ListAccountMembers", code: "unavailable", after: 1, times: 4 });
    const seen: string[] = [];
    const error = await (async () => {
      for await (const { email } of client.members.search(accountId)) seen.push(email);
    })().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UnavailableError);
    const cursor = error instanceof UnavailableError ? error.cursor : undefined;
    const rest = await client.members.search(accountId, {}, { cursor }).toArray();
    expect([...seen, ...emails(rest)]).toEqual(everybody);
  });

  it("fetches one page ahead with `prefetch`", async () => {
    const { client, accountId, asked } = crowd(20);
    for await (const _ of client.members.search(accountId, {}, { prefetch: true })) {
      await client.accounts.get(accountId);
      break;
    }
    expect(asked()).toEqual([1, 2]);
  });

  it("returns the first match, or nothing", async () => {
    const { client, accountId, asked } = crowd(7);
    expect(await client.members.search(accountId).first()).toMatchObject({ email: "ada@example.com" });
    expect(await client.members.search(accountId, { query: "nobody" })).toStrictEqual({
      items: [],
      total: 0,
    });
    expect(asked()).toEqual([1, 1]);
  });

  it("sends query, filters and sort with every page", async () => {
    const { client, accountId } = crowd(7);
    const search = {
      query: "GUEST",
      statuses: ["invited"],
      relations: ["member"],
      sort: [{ field: "email", descending: true }],
    } as const;
    const found = await client.members.search(accountId, search).toArray();
    expect(found.map(({ email }) => email.slice(0, 7))).toEqual(
      [6, 5, 4, 3, 2, 1, 0].map((n) => `guest-${n}`),
    );
    expect(
      await client.members.search(accountId, { ...search, statuses: ["active"] }).first(),
    ).toBeUndefined();
  });

  it("ends if the list shrinks while it is read", async () => {
    const { server, client, accountId } = crowd(6);
    const members = client.members.search(accountId, { statuses: ["invited"] });
    const seen: string[] = [];
    for await (const { email, invitationId } of members) {
      seen.push(email);
      if (seen.length === 3) await client.invites.revoke(accountId, invitationId);
    }
    expect(seen).toHaveLength(5);
    expect(server.calls.of("ListAccountMembers")).toHaveLength(2);
  });

  it("returns an empty page after the end of a list that has shrunk", async () => {
    const before = crowd(7);
    const cursors: (string | undefined)[] = [];
    for await (const page of before.client.members.search(before.accountId).pages())
      cursors.push(page.cursor);
    const { client, accountId } = crowd(2);
    const page = await client.members.search(accountId, {}, { cursor: cursors[1] });
    expect(page).toStrictEqual({ items: [], total: 3 });
  });

  it("rejects a sort field that the server does not know", async () => {
    const { client, accountId } = crowd(1);
    const list = client.members.search(accountId, { sort: [{ field: "shoe_size" }] });
    await expect(list.toArray()).rejects.toBeInstanceOf(InvalidArgumentError);
  });
});

describe("members.search on a server that is not right", () => {
  const seven = Array.from({ length: 7 }, (_, index) => ({
    id: `id-${index}`,
    accountId: "acc-1",
    email: `guest-${index}@example.com`,
    createdAt: "2026-01-01T00:00:00Z",
  }));

  /** A client of a server that has seven members and returns such a page for each number. */
  function over(answer: (page: number) => object) {
    const asked: number[] = [];
    const fetch: typeof globalThis.fetch = async (_url, init) => {
      const { page } = JSON.parse(String(init?.body));
      asked.push(page);
      return Response.json({ perPage: 4, totalResults: "7", ...answer(page) });
    };
    return { client: new FamClient({ baseUrl: "https://fam.example.com", fetch }), asked };
  }

  /** What a loop gets before its error, if there is one. */
  async function loop({ client }: ReturnType<typeof over>) {
    const found: string[] = [];
    try {
      for await (const { email } of client.members.search("acc-1")) found.push(email);
    } catch (error) {
      return { found, error };
    }
    return { found, error: undefined };
  }

  const pageOf = (page: number) => seven.slice((page - 1) * 4, page * 4);

  it("because it counts its pages from 0, ends with an error that says what is missing", async () => {
    const { found, error } = await loop(over((page) => ({ members: pageOf(page + 1), page })));
    expect(found).toEqual(emails(seven.slice(4)));
    expect(error).toBeInstanceOf(UnexpectedResponseError);
    expect(error).toMatchObject({
      message: expect.stringContaining("counts 7 items, but sent 3 and then an empty page"),
    });
  });

  it("because it always says page 1, returns everything", async () => {
    const { found, error } = await loop(over((page) => ({ members: pageOf(page), page: 1 })));
    expect(error).toBeUndefined();
    expect(found).toEqual(emails(seven));
  });

  it("because it always sends page 1, ends with an error, and returns nothing twice", async () => {
    const { found, error } = await loop(over(() => ({ members: pageOf(1), page: 1 })));
    expect(found).toEqual(emails(seven.slice(0, 4)));
    expect(error).toMatchObject({
      name: "UnexpectedResponseError",
      message: expect.stringContaining("counts 7 items, but sent 4 and then the same page again"),
    });
  });

  it("because its total is far too large, ends with an error", async () => {
    const server = over((page) => ({ members: pageOf(page), page, totalResults: "1000000000" }));
    const { found, error } = await loop(server);
    expect(found).toEqual(emails(seven));
    expect(error).toBeInstanceOf(UnexpectedResponseError);
    expect(server.asked).toHaveLength(1_002);
  });
});
