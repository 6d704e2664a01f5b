import {
  type AnyMember,
  type MembersClient,
  NotFoundError,
  OnaClient,
  PermissionDeniedError,
  VydonClient,
} from "tenantry";
import { createMockServer } from "tenantry/mock";
import { beforeEach, describe, expect, it } from "vitest";
import { handOver } from "../../examples/hand-over.js";

const acme = "7a1c4c39-5d0e-4d2c-9a3c-0f6a3a3f9d10";
const invite = "0b1e7a52-3c64-4d8f-9a10-5e2f7c9d4b36";

const server = createMockServer({ strict: true });
server.seed({
  vydon: {
    accounts: [
      {
        id: acme,
        name: "acme",
        members: [
          { email: "hedy@example.com" },
          { email: "ada@example.com" },
          { email: "barbara@example.com", role: "job_viewer" },
        ],
        invites: [{ email: "grace@example.com", token: invite }],
      },
    ],
  },
  ona: {
    organizations: [
      {
        id: acme,
        name: "Acme",
        inviteId: invite,
        members: [
          { email: "hedy@example.com", role: "admin" },
          { email: "ada@example.com", role: "admin" },
          { email: "barbara@example.com" },
          { email: "mary@example.com", status: "suspended" },
        ],
      },
    ],
  },
});
beforeEach(() => server.reset());

/** Returns a client of one API, for a member of the team, or for a person who is not in a team yet. */
type As = (name: string, isMember: boolean) => MembersClient;

const vydon: As = (name) => new VydonClient(server.vydon.signIn({ email: `${name}@example.com` }).connect());
const ona: As = (name, isMember) => {
  const who = { email: `${name}@example.com`, ...(isMember && { organization: acme }) };
  return new OnaClient(server.ona.signIn(who).connect());
};

/** Grace accepts an invite, and Hedy lets her take Ada's place. The code does not depend on an API. */
async function script(as: As): Promise<string[]> {
  await as("grace", false).invites.accept(invite);
  const people = { from: "ada@example.com", to: "grace@example.com" };
  const members = await handOver(as("hedy", true), acme, people);
  // A second run changes nothing.
  expect(await handOver(as("hedy", true), acme, people)).toEqual(members);
  return members.map(({ name, role }) => `${name}: ${role}`).sort();
}

describe("a script for any MembersClient", () => {
  it("runs with a VydonClient", async () => {
    expect(await script(vydon)).toEqual(["Barbara: job_viewer", "Grace: admin", "Hedy: admin"]);
  });

  it("runs with an OnaClient", async () => {
    expect(await script(ona)).toEqual(["Barbara: member", "Grace: admin", "Hedy: admin", "Mary: member"]);
  });

  it.each([vydon, ona])("lets the caller leave, for both clients", async (as) => {
    const people = { from: "ada@example.com", to: "barbara@example.com" };
    const members = await handOver(as("ada", true), acme, people);
    const rolesOf = (list: AnyMember[]) => list.map(({ name, role }) => `${name}: ${role}`).sort();
    expect(rolesOf(members)).toEqual(rolesOf(await as("hedy", true).members.list(acme).toArray()));
  });

  it.each([vydon, ona])(
    "removes nobody if both emails are the same person's, for both clients",
    async (as) => {
      const hedy = as("hedy", true);
      const people = { from: "ada@example.com", to: "ada@example.com" };
      const before = await hedy.members.list(acme).toArray();
      await expect(handOver(hedy, acme, people)).rejects.toThrow("from themselves");
      expect(await hedy.members.list(acme).toArray()).toEqual(before);
    },
  );

  it("ignores the case of an email, and refuses a suspended member, with an OnaClient", async () => {
    const hedy = ona("hedy", true);
    const toMary = { from: "ada@example.com", to: "mary@example.com" };
    await expect(handOver(hedy, acme, toMary)).rejects.toBeInstanceOf(NotFoundError);
    const toBarbara = { from: "ADA@example.com", to: "Barbara@example.com" };
    const names = (await handOver(hedy, acme, toBarbara)).map(({ name, role }) => `${name}: ${role}`);
    expect(names).toEqual(["Hedy: admin", "Barbara: admin", "Mary: member"]);
  });

  it.each([vydon, ona])(
    "rejects with NotFoundError if the new member is not in the team, for both clients",
    async (as) => {
      const people = { from: "ada@example.com", to: "nobody@example.com" };
      const hedy = as("hedy", true);
      const size = (await hedy.members.list(acme).toArray()).length;
      await expect(handOver(hedy, acme, people)).rejects.toBeInstanceOf(NotFoundError);
      expect(await hedy.members.list(acme).toArray()).toHaveLength(size);
    },
  );

  it.each([vydon, ona])(
    "rejects with PermissionDeniedError for a caller who is not an admin, for both clients",
    async (as) => {
      const people = { from: "ada@example.com", to: "hedy@example.com" };
      await expect(handOver(as("barbara", true), acme, people)).rejects.toBeInstanceOf(PermissionDeniedError);
    },
  );
});
