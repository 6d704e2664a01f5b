import { FamClient, type List, OnaClient, VydonClient } from "tenantry";
import { createMockServer } from "tenantry/mock";
import { expect, it } from "vitest";
import { expectPlain } from "./expect-plain.js";

const server = createMockServer();
const people = Array.from({ length: 30 }, (_, index) => ({ email: `person-${index}@example.com` }));
const names = ["north", "south", "west"];
server.seed({
  vydon: { accounts: [{ name: "acme", members: people }] },
  ona: { organizations: names.map((name) => ({ name, domain: "example.com" })) },
  fam: { accounts: [{ name: "Acme", members: people }] },
});
const vydon = new VydonClient(server.vydon.signIn({ email: "person-0@example.com" }).connect());
const ona = new OnaClient(server.ona.signIn({ email: "person-0@example.com" }).connect());
const fam = new FamClient(server.fam.signIn({ email: "person-0@example.com" }).connect());
const [team, account] = [server.vydon.account("acme").id, server.fam.account("Acme").id];

/** A list of each kind of paging. */
const lists: Record<string, () => List<unknown>> = {
  "all items at once": () => vydon.members.list(team),
  "with a limit": () => vydon.members.list(team, { limit: 2 }),
  "with the limit 0": () => vydon.members.list(team, { limit: 0 }),
  "by page token": () => ona.accounts.listJoinableOrganizations({ pageSize: 2 }),
  "by page number": () => fam.members.search(account),
};

it("withResponse() returns no key `requestId` if the server sent none", async () => {
  const { headers, ...response } = await vydon.users.current().withResponse();
  expect(headers.get("x-request-id")).toBeNull();
  expectPlain(response);
});

it.each(Object.entries(lists))(
  "a list returns pages as plain objects without undefined keys: %s",
  async (_kind, list) => {
    expectPlain(await list());
    for await (const page of list().pages()) expectPlain(page);
  },
);
