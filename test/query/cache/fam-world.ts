import { FamClient } from "tenantry";
import { createMockServer } from "tenantry/mock";
import { famMutations, famQueries } from "tenantry/query";
import { connection, pair } from "./connection.js";
import { newQueryClient, optimistic, type World, watch, watchPages } from "./world.js";

// Each world is a fork: a seed costs more than a test.
const template = createMockServer();
const members = [
  { email: "ada@example.com", relations: ["owner"] },
  { email: "grace@example.com", relations: ["owner"] },
];
const invites = [{ email: "eve@example.com" }, { email: "joan@example.com" }];
const cards = [{ last4: "0001" }, { last4: "0002" }, { last4: "0003" }];
template.seed({
  fam: { accounts: [{ name: "Acme", members, invites, cards, accounts: [{ name: "Below", members }] }] },
});

/** Ada's account with members, invites and cards, and an account below it. */
export async function famWorld(): Promise<World> {
  const server = template.fork();
  const accountId = server.fam.account("Acme").id;
  const below = server.fam.account("Below").id;
  const { fam } = server;
  const session = { signIn: () => fam.signIn({ email: "ada@example.com" }).token, revoke: fam.revoke };
  const { options, ...ways } = connection(server, session, famWrites);
  const client = new FamClient(options);
  const grace = new FamClient(server.fam.signIn({ email: "grace@example.com" }).connect());

  const queryClient = newQueryClient();
  const queries = famQueries(client);
  const write = famMutations(client, queryClient);
  const { paymentConfigurationId } = await client.billing.getPaymentConfiguration(accountId);
  const [first, second] = await pair(client.invites.list(accountId).toArray());
  const [, card] = await pair(client.billing.listCards(paymentConfigurationId).toArray());
  const { paymentMethodId: otherCard } = (
    await pair(
      client.billing
        .listCards(paymentConfigurationId)
        .toArray()
        .then((all) => all.slice(1)),
    )
  )[1];

  return {
    ...ways,
    queryClient,
    queries: [
      watch(queryClient, queries.accounts.list()),
      watch(queryClient, queries.accounts.get(accountId)),
      watch(queryClient, queries.accounts.get(below)),
      watch(queryClient, queries.accounts.permissions()),
      watch(queryClient, queries.invites.list(accountId)),
      watch(queryClient, queries.members.search(accountId)),
      watchPages(queryClient, queries.members.searchPages(accountId)),
      watch(queryClient, queries.billing.listCards(paymentConfigurationId)),
    ],
    writes: {
      rename: optimistic(queryClient, write.accounts.update, { accountId, name: "Ajax" }),
      renameAgain: optimistic(queryClient, write.accounts.update, { accountId, name: "Apex" }),
      delete: optimistic(queryClient, write.accounts.delete, { accountId: below }),
      revoke: optimistic(queryClient, write.invites.revoke, { accountId, inviteId: first.id }),
      revokeOther: optimistic(queryClient, write.invites.revoke, { accountId, inviteId: second.id }),
      setPrimaryCard: optimistic(queryClient, write.billing.setPrimaryCard, {
        paymentConfigurationId,
        paymentMethodId: card.paymentMethodId,
      }),
    },
    rivals: [
      () => grace.accounts.update(accountId, { name: "Grace's" }),
      () => grace.accounts.delete(below),
      () => grace.invites.revoke(accountId, first.id),
      () => grace.invites.create(accountId, { email: "new@example.com", relations: ["admin"] }),
      () => grace.billing.setPrimaryCard(paymentConfigurationId, otherCard),
    ],
  };
}

const famWrites = ["UpdateAccount", "DeleteAccount", "RevokeInvitation", "SetPrimaryCard"];
