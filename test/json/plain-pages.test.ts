import { describe, expect, it } from "vitest";
import { FamClient, type List, OnaClient, VydonClient } from "../../src/index.js";
import { createMockServer } from "../../src/mock/index.js";
import { expectPlain } from "./expect-plain.js";

const server = createMockServer();
const people = Array.from({ length: 30 }, (_, index) => ({ email: `person-${index}@example.com` }));
const names = ["north", "south", "west"];
server.seed({
  vydon: { accounts: [{ name: "acme", members: people }] },
  ona: { organizations: names.map((name) => ({ name, domain: "example.com" })) },
  fam: { accounts: [{ name: "Acme", members: people }] },
});
const email = "person-0@example.com";
const vydon = new VydonClient(server.vydon.signIn({ email }).connect());
const worker = new VydonClient(server.vydon.workerKey().connect());
const ona = new OnaClient(server.ona.signIn({ email }).connect());
const fam = new FamClient(server.fam.signIn({ email }).connect());
const [team, account] = [server.vydon.account("acme").id, server.fam.account("Acme").id];

/** Every method that returns a list. */
const lists: Record<string, () => List<unknown>> = {
  "vydon.accounts.list": () => vydon.accounts.list(),
  "vydon.members.list": () => vydon.members.list(team),
  "vydon.members.list with a limit": () => vydon.members.list(team, { limit: 2 }),
  "vydon.members.list with the limit 0": () => vydon.members.list(team, { limit: 0 }),
  "vydon.invites.list": () => vydon.invites.list(team),
  "vydon.billing.listAccounts": () => worker.billing.listAccounts(),
  "ona.accounts.listJoinableOrganizations": () => ona.accounts.listJoinableOrganizations({ pageSize: 2 }),
  "ona.accounts.listLoginProviders": () => ona.accounts.listLoginProviders(),
  "ona.accounts.listSsoLogins": () => ona.accounts.listSsoLogins({ email }),
  "fam.accounts.list": () => fam.accounts.list(),
  "fam.members.list": () => fam.members.list(account),
  "fam.members.search": () => fam.members.search(account),
  "fam.invites.list": () => fam.invites.list(account),
};

it("withResponse() returns no key `requestId` if the server sent none", async () => {
  const { headers, ...response } = await vydon.users.current().withResponse();
  expect(headers.get("x-request-id")).toBeNull();
  expectPlain(response);
});

describe.each(Object.entries(lists))("%s", (_name, list) => {
  it("returns pages as plain objects without undefined keys", async () => {
    expectPlain(await list());
    for await (const page of list().pages()) expectPlain(page);
  });
});
