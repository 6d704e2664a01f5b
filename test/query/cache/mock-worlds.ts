import { FamClient, refreshableToken, VydonClient } from "../../../src/index.js";
import { createMockServer, type MockServer } from "../../../src/mock/index.js";
import { famMutations, famQueries, vydonMutations, vydonQueries } from "../../../src/query/index.js";
import { type Fault, newQueryClient, optimistic, type World, watch, watchPages } from "./world.js";

/** Ada's team with members, invites and API keys. */
export async function vydonWorld(): Promise<World> {
  const server = createMockServer();
  const people = ["ada", "grace", "barbara"].map((name) => ({ email: `${name}@example.com` }));
  const invites = [{ email: "eve@example.com" }, { email: "joan@example.com" }];
  const apiKeys = [{}, {}];
  server.seed({ vydon: { accounts: [{ name: "acme", members: people, invites, apiKeys }] } });
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

/** Ada's account with members, invites and cards, and an account below it. */
export async function famWorld(): Promise<World> {
  const server = createMockServer();
  const members = [
    { email: "ada@example.com", relations: ["owner"] },
    { email: "grace@example.com", relations: ["owner"] },
  ];
  const invites = [{ email: "eve@example.com" }, { email: "joan@example.com" }];
  const cards = [{ last4: "0001" }, { last4: "0002" }, { last4: "0003" }];
  server.seed({
    fam: { accounts: [{ name: "Acme", members, invites, cards, accounts: [{ name: "Below", members }] }] },
  });
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

/** How a client reaches the server, and what can happen to its calls. */
function connection(
  server: MockServer,
  { signIn, revoke }: { signIn: () => string; revoke: (token: string) => void },
  writes: readonly string[],
) {
  const { clock } = server;
  const onTheWay: World["onTheWay"] = {};
  let readMs = 0;
  const isWrite = (method: string) => writes.includes(method);
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const method = new URL(String(input)).pathname.split("/").at(-1) ?? "";
    if (!isWrite(method)) {
      const response = await server.fetch(input, init);
      // The answer is from before the wait.
      if (readMs > 0) await clock.sleep(readMs, init?.signal ?? undefined);
      return response;
    }
    await onTheWay.there?.();
    // The client does not wait for an answer that it has given up.
    return server.fetch(input, init).finally(() => init?.signal?.aborted || onTheWay.back?.());
  };
  let accessToken = "";
  const token = () => {
    accessToken = signIn();
    return { accessToken };
  };
  const auth = refreshableToken({ initial: token(), refresh: token, clock });
  return {
    options: { baseUrl: "https://api.example.com", fetch, clock, auth, timeoutMs: 10_000 },
    clock,
    onTheWay,
    slowReads: (ms: number) => {
      readMs = ms;
    },
    cutOff: () => {
      server.faults.inject({ wire: "reset" });
    },
    fail(fault: Fault) {
      const next = { when: ({ method }: { method: string }) => isWrite(method) };
      if (fault === "none") return;
      if (fault === "expired_token") revoke(accessToken);
      else if (fault === "slow") server.faults.inject({ ...next, latencyMs: 3_000, times: 1 });
      else if (fault === "too_slow") server.faults.inject({ ...next, latencyMs: 60_000 });
      else if (isCode(fault)) server.faults.inject({ ...next, code: fault });
      else server.faults.inject({ ...next, wire: fault });
    },
  };
}

const codes = [
  "unavailable",
  "internal",
  "aborted",
  "unknown",
  "resource_exhausted",
  "permission_denied",
] as const;

function isCode(fault: Fault): fault is (typeof codes)[number] {
  return codes.some((code) => code === fault);
}

async function pair<T>(list: Promise<T[]>): Promise<[T, T]> {
  const [first, second] = await list;
  if (first === undefined || second === undefined) throw new Error("the world has too few items");
  return [first, second];
}
