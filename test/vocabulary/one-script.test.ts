import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { createRouterTransport } from "@connectrpc/connect";
import { type MembersClient, NotFoundError, OnaClient, VydonClient } from "tenantry";
import { viaConnect } from "tenantry/connect";
import { describe, expect, it } from "vitest";
import { handOver } from "../../examples/hand-over.js";
import { OrganizationRole } from "../../gen/gitpod/v1/organization_pb.js";
import { OrganizationService } from "../../gen/gitpod/v1/organization_service_pb.js";
import { AccountRole, UserAccountService } from "../../gen/mgmt/v1alpha1/user_account_pb.js";

/** Grace joins by an invite, and takes Ada's place. Nothing here is of one API. */
async function script(client: MembersClient): Promise<string[]> {
  await client.invites.accept("invite");
  const people = { from: "ada@example.com", to: "grace@example.com" };
  const members = await handOver(client, "acc-1", people);
  // A repeat finds nothing to do.
  expect(await handOver(client, "acc-1", people)).toEqual(members);
  return members.map(({ name, role }) => `${name}: ${role}`);
}

interface Person {
  readonly userId: string;
  readonly name: string;
  isAdmin: boolean;
}

/** What both servers keep: Ada, who is an admin, and Barbara. Whoever accepts the invite is Grace. */
function people(): Map<string, Person> {
  const all = [
    { userId: "1", name: "Ada", isAdmin: true },
    { userId: "2", name: "Barbara", isAdmin: false },
  ];
  return new Map(all.map((person) => [person.userId, person]));
}

const grace = () => ({ userId: "3", name: "Grace", isAdmin: false });
const emailOf = ({ name }: Person) => `${name.toLowerCase()}@example.com`;

/** A Vydon with one account, which lists all its members at once. */
function vydon(): VydonClient {
  const members = people();
  const transport = createRouterTransport((router) =>
    router.service(UserAccountService, {
      acceptTeamAccountInvite({ token }) {
        if (token === "invite") members.set("3", grace());
        return { account: { id: "acc-1", name: "acme" } };
      },
      getTeamAccountMembers: () => ({
        users: [...members.values()].map((person) => ({
          id: person.userId,
          name: person.name,
          email: emailOf(person),
          role: person.isAdmin ? AccountRole.ADMIN : AccountRole.JOB_VIEWER,
        })),
      }),
      setUserRole({ accountId, userId, role }) {
        const person = members.get(userId);
        if (person && accountId === "acc-1") person.isAdmin = role === AccountRole.ADMIN;
        return {};
      },
      removeTeamAccountMember({ accountId, userId }) {
        if (accountId === "acc-1") members.delete(userId);
        return {};
      },
    }),
  );
  return new VydonClient({ transport: viaConnect(transport, UserAccountService) });
}

/** An Ona with one organization, which lists its members one by one. */
function ona(): OnaClient {
  const members = people();
  const toMember = (person: Person) => ({
    userId: person.userId,
    fullName: person.name,
    email: emailOf(person),
    role: person.isAdmin ? OrganizationRole.ADMIN : OrganizationRole.MEMBER,
    memberSince: timestampFromDate(new Date("2026-01-01")),
  });
  const transport = createRouterTransport((router) =>
    router.service(OrganizationService, {
      joinOrganization({ joinId }) {
        if (joinId.case === "inviteId" && joinId.value === "invite") members.set("3", grace());
        return { member: toMember(grace()) };
      },
      listMembers({ pagination: { token = "" } = {} }) {
        const all = [...members.values()];
        const at = Number(token);
        const nextToken = at + 1 < all.length ? String(at + 1) : "";
        return { members: all.slice(at, at + 1).map(toMember), pagination: { nextToken } };
      },
      setRole({ organizationId, userId, role }) {
        const person = members.get(userId);
        if (person && organizationId === "acc-1") person.isAdmin = role === OrganizationRole.ADMIN;
        return {};
      },
      leaveOrganization({ userId }) {
        members.delete(userId);
        return {};
      },
    }),
  );
  return new OnaClient({ transport: viaConnect(transport, OrganizationService) });
}

describe("one script, with only the client exchanged", () => {
  it("runs on Vydon", async () => {
    expect(await script(vydon())).toEqual(["Barbara: job_viewer", "Grace: admin"]);
  });

  it("runs on Ona", async () => {
    expect(await script(ona())).toEqual(["Barbara: member", "Grace: admin"]);
  });

  it.each([vydon, ona])("fails on both if the heir is not a member", async (open) => {
    const people = { from: "ada@example.com", to: "nobody@example.com" };
    await expect(handOver(open(), "acc-1", people)).rejects.toBeInstanceOf(NotFoundError);
    expect(await open().members.list("acc-1").toArray()).toHaveLength(2);
  });
});
