import { MutationObserver, type QueryClient } from "@tanstack/query-core";
import { FamClient, OnaClient, VydonClient } from "tenantry";
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
import { newQueryClient } from "./world.js";

/** A client's options for a server that returns the second response after a write, and the first before it. */
function server(write: string, before: object, after: object) {
  let response = before;
  const fetch: typeof globalThis.fetch = async (url) => {
    if (String(url).endsWith(`/${write}`)) response = after;
    return Response.json(response);
  };
  return { baseUrl: "https://api.example.com", auth: "token", fetch };
}

/** The cached data of queries after a write. None is on screen, so none is fetched again. */
async function cachedAfter<Variables, Data>(
  queryClient: QueryClient,
  queries: readonly TypedQuery<unknown>[],
  { withCache }: TypedMutation<Variables, Data>,
  variables: Variables,
) {
  for (const query of queries) await queryClient.fetchQuery(query);
  const result = await new MutationObserver(queryClient, withCache).mutate(variables);
  return { result, cached: queries.map(({ queryKey }) => queryClient.getQueryData(queryKey)) };
}

function vydon(write: string, before: object, after: object) {
  const client = new VydonClient(server(write, before, after));
  const queryClient = newQueryClient();
  return { queryClient, queries: vydonQueries(client), write: vydonMutations(client, queryClient) };
}

function ona(write: string, before: object, after: object) {
  const client = new OnaClient(server(write, before, after));
  const queryClient = newQueryClient();
  return { queryClient, queries: onaQueries(client), write: onaMutations(client, queryClient) };
}

const accountId = "account-1";
const organizationId = "organization-1";
const at = "2026-01-01T00:00:00Z";

it("the response of users.register is the current user", async () => {
  const { queryClient, queries, write } = vydon("SetUser", { userId: "user-1" }, { userId: "user-2" });
  const current = [queries.users.current()];
  const { cached } = await cachedAfter(queryClient, current, write.users.register, undefined);
  expect(cached).toEqual([{ id: "user-2" }]);
});

it("the response of accounts.setOnboarding is the account's progress", async () => {
  const { queryClient, queries, write } = vydon(
    "SetAccountOnboardingConfig",
    { config: {} },
    { config: { hasCompletedOnboarding: true, hasCreatedJob: true } },
  );
  const progress = [queries.accounts.getOnboarding(accountId)];
  const sent = { accountId, hasCompletedOnboarding: true };
  const { cached } = await cachedAfter(queryClient, progress, write.accounts.setOnboarding, sent);
  expect(cached).toMatchObject([{ hasCompletedOnboarding: true, hasCreatedJob: true }]);
});

it("the response of accounts.setTemporalConfig is the account's configuration", async () => {
  const config = { url: "temporal:7233", namespace: "default", syncJobQueueName: "sync" };
  const before = { config: { ...config, url: "old:7233" } };
  const { queryClient, queries, write } = vydon("SetAccountTemporalConfig", before, { config });
  const configuration = [queries.accounts.getTemporalConfig(accountId)];
  const sent = { accountId, ...config, namespace: "Default" };
  const { cached } = await cachedAfter(queryClient, configuration, write.accounts.setTemporalConfig, sent);
  expect(cached).toEqual([config]);
});

it("the response of apiKeys.regenerate is the key, in the list of its account too, without its value", async () => {
  const by = { createdById: "user-1", updatedById: "user-1", userId: "user-3" };
  const key = { id: "key-1", accountId, name: "ci", createdAt: at, updatedAt: at, expiresAt: at, ...by };
  const after = { ...key, updatedAt: "2026-01-02T00:00:00Z", keyValue: "secret" };
  const { queryClient, queries, write } = vydon(
    "RegenerateAccountApiKey",
    { apiKey: key, apiKeys: [key] },
    { apiKey: after },
  );
  const keys = [queries.apiKeys.get(key.id), queries.apiKeys.list(accountId)];
  const sent = { keyId: key.id, expiresAt: new Date(at) };
  const { result, cached } = await cachedAfter(queryClient, keys, write.apiKeys.regenerate, sent);
  const { keyValue, ...regenerated } = result;
  expect(keyValue).toBe("secret");
  expect(cached).toEqual([regenerated, [regenerated]]);
});

it("the response of organizations.update is the organization", async () => {
  const organization = { id: organizationId, name: "Acme", createdAt: at, updatedAt: at };
  const after = { ...organization, name: "Ajax", updatedAt: "2026-01-02T00:00:00Z" };
  const { queryClient, queries, write } = ona(
    "UpdateOrganization",
    { organization },
    { organization: after },
  );
  const one = [queries.organizations.get(organizationId)];
  const sent = { organizationId, name: "Ajax" };
  const { result, cached } = await cachedAfter(queryClient, one, write.organizations.update, sent);
  expect(result.updatedAt).toEqual(new Date(after.updatedAt));
  expect(cached).toEqual([result]);
});

it("the response of invites.create is the organization's invite", async () => {
  const invite = (inviteId: string) => ({ invite: { inviteId, organizationId } });
  const { queryClient, queries, write } = ona("CreateOrganizationInvite", invite("old"), invite("new"));
  const one = [queries.invites.get(organizationId)];
  const { result, cached } = await cachedAfter(queryClient, one, write.invites.create, { organizationId });
  expect(result).toMatchObject({ id: "new" });
  expect(cached).toEqual([result]);
});

it("the response of domains.verify is the domain, in the list of its organization too", async () => {
  const domain = { id: "domain-1", organizationId, domain: "example.com", verificationToken: "proof" };
  const { queryClient, queries, write } = ona(
    "VerifyDomain",
    { domainVerification: domain, domainVerifications: [domain] },
    { domainVerification: { ...domain, state: "DOMAIN_VERIFICATION_STATE_VERIFIED", verifiedAt: at } },
  );
  const domains = [queries.domains.get(domain.id), queries.domains.list(organizationId)];
  const sent = { domainId: domain.id };
  const { result, cached } = await cachedAfter(queryClient, domains, write.domains.verify, sent);
  expect(result.verifiedAt).toEqual(new Date(at));
  expect(cached).toEqual([result, [result]]);
});

it("the response of accounts.update is the account", async () => {
  const account = { id: accountId, name: "Acme", createdAt: at, status: "ACCOUNT_STATUS_PENDING" };
  const after = { ...account, name: "Ajax", status: "ACCOUNT_STATUS_VERIFIED" };
  const client = new FamClient(server("UpdateAccount", { account }, { account: after }));
  const queryClient = newQueryClient();
  const one = [famQueries(client).accounts.get(accountId)];
  const { update } = famMutations(client, queryClient).accounts;
  const { result, cached } = await cachedAfter(queryClient, one, update, { accountId, name: "Ajax" });
  expect(result.status).toBe("verified");
  expect(cached).toEqual([result]);
});
