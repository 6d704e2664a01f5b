import { VydonClient } from "tenantry";
import { createMockServer } from "tenantry/mock";
import { vydonMutations, vydonQueries } from "tenantry/query";
import { connection, pair } from "./connection.js";
import { newQueryClient, optimistic, type World, watch } from "./world.js";

// Each world is a fork: a seed costs more than a test.
const template = createMockServer();
const people = ["ada", "grace", "barbara"].map((name) => ({ email: `${name}@example.com` }));
const invites = [{ email: "eve@example.com" }, { email: "joan@example.com" }];
template.seed({
  vydon: { accounts: [{ name: "acme", members: people, invites, apiKeys: [{}, {}] }] },
});

/** Ada's team with members, invites and API keys. */
export async function vydonWorld(): Promise<World> {
  const server = template.fork();
  const accountId = server.vydon.account("acme").id;
  const { vydon } = server;
  const session = { signIn: () => vydon.signIn({ email: "ada@example.com" }).token, revoke: vydon.revoke };
  const { options, ...ways } = connection(server, session, vydonWrites);
  const client = new VydonClient(options);
  const grace = new VydonClient(server.vydon.signIn({ email: "grace@example.com" }).connect());

  const queryClient = newQueryClient();
  const queries = vydonQueries(client);
  const { accounts, members, invites: invite, apiKeys: key } = vydonMutations(client, queryClient);
  const [, { userId }] = await pair(client.members.list(accountId).toArray());
  const [, { userId: barbara }] = await pair(
    client.members
      .list(accountId)
      .toArray()
      .then((all) => all.slice(1)),
  );
  const [{ id: inviteId }, { id: otherInvite }] = await pair(client.invites.list(accountId).toArray());
  const [{ id: keyId }, { id: otherKey }] = await pair(client.apiKeys.list(accountId).toArray());
  const temporal = { url: "temporal:7233", namespace: "acme", syncJobQueueName: "sync" };
  const run = { accountId, userId };

  return {
    ...ways,
    queryClient,
    queries: [
      watch(queryClient, queries.members.list(accountId)),
      watch(queryClient, queries.invites.list(accountId)),
      watch(queryClient, queries.apiKeys.list(accountId)),
      watch(queryClient, queries.apiKeys.get(keyId)),
      watch(queryClient, queries.accounts.getOnboarding(accountId)),
      watch(queryClient, queries.accounts.getTemporalConfig(accountId)),
    ],
    writes: {
      setRole: optimistic(queryClient, members.setRole, { ...run, role: "job_developer" }),
      setOtherRole: optimistic(queryClient, members.setRole, {
        accountId,
        userId: barbara,
        role: "job_executor",
      }),
      remove: optimistic(queryClient, members.remove, run),
      removeInvite: optimistic(queryClient, invite.remove, { inviteId }),
      removeOtherInvite: optimistic(queryClient, invite.remove, { inviteId: otherInvite }),
      deleteKey: optimistic(queryClient, key.delete, { keyId }),
      setOnboarding: optimistic(queryClient, accounts.setOnboarding, {
        accountId,
        hasCompletedOnboarding: true,
      }),
      setTemporalConfig: optimistic(queryClient, accounts.setTemporalConfig, { accountId, ...temporal }),
    },
    rivals: [
      () => grace.members.setRole(accountId, userId, "job_viewer"),
      () => grace.members.remove(accountId, barbara),
      () => grace.invites.remove(inviteId),
      () => grace.invites.create(accountId, { email: "new@example.com" }),
      () => grace.apiKeys.delete(otherKey),
      () => grace.accounts.setOnboarding(accountId, { hasCreatedJob: true }),
      () => grace.accounts.setTemporalConfig(accountId, { ...temporal, namespace: "other" }),
    ],
  };
}

const vydonWrites = [
  "SetUserRole",
  "RemoveTeamAccountMember",
  "RemoveTeamAccountInvite",
  "DeleteAccountApiKey",
  "SetAccountOnboardingConfig",
  "SetAccountTemporalConfig",
];
