import { OnaClient } from "tenantry";
import { createMockServer } from "tenantry/mock";
import { onaMutations, onaQueries } from "tenantry/query";
import { connection, pair } from "./connection.js";
import { newQueryClient, optimistic, type World, watch, watchPages } from "./world.js";

// Each world is a fork: a seed costs more than a test.
const template = createMockServer();
const tokens = [{ description: "ci" }, { description: "laptop" }];
template.seed({
  ona: {
    organizations: [
      {
        name: "Acme",
        members: [
          { email: "ada@example.com", role: "admin", tokens },
          { email: "grace@example.com", role: "admin" },
          { email: "barbara@example.com" },
          { email: "joan@example.com" },
        ],
        domains: [{ domain: "example.com" }, { domain: "example.org" }],
      },
    ],
  },
});

/** Ada's organization with members, domains and tokens. */
export async function onaWorld(): Promise<World> {
  const server = template.fork();
  const { ona } = server;
  // By its id: a test gives it another name.
  const organizationId = ona.organization("Acme").id;
  const asAda = { email: "ada@example.com", organization: organizationId };
  const session = { signIn: () => ona.signIn(asAda).token, revoke: ona.revoke };
  const { options, ...ways } = connection(server, session, onaWrites);
  const client = new OnaClient(options);
  const grace = new OnaClient(ona.signIn({ ...asAda, email: "grace@example.com" }).connect());

  const queryClient = newQueryClient();
  const queries = onaQueries(client);
  const write = onaMutations(client, queryClient);
  const idOf = (email: string) => ona.member("Acme", email).userId;
  const [ada, barbara, joan] = [idOf(asAda.email), idOf("barbara@example.com"), idOf("joan@example.com")];
  const [{ id: domainId }, { id: otherDomain }] = await pair(client.domains.list(organizationId).toArray());
  const [{ id: tokenId }] = await pair(client.tokens.list().toArray());

  return {
    ...ways,
    queryClient,
    queries: [
      watch(queryClient, queries.members.list(organizationId)),
      watchPages(queryClient, queries.members.listPages(organizationId)),
      watch(queryClient, queries.organizations.get(organizationId)),
      watch(queryClient, queries.accounts.get()),
      watch(queryClient, queries.users.get(barbara)),
      watch(queryClient, queries.domains.list(organizationId)),
      watch(queryClient, queries.tokens.list()),
    ],
    writes: {
      rename: optimistic(queryClient, write.organizations.update, { organizationId, name: "Ajax" }),
      openToDomain: optimistic(queryClient, write.organizations.update, {
        organizationId,
        inviteDomains: ["example.org"],
      }),
      setRole: optimistic(queryClient, write.members.setRole, {
        organizationId,
        userId: barbara,
        role: "admin",
      }),
      setOwnRole: optimistic(queryClient, write.members.setRole, {
        organizationId,
        userId: ada,
        role: "member",
      }),
      remove: optimistic(queryClient, write.members.remove, { organizationId, userId: joan }),
      suspend: optimistic(queryClient, write.users.suspend, { userId: barbara }),
      unsuspend: optimistic(queryClient, write.users.unsuspend, { userId: barbara }),
      deleteDomain: optimistic(queryClient, write.domains.delete, { domainId }),
      deleteToken: optimistic(queryClient, write.tokens.delete, { tokenId }),
    },
    rivals: [
      () => grace.members.setRole(organizationId, barbara, "admin"),
      () => grace.members.remove(organizationId, joan),
      () => grace.organizations.update(organizationId, { name: "Theirs" }),
      () => grace.users.suspend(joan),
      () => grace.domains.delete(domainId),
      () => grace.domains.delete(otherDomain),
    ],
  };
}

const onaWrites = [
  "UpdateOrganization",
  "SetRole",
  "LeaveOrganization",
  "SetSuspended",
  "DeleteDomainVerification",
  "DeletePersonalAccessToken",
];
