import { InfiniteQueryObserver, MutationObserver, QueryClient } from "@tanstack/query-core";
import { describe, expect, it } from "vitest";
import { OnaClient } from "../../src/index.js";
import { onaMutations, onaQueries } from "../../src/query/index.js";

const at = "2026-01-01T00:00:00Z";
const member = { userId: "user-1", memberSince: at, email: "ada@example.com", fullName: "Ada" };
const user = { id: "user-1", organizationId: "org-1" };
const organization = { id: "org-1", createdAt: at, updatedAt: at };
const domainVerification = { id: "domain-1", organizationId: "org-1", verificationToken: "acme-proof" };
const token = { id: "token-1", userId: "user-1" };

/** A response to each call. */
const responses: Readonly<Record<string, object>> = {
  GetAuthenticatedUser: { user },
  GetUser: { user },
  GetOrganization: { organization },
  GetOrganizationInvite: { invite: { inviteId: "invite-1" } },
  GetOrganizationInviteSummary: { organizationId: "org-1" },
  ListDomainVerifications: { domainVerifications: [domainVerification] },
  GetDomainVerification: { domainVerification },
  GetPersonalAccessToken: { pat: token },
  ListPersonalAccessTokens: { personalAccessTokens: [token] },
  GetAuthenticatedIdentity: { subject: { id: "user-1" } },
  CreateOrganization: { organization },
  UpdateOrganization: { organization },
  JoinOrganization: { member },
  CreateOrganizationInvite: { invite: { inviteId: "invite-2" } },
  CreateDomainVerification: { domainVerification },
  VerifyDomain: { domainVerification },
  CreatePersonalAccessToken: { token: "secret" },
  GetCreditUsageExport: { downloadUrl: "https://files.example.com/usage.csv.gz" },
};

/** A client of a server with these responses and three pages of members, an empty cache, and the names of the calls so far. */
function start() {
  const calls: string[] = [];
  const fetch: typeof globalThis.fetch = async (url, init) => {
    const name = new URL(String(url)).pathname.split("/").at(-1) ?? "";
    calls.push(name);
    if (name !== "ListMembers") return Response.json(responses[name] ?? {});
    const page = Number(JSON.parse(String(init?.body)).pagination.token);
    const count = page === 0 ? { value: 3, relation: "COUNT_RESPONSE_RELATION_EQ" } : undefined;
    return Response.json({
      members: [member],
      pagination: { nextToken: page < 2 ? `${page + 1}` : "" },
      count,
    });
  };
  const client = new OnaClient({ auth: "pat", fetch });
  const queryClient = new QueryClient({ defaultOptions: { queries: { gcTime: 0 } } });
  return { calls, client, queryClient, ona: onaQueries(client), write: onaMutations(client, queryClient) };
}

it("members can be fetched page by page with their total, or all at once", async () => {
  const { queryClient, ona } = start();
  const pages = new InfiniteQueryObserver(queryClient, ona.members.listPages("org-1", { count: true }));
  await pages.fetchNextPage();
  await pages.fetchNextPage();
  const { data, hasNextPage } = await pages.fetchNextPage();
  expect(data?.pages.map(({ items, total }) => [items.length, total])).toEqual([
    [1, 3],
    [1, undefined],
    [1, undefined],
  ]);
  expect(hasNextPage).toBe(false);
  expect(await queryClient.fetchQuery(ona.members.list("org-1"))).toHaveLength(3);
});

it("every read of the client has its query", async () => {
  const { queryClient, ona, calls } = start();
  const days = { from: new Date(0), to: new Date(1) };
  expect(await queryClient.fetchQuery(ona.users.current())).toMatchObject(user);
  expect(await queryClient.fetchQuery(ona.users.get("user-1"))).toMatchObject(user);
  expect(await queryClient.fetchQuery(ona.organizations.get("org-1"))).toMatchObject({ id: "org-1" });
  expect(await queryClient.fetchQuery(ona.invites.get("org-1"))).toEqual({ id: "invite-1" });
  expect(await queryClient.fetchQuery(ona.invites.summary("invite-1"))).toMatchObject({
    organizationId: "org-1",
  });
  expect(await queryClient.fetchQuery(ona.domains.list("org-1"))).toMatchObject([{ id: "domain-1" }]);
  expect(await queryClient.fetchInfiniteQuery(ona.domains.listPages("org-1"))).toMatchObject({
    pages: [{ items: [{ id: "domain-1" }] }],
  });
  expect(await queryClient.fetchQuery(ona.domains.get("domain-1"))).toMatchObject({ id: "domain-1" });
  expect(await queryClient.fetchQuery(ona.tokens.get("token-1"))).toMatchObject({ id: "token-1" });
  expect(await queryClient.fetchQuery(ona.tokens.list())).toMatchObject([{ id: "token-1" }]);
  expect(await queryClient.fetchInfiniteQuery(ona.tokens.listPages())).toMatchObject({
    pages: [{ items: [{ id: "token-1" }] }],
  });
  expect(await queryClient.fetchQuery(ona.identity.current())).toMatchObject({ subject: { id: "user-1" } });
  expect(await queryClient.fetchQuery(ona.billing.usageReport("org-1", days))).toEqual({ dailyUsage: [] });
  expect(await queryClient.fetchQuery(ona.billing.cumulativeUsage("org-1"))).toEqual({
    teamUsage: [],
    userUsage: [],
  });
  expect(await queryClient.fetchQuery(ona.billing.listUserUsage("org-1"))).toEqual([]);
  expect(await queryClient.fetchInfiniteQuery(ona.billing.listUserUsagePages("org-1"))).toMatchObject({
    pages: [{ items: [], total: 0 }],
  });
  expect(calls).toHaveLength(16);
});

