import { OnaClient } from "../../../src/index.js";
import { onaMutations, onaQueries } from "../../../src/query/index.js";
import { Clock } from "../../support/scripted.js";
import { type Fault, newQueryClient, optimistic, type World, watch, watchPages } from "./world.js";

const at = "2026-01-01T00:00:00Z";
const organizationId = "org-1";
const [admin, member] = ["ORGANIZATION_ROLE_ADMIN", "ORGANIZATION_ROLE_MEMBER"];

/** What an organization's service keeps. The mock does not have it yet. */
function inMemory() {
  const organization = { id: organizationId, createdAt: at, updatedAt: at, name: "Acme" };
  let members = ["user-1", "user-2", "user-3"].map((userId) => ({
    userId,
    memberSince: at,
    role: userId === "user-1" ? admin : member,
    status: "USER_STATUS_ACTIVE",
  }));
  let domains = ["domain-1", "domain-2"].map((id) => ({ id, organizationId, verificationToken: "proof" }));
  let tokens = ["token-1", "token-2"].map((id) => ({ id, userId: "user-1" }));
  const find = (id: unknown) => {
    const found = members.find(({ userId }) => userId === id);
    if (found === undefined) throw new Error("not_found");
    return found;
  };
  const change = (userId: unknown, changes: object) => {
    Object.assign(find(userId), changes);
    return {};
  };
  const remove = <T extends { id: string }>(rows: T[], id: unknown): T[] => {
    if (!rows.some((row) => row.id === id)) throw new Error("not_found");
    return rows.filter((row) => row.id !== id);
  };
  return {
    reads: {
      GetAccount: () => {
        const { userId, role } = members[0] ?? {};
        const { name: organizationName } = organization;
        const memberships = [{ userId, userRole: role, organizationId, organizationName }];
        return { account: { id: "account-1", createdAt: at, updatedAt: at, memberships } };
      },
      GetOrganization: () => ({ organization: { ...organization } }),
      ListMembers: () => ({ members: members.map((row) => ({ ...row })) }),
      GetUser: ({ userId }) => ({ user: { id: userId, organizationId, status: find(userId).status } }),
      ListDomainVerifications: () => ({ domainVerifications: domains }),
      ListPersonalAccessTokens: () => ({ personalAccessTokens: tokens }),
    },
    writes: {
      UpdateOrganization: ({ name }) => ({ organization: { ...Object.assign(organization, { name }) } }),
      SetRole: ({ userId, role }) => change(userId, { role }),
      SetSuspended: ({ userId, suspended }) =>
        change(userId, { status: suspended ? "USER_STATUS_SUSPENDED" : "USER_STATUS_ACTIVE" }),
      LeaveOrganization: ({ userId }) => {
        members = members.filter((row) => row !== find(userId));
        return {};
      },
      DeleteDomainVerification: ({ domainVerificationId }) => {
        domains = remove(domains, domainVerificationId);
        return {};
      },
      DeletePersonalAccessToken: ({ personalAccessTokenId }) => {
        tokens = remove(tokens, personalAccessTokenId);
        return {};
      },
    },
  } satisfies Record<string, Record<string, (request: Record<string, unknown>) => object>>;
}

