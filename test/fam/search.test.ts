import { FamClient, InvalidArgumentError, UnexpectedResponseError } from "tenantry";
import { createMockServer, type FamOptions } from "tenantry/mock";
import { describe, expect, it } from "vitest";
import { apiErrorOf } from "../support/promises.js";

/** Creates an account that Ada owns, with many invited guests, in pages of three. */
function accountWithGuests(guests: number, options: FamOptions = { perPage: 3 }) {
  const server = createMockServer({ fam: options });
  const invites = Array.from({ length: guests }, (_, index) => ({ email: `guest-${index}@example.com` }));
  server.seed({ fam: { accounts: [{ name: "Acme", members: [{ email: "ada@example.com" }], invites }] } });
  const client = new FamClient(server.fam.signIn({ email: "ada@example.com" }).connect());
  const accountId = server.fam.account("Acme").id;
  const allEmails = ["ada@example.com", ...invites.map(({ email }) => email)];
  const requestedPages = () => server.calls.of("ListAccountMembers").map(({ request }) => request.page);
  return { server, client, accountId, allEmails, requestedPages };
}

const emails = (members: readonly { email: string }[]) => members.map(({ email }) => email);

describe("members.search", () => {
  it("fetches all pages, and stops after the last", async () => {
    const { client, accountId, allEmails, requestedPages } = accountWithGuests(7);
    expect(emails(await client.members.search(accountId).toArray())).toEqual(allEmails);
    expect(requestedPages()).toEqual([1, 2, 3]);
  });

  it("stops after the last page if that is full", async () => {
    const { client, accountId, allEmails, requestedPages } = accountWithGuests(5);
    expect(emails(await client.members.search(accountId).toArray())).toEqual(allEmails);
    expect(requestedPages()).toEqual([1, 2]);
  });

  it("returns the total on every page", async () => {
    const { client, accountId } = accountWithGuests(7);
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

  it("continues from a page's cursor, also after JSON", async () => {
    const { client, accountId, allEmails, requestedPages } = accountWithGuests(7);
    const { items, cursor } = await client.members.search(accountId);
    expect(emails(items)).toEqual(allEmails.slice(0, 3));
    const stored: { cursor?: string } = JSON.parse(JSON.stringify({ cursor }));
    const rest = await client.members.search(accountId, {}, stored).toArray();
    expect(emails(rest)).toEqual(allEmails.slice(3));
    expect(requestedPages()).toEqual([1, 2, 3]);
  });

  it("stops at `limit`, and continues inside a page from the cursor", async () => {
    const { client, accountId, allEmails } = accountWithGuests(7);
    const some = await client.members.search(accountId, {}, { limit: 2 });
    expect(emails(some.items)).toEqual(allEmails.slice(0, 2));
    const rest = await client.members.search(accountId, {}, { cursor: some.cursor }).toArray();
    expect(emails(rest)).toEqual(allEmails.slice(2));
  });

  it("continues from an error's cursor without loss or duplicates", async () => {
    const { server, client, accountId, allEmails } = accountWithGuests(7);
    server.faults.inject({ method: "ListAccountMembers", code: "unavailable", after: 1, times: 4 });
    const seen: string[] = [];
    const { code, cursor } = await apiErrorOf(
      (async () => {
        for await (const { email } of client.members.search(accountId)) seen.push(email);
      })(),
    );
    expect(code).toBe("unavailable");
    const rest = await client.members.search(accountId, {}, { cursor }).toArray();
    expect([...seen, ...emails(rest)]).toEqual(allEmails);
  });

  it("fetches one page ahead with `prefetch`", async () => {
    const { client, accountId, requestedPages } = accountWithGuests(20);
    for await (const _ of client.members.search(accountId, {}, { prefetch: true })) {
      await client.accounts.get(accountId);
      break;
    }
    expect(requestedPages()).toEqual([1, 2]);
  });

  it("first() returns the first match, and no match gives an empty page", async () => {
    const { client, accountId, requestedPages } = accountWithGuests(7);
    expect(await client.members.search(accountId).first()).toMatchObject({ email: "ada@example.com" });
    expect(await client.members.search(accountId, { query: "nobody" })).toStrictEqual({
      items: [],
      total: 0,
    });
    expect(requestedPages()).toEqual([1, 1]);
  });

  it("sends query, filters and sort with every page", async () => {
    const { client, accountId } = accountWithGuests(7);
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

  it("ends if the list becomes shorter during the iteration", async () => {
    const { server, client, accountId } = accountWithGuests(6);
    const members = client.members.search(accountId, { statuses: ["invited"] });
    const seen: string[] = [];
    for await (const { email, invitationId } of members) {
      seen.push(email);
      if (seen.length === 3) await client.invites.revoke(accountId, invitationId);
    }
    expect(seen).toHaveLength(5);
    expect(server.calls.of("ListAccountMembers")).toHaveLength(2);
  });

  it("returns an empty page for a cursor after the end of the list", async () => {
    const before = accountWithGuests(7);
    const cursors: (string | undefined)[] = [];
    for await (const page of before.client.members.search(before.accountId).pages())
      cursors.push(page.cursor);
    const { client, accountId } = accountWithGuests(2);
    const page = await client.members.search(accountId, {}, { cursor: cursors[1] });
    expect(page).toStrictEqual({ items: [], total: 3 });
  });

  it("rejects with InvalidArgumentError for an unknown sort field", async () => {
    const { client, accountId } = accountWithGuests(1);
    const list = client.members.search(accountId, { sort: [{ field: "shoe_size" }] });
    await expect(list.toArray()).rejects.toBeInstanceOf(InvalidArgumentError);
  });
});

describe("members.search on a server with incorrect pages", () => {
  const seven = Array.from({ length: 7 }, (_, index) => ({
    id: `id-${index}`,
    accountId: "acc-1",
    email: `guest-${index}@example.com`,
    createdAt: "2026-01-01T00:00:00Z",
  }));

  /** Creates a client of a server that has seven members and returns these fields for each page number. */
  function clientOf(answer: (page: number) => object) {
    const requestedPages: number[] = [];
    const fetch: typeof globalThis.fetch = async (_url, init) => {
      const { page } = JSON.parse(String(init?.body));
      requestedPages.push(page);
      return Response.json({ perPage: 4, totalResults: "7", ...answer(page) });
    };
    return { client: new FamClient({ baseUrl: "https://fam.example.com", fetch }), requestedPages };
  }

  /** Iterates over the members. Returns their emails, and the error if there is one. */
  async function loop({ client }: ReturnType<typeof clientOf>) {
    const found: string[] = [];
    try {
      for await (const { email } of client.members.search("acc-1")) found.push(email);
    } catch (error) {
      return { found, error };
    }
    return { found, error: undefined };
  }

  const pageOf = (page: number) => seven.slice((page - 1) * 4, page * 4);

  it("rejects with the number of missing items if the pages start at 0", async () => {
    const { found, error } = await loop(clientOf((page) => ({ members: pageOf(page + 1), page })));
    expect(found).toEqual(emails(seven.slice(4)));
    expect(error).toBeInstanceOf(UnexpectedResponseError);
    expect(error).toMatchObject({
      message: expect.stringContaining("counts 7 items, but sent 3 and then an empty page"),
    });
  });

  it("returns all members if the field `page` is always 1", async () => {
    const { found, error } = await loop(clientOf((page) => ({ members: pageOf(page), page: 1 })));
    expect(error).toBeUndefined();
    expect(found).toEqual(emails(seven));
  });

  it("rejects without duplicates if every page is the first page", async () => {
    const { found, error } = await loop(clientOf(() => ({ members: pageOf(1), page: 1 })));
    expect(found).toEqual(emails(seven.slice(0, 4)));
    expect(error).toMatchObject({
      name: "UnexpectedResponseError",
      message: expect.stringContaining("counts 7 items, but sent 4 and then the same page again"),
    });
  });

  it("rejects after 1,000 empty pages if the total is much too large", async () => {
    const tested = clientOf((page) => ({ members: pageOf(page), page, totalResults: "1000000000" }));
    const { found, error } = await loop(tested);
    expect(found).toEqual(emails(seven));
    expect(error).toBeInstanceOf(UnexpectedResponseError);
    expect(tested.requestedPages).toHaveLength(1_002);
  });
});