describe("every write of the client has its mutation", () => {
  type Start = ReturnType<typeof start>;
  const { from, to } = { from: new Date(0), to: new Date(1) };
  const run = <V>(
    queryClient: QueryClient,
    mutation: { mutationFn: (variables: V) => Promise<unknown> },
    variables: V,
  ) => new MutationObserver(queryClient, mutation).mutate(variables);

  it.each<[string, (all: Start) => Promise<unknown>]>([
    [
      "CreateOrganization",
      ({ queryClient, write }) => run(queryClient, write.organizations.create, { name: "Acme" }),
    ],
    [
      "UpdateOrganization",
      ({ queryClient, write }) =>
        run(queryClient, write.organizations.update, {
          organizationId: "org-1",
          inviteDomains: ["example.com"],
        }),
    ],
    [
      "DeleteOrganization",
      ({ queryClient, write }) => run(queryClient, write.organizations.delete, { organizationId: "1" }),
    ],
    [
      "JoinOrganization",
      ({ queryClient, write }) => run(queryClient, write.organizations.join, { organizationId: "1" }),
    ],
    [
      "LeaveOrganization",
      ({ queryClient, write }) =>
        run(queryClient, write.members.remove, { organizationId: "1", userId: "2" }),
    ],
    [
      "SetRole",
      ({ queryClient, write }) =>
        run(queryClient, write.members.setRole, { organizationId: "1", userId: "2", role: "admin" }),
    ],
    [
      "CreateOrganizationInvite",
      ({ queryClient, write }) => run(queryClient, write.invites.create, { organizationId: "1" }),
    ],
    [
      "JoinOrganization",
      ({ queryClient, write }) => run(queryClient, write.invites.accept, { inviteId: "1" }),
    ],
    [
      "CreateDomainVerification",
      ({ queryClient, write }) =>
        run(queryClient, write.domains.create, { organizationId: "1", domain: "example.com" }),
    ],
    ["VerifyDomain", ({ queryClient, write }) => run(queryClient, write.domains.verify, { domainId: "1" })],
    [
      "DeleteDomainVerification",
      ({ queryClient, write }) => run(queryClient, write.domains.delete, { domainId: "1" }),
    ],
    ["SetSuspended", ({ queryClient, write }) => run(queryClient, write.users.suspend, { userId: "1" })],
    ["SetSuspended", ({ queryClient, write }) => run(queryClient, write.users.unsuspend, { userId: "1" })],
    ["DeleteUser", ({ queryClient, write }) => run(queryClient, write.users.delete, { userId: "1" })],
    [
      "CreatePersonalAccessToken",
      ({ queryClient, write }) =>
        run(queryClient, write.tokens.create, { userId: "1", description: "backup" }),
    ],
    [
      "DeletePersonalAccessToken",
      ({ queryClient, write }) => run(queryClient, write.tokens.delete, { tokenId: "1" }),
    ],
    [
      "GetCreditUsageExport",
      ({ queryClient, write }) =>
        run(queryClient, write.billing.exportUsage, { organizationId: "1", from, to }),
    ],
  ])("%s", async (name, mutate) => {
    const all = start();
    await mutate(all);
    expect(all.calls).toEqual([name]);
  });
});

it("a new role makes the members of that organization stale", async () => {
  const { queryClient, ona, write } = start();
  const [members, others] = [ona.members.list("org-1"), ona.members.list("org-2")];
  await queryClient.fetchQuery(members);
  await queryClient.fetchQuery(others);
  const { setRole } = write.members;
  await new MutationObserver(queryClient, setRole).mutate({
    organizationId: "org-1",
    userId: "2",
    role: "admin",
  });
  expect(queryClient.getQueryState(members.queryKey)?.isInvalidated).toBe(true);
  expect(queryClient.getQueryState(others.queryKey)?.isInvalidated).toBe(false);
});