/** Ada's organization with members, domains and tokens. */
export async function onaWorld(): Promise<World> {
  const { reads, writes } = inMemory();
  const clock = new Clock(Date.parse(at));
  const onTheWay: World["onTheWay"] = {};
  let fault: Fault = "none";
  let readMs = 0;
  let isCutOff = false;

  const answer = (method: string, body: unknown): Response => {
    const act = Object.entries({ ...reads, ...writes }).find(([name]) => name === method)?.[1];
    if (act === undefined) throw new Error(`no method ${method}`);
    try {
      return Response.json(act(JSON.parse(String(body))));
    } catch (error) {
      return refuse(error instanceof Error ? error.message : "internal");
    }
  };
  const fetch: typeof globalThis.fetch = async (url, init) => {
    const method = new URL(String(url)).pathname.split("/").at(-1) ?? "";
    const signal = init?.signal ?? undefined;
    if (isCutOff) throw new TypeError("fetch failed");
    if (method in reads) {
      const response = answer(method, init?.body);
      if (readMs > 0) await clock.sleep(readMs, signal);
      return response;
    }
    await onTheWay.there?.();
    const before = beforeTheCall(fault);
    if (before !== undefined) {
      await onTheWay.back?.();
      return before();
    }
    if (fault === "too_slow") await clock.sleep(60_000, signal);
    const response = answer(method, init?.body);
    await onTheWay.back?.();
    if (fault === "slow" || fault === "drip") await clock.sleep(3_000, signal);
    if (fault === "lost_answer") throw new TypeError("fetch failed");
    if (fault.startsWith("cut_"))
      return new Response("{", { headers: { "content-type": "application/json" } });
    if (fault === "wrong_content_type")
      return new Response("{}", { headers: { "content-type": "text/plain" } });
    return response;
  };

  const client = new OnaClient({ auth: "pat", fetch, clock, timeoutMs: 10_000 });
  const queryClient = newQueryClient();
  const queries = onaQueries(client);
  const write = onaMutations(client, queryClient);
  return {
    clock,
    onTheWay,
    fail: (next) => {
      fault = next;
    },
    slowReads: (ms) => {
      readMs = ms;
    },
    cutOff: () => {
      isCutOff = true;
    },
    queryClient,
    queries: [
      watch(queryClient, queries.members.list(organizationId)),
      watchPages(queryClient, queries.members.listPages(organizationId)),
      watch(queryClient, queries.organizations.get(organizationId)),
      watch(queryClient, queries.accounts.get()),
      watch(queryClient, queries.users.get("user-2")),
      watch(queryClient, queries.domains.list(organizationId)),
      watch(queryClient, queries.tokens.list()),
    ],
    writes: {
      rename: optimistic(queryClient, write.organizations.update, { organizationId, name: "Ajax" }),
      setRole: optimistic(queryClient, write.members.setRole, {
        organizationId,
        userId: "user-2",
        role: "admin",
      }),
      setOwnRole: optimistic(queryClient, write.members.setRole, {
        organizationId,
        userId: "user-1",
        role: "member",
      }),
      remove: optimistic(queryClient, write.members.remove, { organizationId, userId: "user-3" }),
      suspend: optimistic(queryClient, write.users.suspend, { userId: "user-2" }),
      unsuspend: optimistic(queryClient, write.users.unsuspend, { userId: "user-2" }),
      deleteDomain: optimistic(queryClient, write.domains.delete, { domainId: "domain-1" }),
      deleteToken: optimistic(queryClient, write.tokens.delete, { tokenId: "token-2" }),
    },
    rivals: [
      async () => writes.SetRole({ userId: "user-2", role: admin }),
      async () => writes.LeaveOrganization({ userId: "user-3" }),
      async () => writes.UpdateOrganization({ name: "Theirs" }),
      async () => writes.SetSuspended({ userId: "user-3", suspended: true }),
      async () => writes.DeleteDomainVerification({ domainVerificationId: "domain-1" }),
      async () => writes.DeletePersonalAccessToken({ personalAccessTokenId: "token-1" }),
    ],
  };
}

/** What comes instead of the server's answer, if the call does not reach it. */
function beforeTheCall(fault: Fault): (() => Response) | undefined {
  switch (fault) {
    case "unavailable":
    case "internal":
    case "aborted":
    case "unknown":
    case "resource_exhausted":
    case "permission_denied":
      return () => refuse(fault);
    case "expired_token":
      return () => refuse("unauthenticated");
    case "html_429":
      return () => new Response("<html>", { status: 429 });
    case "html_502":
      return () => new Response("<html>", { status: 502 });
    case "reset":
      return () => {
        throw new TypeError("fetch failed");
      };
    default:
      return undefined;
  }
}

function refuse(code: string): Response {
  return Response.json({ code }, { status: 400 });
}
