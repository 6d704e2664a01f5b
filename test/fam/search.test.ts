import { FamClient } from "tenantry";
import { createMockServer } from "tenantry/mock";
import { describe, expect, it } from "vitest";

/** Creates an account that Ada owns, with many invited guests, in pages of three. */
function accountWithGuests(guests: number) {
  const server = createMockServer({ fam: { perPage: 3 } });
  const invites = Array.from({ length: guests }, (_, index) => ({ email: `guest-${index}@example.com` }));
  server.seed({ fam: { accounts: [{ name: "Acme", members: [{ email: "ada@example.com" }], invites }] } });
  const client = new FamClient(server.fam.signIn({ email: "ada@example.com" }).connect());
  const accountId = server.fam.account("Acme").id;
  const allEmails = ["ada@example.com", ...invites.map(({ email }) => email)];
  const requestedPages = () => server.calls.of("ListAccountMembers").map(({ request }) => request.page);
  return { client, accountId, allEmails, requestedPages };
}

const emails = (members: readonly { email: string }[]) => members.map(({ email }) => email);

describe("members.search", () => {
  it("fetches all pages, and stops after the last", async () => {
    const { client, accountId, allEmails, requestedPages } = accountWithGuests(7);
    expect(emails(await client.members.search(accountId).toArray())).toEqual(allEmails);
    expect(requestedPages()).toEqual([1, 2, 3]);
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

  it("returns an empty page for a cursor after the end of the list", async () => {
    const before = accountWithGuests(7);
    const cursors: (string | undefined)[] = [];
    for await (const page of before.client.members.search(before.accountId).pages())
      cursors.push(page.cursor);
    const { client, accountId } = accountWithGuests(2);
    const page = await client.members.search(accountId, {}, { cursor: cursors[1] });
    expect(page).toStrictEqual({ items: [], total: 3 });
  });
});
