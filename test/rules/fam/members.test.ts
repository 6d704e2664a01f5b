import type { MessageInitShape } from "@bufbuild/protobuf";
import { timestampMs } from "@bufbuild/protobuf/wkt";
import { Code } from "@connectrpc/connect";
import {
  type AccountMember,
  type ListAccountMembersRequestSchema,
  type ListAccountMembersResponse,
  MembershipStatus,
} from "tenantry/proto/fam";
import { describe, expect, it } from "vitest";
import { connectErrorOf, openWorld } from "../world.js";
import { createAccount, invite, join, type Person, person, ulid } from "./people.js";

type Search = MessageInitShape<typeof ListAccountMembersRequestSchema>;

// The members of FAM's accounts: listing, searching, filtering and sorting.

describe("FAM's members", () => {
  const world = openWorld({ strict: true, fam: { perPage: 3 } });

  /** Ada owns the account. Grace and Barbara joined. Eve's invitation is pending, Mallory's revoked, Trudy's expired. */
  async function populated() {
    const { ada, accountId } = await createAccount(world);
    await invite(world, ada, accountId, { name: "trudy" });
    world.server.clock.advance("8d");
    const grace = await join(world, ada, accountId, { name: "grace.hopper", relations: ["admin"] });
    world.server.clock.advance("1s");
    await join(world, ada, accountId, { name: "barbara", relations: ["member", "buyer"] });
    await invite(world, ada, accountId, { name: "eve", relations: ["buyer"] });
    const { invitation } = await invite(world, ada, accountId, { name: "mallory" });
    await ada.rpc.members.revokeInvitation({ accountId, invitationId: invitation.id });
    const search = (request: Search = {}) =>
      ada.rpc.members.listAccountMembers({ accountId, page: 1, ...request });
    return { ada, grace, accountId, search };
  }

  const names = ({ members }: ListAccountMembersResponse) => members.map(({ email }) => email.split("@")[0]);

  it("ListMembers returns each member with their relations", async () => {
    const { ada, grace, accountId } = await populated();
    const { members } = await grace.rpc.members.listMembers({ accountId });
    expect(members).toHaveLength(3);
    expect(members.slice(0, 2)).toMatchObject([
      { userId: ada.userId, relations: ["owner"] },
      { userId: grace.userId, relations: ["admin"] },
    ]);
  });

  it("ListAccountMembers returns members and invitations in pages, with the total", async () => {
    const { search } = await populated();
    const first = await search();
    expect(first).toMatchObject({ page: 1, perPage: 3, totalResults: 6n });
    expect(names(first)).toEqual(["ada", "grace.hopper", "barbara"]);
    const second = await search({ page: 2 });
    expect(second).toMatchObject({ page: 2, perPage: 3, totalResults: 6n });
    expect(names(second)).toEqual(["trudy", "eve", "mallory"]);
    expect(await search({ page: 3 })).toMatchObject({ members: [], page: 3, perPage: 3, totalResults: 6n });
    expect(await search({ page: 2 ** 31 - 1 })).toMatchObject({ members: [], totalResults: 6n });
  });

  it("ListAccountMembers returns a member's name, email, relations and invitation", async () => {
    const { grace, accountId, search } = await populated();
    const [entry] = (await search({ query: "grace" })).members;
    expect(entry).toMatchObject({
      accountId,
      membershipStatus: MembershipStatus.ACTIVE,
      userId: grace.userId,
      email: "grace.hopper@example.com",
      firstName: "Grace",
      lastName: "Hopper",
      relations: ["admin"],
    });
    expect(entry?.id).toMatch(ulid);
    expect(entry?.invitationId).toMatch(ulid);
    const joinedAt = world.server.clock.now() - 1_000;
    expect(entry?.acceptedAt && timestampMs(entry.acceptedAt)).toBe(joinedAt);
    expect(entry?.createdAt && timestampMs(entry.createdAt)).toBe(joinedAt);
    expect(entry?.expiresAt).toBeUndefined();
  });

  it("ListAccountMembers returns a member who was not invited without an invitation and its times", async () => {
    const { ada, search } = await populated();
    const [entry] = (await search({ query: "ada@" })).members;
    expect(entry).toMatchObject({ userId: ada.userId, invitationId: "", relations: ["owner"] });
    expect([entry?.expiresAt, entry?.acceptedAt]).toEqual([undefined, undefined]);
  });

  it("ListAccountMembers returns an open invitation with its expiry and without a user", async () => {
    const { search } = await populated();
    const invitedAt = world.server.clock.now();
    world.server.clock.advance("1h");
    const [entry] = (await search({ query: "eve@" })).members;
    expect(entry).toMatchObject({
      membershipStatus: MembershipStatus.INVITED,
      userId: "",
      firstName: "",
      relations: ["buyer"],
    });
    expect(entry?.id).toBe(entry?.invitationId);
    expect(entry?.createdAt && timestampMs(entry.createdAt)).toBe(invitedAt);
    expect(entry?.expiresAt && timestampMs(entry.expiresAt)).toBe(invitedAt + 7 * 86_400_000);
    expect(entry?.acceptedAt).toBeUndefined();
  });

  it("ListAccountMembers returns an open invitation of a user with the user's id and name", async () => {
    const { ada, accountId, search } = await populated();
    const { userId } = person(world, "hedy.lamarr");
    await invite(world, ada, accountId, { name: "hedy.lamarr" });
    const { members } = await search({ query: "hedy lamarr" });
    expect(members).toMatchObject([{ userId, firstName: "Hedy", lastName: "Lamarr" }]);
  });

  it.each([
    ["an email", "BARBARA@", ["barbara"]],
    ["an email with spaces around it", " barbara@ ", ["barbara"]],
    ["a first name", "Grace", ["grace.hopper"]],
    ["a last name", "hopper", ["grace.hopper"]],
    ["both names", "ce hop", ["grace.hopper"]],
    ["no member's name or email", "nobody", []],
  ])("`query` searches by %s, ignoring case", async (_what, query, expected) => {
    const { search } = await populated();
    const response = await search({ query });
    expect(names(response)).toEqual(expected);
    expect(response.totalResults).toBe(BigInt(expected.length));
  });

  it.each([
    ["active", [MembershipStatus.ACTIVE], ["ada", "grace.hopper", "barbara"]],
    ["invited", [MembershipStatus.INVITED], ["eve"]],
    ["expired", [MembershipStatus.INVITATION_EXPIRED], ["trudy"]],
    ["revoked", [MembershipStatus.INVITATION_REVOKED], ["mallory"]],
    ["invited or expired", [MembershipStatus.INVITED, MembershipStatus.INVITATION_EXPIRED], ["trudy", "eve"]],
  ])("`filters.statuses` returns the entries that are %s", async (_what, statuses, expected) => {
    const { search } = await populated();
    expect(names(await search({ filters: { statuses } }))).toEqual(expected);
  });

  it("`filters.relations` returns entries with any of the relations, and filters combine with each other and `query`", async () => {
    const { search } = await populated();
    expect(names(await search({ filters: { relations: ["buyer", "admin"] } }))).toEqual([
      "grace.hopper",
      "barbara",
      "eve",
    ]);
    const filters = { relations: ["buyer"], statuses: [MembershipStatus.ACTIVE] };
    expect(names(await search({ filters, query: "bar" }))).toEqual(["barbara"]);
  });

  it("`sort` orders by the first field, then by the next", async () => {
    const { search } = await populated();
    expect(names(await search({ sort: [{ field: "email", descending: true }] }))).toEqual([
      "trudy",
      "mallory",
      "grace.hopper",
    ]);
    const sort = [{ field: "membership_status", descending: true }, { field: "email" }];
    expect(names(await search({ sort }))).toEqual(["mallory", "trudy", "ada"]);
    expect(names(await search({ sort, page: 2 }))).toEqual(["barbara", "grace.hopper", "eve"]);
  });

  it("`sort` ignores case, and puts entries without a time before the others", async () => {
    const { ada, accountId, search } = await populated();
    world.server.fam.signIn({ email: "Zoe@example.com", firstName: "adele", lastName: "abbott" });
    await join(world, ada, accountId, { name: "zoe" });
    const sorted = async (field: string, statuses: MembershipStatus[] = []) =>
      names(await search({ sort: [{ field, descending: true }], filters: { statuses } }));
    const active = [MembershipStatus.ACTIVE];
    expect(await sorted("email", active)).toEqual(["Zoe", "grace.hopper", "barbara"]);
    expect(await sorted("first_name", active)).toEqual(["grace.hopper", "barbara", "Zoe"]);
    expect((await sorted("last_name", active)).slice(0, 2)).toEqual(["grace.hopper", "Zoe"]);
    expect(await sorted("expires_at")).toEqual(["eve", "mallory", "trudy"]);
    expect((await sorted("accepted_at"))[2]).toBe("grace.hopper");
  });

  it.each<[string, (member: AccountMember) => string | number | undefined]>([
    ["id", ({ id }) => id],
    ["account_id", ({ accountId }) => accountId],
    ["membership_status", ({ membershipStatus }) => membershipStatus],
    ["user_id", ({ userId }) => userId],
    ["invitation_id", ({ invitationId }) => invitationId],
    ["first_name", ({ firstName }) => firstName],
    ["last_name", ({ lastName }) => lastName],
    ["created_at", ({ createdAt }) => createdAt && timestampMs(createdAt)],
  ])("`sort` orders by the field %s, in both directions", async (field, pick) => {
    const { search } = await populated();
    const values = async (descending: boolean) => {
      const pages = [1, 2].map((page) => search({ sort: [{ field, descending }], page }));
      return (await Promise.all(pages)).flatMap(({ members }) => members.map(pick));
    };
    const ascending = await values(false);
    expect(ascending).toHaveLength(6);
    expect(ascending).toEqual(ascending.toSorted());
    expect(await values(true)).toEqual(ascending.toReversed());
  });

  it("`sort` fails with invalid_argument for an unknown field", async () => {
    const { search } = await populated();
    for (const field of ["shoe_size", "", "constructor", "relations"]) {
      const error = await connectErrorOf(search({ sort: [{ field }] }));
      expect(error.code).toBe(Code.InvalidArgument);
    }
  });
});

