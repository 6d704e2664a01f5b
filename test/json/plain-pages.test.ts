import { FamClient, type List, OnaClient, VydonClient } from "tenantry";
import { createMockServer } from "tenantry/mock";
import { expect, it } from "vitest";
import { expectPlain } from "./expect-plain.js";

const server = createMockServer();
const email = "person-0@example.com";
const people = Array.from({ length: 30 }, (_, index) => ({ email: `person-${index}@example.com` }));
const joinable = ["north", "south", "west"].map((name) => ({ name, domain: "example.com" }));
server.seed({
  vydon: { accounts: [{ name: "acme", members: people }] },
  ona: {
    organizations: [
      ...joinable,
      { name: "acme", tier: "enterprise", members: [{ email, role: "admin" }, ...people.slice(1)] },
    ],
  },
  fam: { accounts: [{ name: "Acme", members: people }] },
});
const vydon = new VydonClient(server.vydon.signIn({ email }).connect());
const worker = new VydonClient(server.vydon.workerKey().connect());
const ona = new OnaClient(server.ona.signIn({ email, organization: "acme" }).connect());
const fam = new FamClient(server.fam.signIn({ email }).connect());
const [team, account] = [server.vydon.account("acme").id, server.fam.account("Acme").id];
const organization = server.ona.organization("acme").id;
const { paymentConfigurationId } = await fam.billing.getPaymentConfiguration(account);

/** Every method that returns a list. */
const lists: Record<string, () => List<unknown>> = {
  "vydon.accounts.list": () => vydon.accounts.list(),
  "vydon.members.list": () => vydon.members.list(team),
  "vydon.members.list with a limit": () => vydon.members.list(team, { limit: 2 }),
  "vydon.members.list with the limit 0": () => vydon.members.list(team, { limit: 0 }),
  "vydon.invites.list": () => vydon.invites.list(team),
  "vydon.billing.listAccounts": () => worker.billing.listAccounts(),
  "vydon.apiKeys.list": () => vydon.apiKeys.list(team),
  "ona.accounts.listJoinableOrganizations": () => ona.accounts.listJoinableOrganizations({ pageSize: 2 }),
  "ona.accounts.listLoginProviders": () => ona.accounts.listLoginProviders(),
  "ona.accounts.listSsoLogins": () => ona.accounts.listSsoLogins({ email }),
  "ona.members.list": () => ona.members.list(organization),
  "ona.billing.listUserUsage": () => ona.billing.listUserUsage(organization),
  "ona.tokens.list": () => ona.tokens.list(),
  "ona.domains.list": () => ona.domains.list(organization),
  "fam.accounts.list": () => fam.accounts.list(),
  "fam.members.list": () => fam.members.list(account),
  "fam.members.search": () => fam.members.search(account),
  "fam.invites.list": () => fam.invites.list(account),
  "fam.billing.listCards": () => fam.billing.listCards(paymentConfigurationId),
};

it("withResponse() returns no key `requestId` if the server sent none", async () => {
  const { headers, ...response } = await vydon.users.current().withResponse();
  expect(headers.get("x-request-id")).toBeNull();
  expectPlain(response);
});

it.each(Object.entries(lists))(
  "%s returns pages as plain objects without undefined keys",
  async (_name, list) => {
    expectPlain(await list());
    for await (const page of list().pages()) expectPlain(page);
  },
);
