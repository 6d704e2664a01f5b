import { MutationObserver, type QueryClient } from "@tanstack/query-core";
import { FamClient, OnaClient, VydonClient } from "tenantry";
import { createMockServer } from "tenantry/mock";
import {
  famMutations,
  famQueries,
  onaMutations,
  onaQueries,
  type TypedMutation,
  type TypedQuery,
  vydonMutations,
  vydonQueries,
} from "tenantry/query";
import { expect, it } from "vitest";
import { newQueryClient, type Watched, watch } from "./cache/world.js";

/** What is on screen before a write and after it, which must be what the server returns then. */
async function screens<Variables, Data>(
  queryClient: QueryClient,
  queries: readonly TypedQuery<unknown>[],
  mutation: TypedMutation<Variables, Data>,
  variables: Variables,
) {
  const watched = queries.map((query) => watch(queryClient, query));
  const cached = () => watched.map(({ cached }) => cached());
  const leave = watched.map(({ show }) => show());
  await Promise.all(watched.map(({ load }) => load()));
  const before = cached();
  await new MutationObserver(queryClient, mutation).mutate(variables);
  const after = cached();
  expect(after).toEqual(await Promise.all(watched.map(({ read }: Watched) => read())));
  for (const unsubscribe of leave) unsubscribe();
  return { before, after };
}

const ada = "ada@example.com";
const denied = "permission_denied";

/** A team of two with an invite for Barbara, and a page of it that a user sees. */
function team(email: string) {
  const server = createMockServer();
  const invites = [{ email: "barbara@example.com" }];
  server.seed({
    vydon: {
      accounts: [{ name: "acme", members: [{ email: ada }, { email: "grace@example.com" }], invites }],
    },
  });
  const { id: accountId } = server.vydon.account("acme");
  const client = new VydonClient({ ...server.vydon.signIn({ email }).connect(), retry: false });
  const { members, invites: open, permissions, billing, apiKeys } = vydonQueries(client);
  const resource = { type: "account", id: accountId, action: "read" } as const;
  const page: readonly TypedQuery<unknown>[] = [
    members.list(accountId),
    open.list(accountId),
    permissions.check(accountId, resource),
    billing.status(accountId),
    billing.validity(accountId),
    apiKeys.list(accountId),
  ];
  const queryClient = newQueryClient();
  return { server, client, queryClient, accountId, page, write: vydonMutations(client, queryClient) };
}

it("a member who leaves a Vydon team no longer sees its data", async () => {
  const { client, queryClient, accountId, page, write } = team(ada);
  const { id: userId } = await client.users.current();
  const { before, after } = await screens(queryClient, page, write.members.remove, { accountId, userId });
  expect(before).not.toContain(denied);
  expect(after).toEqual(page.map(() => denied));
});

it("a user who accepts a Vydon invite sees data that was refused before", async () => {
  const { server, queryClient, accountId, page, write } = team("barbara@example.com");
  const admin = new VydonClient(server.vydon.signIn({ email: ada }).connect());
  const [invite] = await admin.invites.list(accountId).toArray();
  const token = invite?.token ?? "";
  const { before, after } = await screens(queryClient, page, write.invites.accept, { token });
  expect(before).toEqual(page.map(() => denied));
  expect(after).not.toContain(denied);
});

it("a member who leaves an Ona organization no longer sees its data", async () => {
  const server = createMockServer();
  server.seed({
    ona: {
      organizations: [
        { name: "Acme", members: [{ email: ada, role: "admin" }, { email: "grace@example.com" }] },
      ],
    },
  });
  const { userId, organizationId, connect } = server.ona.signIn({
    email: "grace@example.com",
    organization: "Acme",
  });
  const client = new OnaClient({ ...connect(), retry: false });
  const { organizations, domains, tokens, identity, members } = onaQueries(client);
  const page: readonly TypedQuery<unknown>[] = [
    organizations.get(organizationId),
    domains.list(organizationId),
    members.list(organizationId),
    tokens.list(),
    identity.current(),
  ];
  const queryClient = newQueryClient();
  const { remove } = onaMutations(client, queryClient).members;
  const { before, after } = await screens(queryClient, page, remove, { organizationId, userId });
  expect(before).not.toContain("unauthenticated");
  expect(after).toEqual(page.map(() => "unauthenticated"));
});

it("a user who blocks their own Ona account no longer sees its data", async () => {
  const server = createMockServer();
  const { accountId, connect } = server.ona.signIn({ email: ada });
  const client = new OnaClient({ ...connect(), retry: false });
  const queries = onaQueries(client);
  const queryClient = newQueryClient();
  const { block } = onaMutations(client, queryClient).accounts;
  const page = [queries.identity.current()];
  const { before, after } = await screens(queryClient, page, block, { accountId, reason: "on leave" });
  expect([...before, ...after]).toEqual([expect.objectContaining({ subject: expect.anything() }), denied]);
});

it("a user who deletes a Fetch Ads Manager account no longer sees the accounts below it or its cards", async () => {
  const server = createMockServer();
  const members = [{ email: ada }];
  server.seed({
    fam: {
      accounts: [
        { name: "Acme", members, cards: [{ last4: "0001" }], accounts: [{ name: "Below", members }] },
      ],
    },
  });
  const client = new FamClient({ ...server.fam.signIn({ email: ada }).connect(), retry: false });
  const [accountId, below] = [server.fam.account("Acme").id, server.fam.account("Below").id];
  const { paymentConfigurationId } = await client.billing.getPaymentConfiguration(accountId);
  const fam = famQueries(client);
  const page: readonly TypedQuery<unknown>[] = [
    fam.members.list(below),
    fam.invites.list(below),
    fam.billing.getPaymentConfiguration(below),
    fam.billing.listCards(paymentConfigurationId),
  ];
  const queryClient = newQueryClient();
  const remove = famMutations(client, queryClient).accounts.delete;
  const { before, after } = await screens(queryClient, page, remove, { accountId });
  expect(before).not.toContain("not_found");
  expect(after).toEqual(page.map(() => "not_found"));
});