describe("FAM's ListAccountMembers", () => {
  const world = openWorld();

  it("returns 20 entries a page by default", async () => {
    const { ada, accountId } = await createAccount(world);
    await inviteMany(ada, accountId, 24);
    const request = { accountId, page: 1 };
    const response = await ada.rpc.members.listAccountMembers(request);
    expect(response).toMatchObject({ perPage: 20, totalResults: 25n });
    expect(response.members).toHaveLength(20);
  });

  it("needs a page of 1 or more", async () => {
    const { ada, accountId } = await createAccount(world);
    for (const page of [0, -1]) {
      const error = await connectErrorOf(ada.rpc.members.listAccountMembers({ accountId, page }));
      expect(error.code).toBe(Code.InvalidArgument);
    }
  });
});

describe("FAM's ListAccountMembers with `validate: false`", () => {
  const world = openWorld({ validate: false, fam: { perPage: 2 } });

  it.each([0, -1, -(2 ** 31)])("returns the first page for the page %i", async (page) => {
    const { ada, accountId } = await createAccount(world);
    await inviteMany(ada, accountId, 2);
    const response = await ada.rpc.members.listAccountMembers({ accountId, page });
    expect(response).toEqual(await ada.rpc.members.listAccountMembers({ accountId, page: 1 }));
    expect(response.members).toHaveLength(2);
  });
});

async function inviteMany(from: Person, accountId: string, count: number): Promise<void> {
  for (let index = 0; index < count; index++) {
    const email = `guest-${index}@example.com`;
    await from.rpc.members.inviteMember({ accountId, email, relations: ["member"] });
  }
}
