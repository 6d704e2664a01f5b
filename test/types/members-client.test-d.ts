import type {
  AnyMember,
  CallOptions,
  FamClient,
  ListOptions,
  MembersClient,
  OnaClient,
  VydonClient,
} from "tenantry";
import { expectTypeOf, test } from "vitest";

declare const vydon: VydonClient;
declare const ona: OnaClient;
declare const fam: FamClient;
declare const call: CallOptions;
declare const list: ListOptions;

/** A script for any MembersClient. */
async function offboard(
  client: MembersClient,
  accountId: string,
  gone: string,
  heir: string,
  invite: string,
) {
  await client.invites.accept(invite, call);
  for (const member of await client.members.list(accountId, list).toArray({ limit: 1_000 })) {
    expectTypeOf(member).toEqualTypeOf<AnyMember>();
    if (member.email === heir && member.role !== "admin") {
      await client.members.setRole(accountId, member.userId, "admin", call);
    }
    if (member.email === gone) await client.members.remove(accountId, member.userId, call);
  }
}

test("VydonClient and OnaClient are MembersClients", () => {
  expectTypeOf(vydon).toExtend<MembersClient>();
  expectTypeOf(ona).toExtend<MembersClient>();
  offboard(vydon, "acc-1", "ada@example.com", "grace@example.com", "token");
  offboard(ona, "org-1", "ada@example.com", "grace@example.com", "invite-id");
});

test("FamClient is not a MembersClient, because its members have no role", () => {
  // @ts-expect-error
  offboard(fam, "acc-1", "ada@example.com", "grace@example.com", "token");
});

test("members.setRole() of a MembersClient accepts only the role admin", (_context, client: MembersClient = ona) => {
  // @ts-expect-error Ona only
  client.members.setRole("acc-1", "1", "member");
  // @ts-expect-error Vydon only
  client.members.setRole("acc-1", "1", "job_viewer");
});

test("a MembersClient has no invites.create(), because Vydon's invite is for a person and Ona's is a link", (_context, client: MembersClient = ona) => {
  // @ts-expect-error
  client.invites.create("acc-1");
});

test("members.list() has the same parameters in all clients, and more options in OnaClient", () => {
  expectTypeOf<Parameters<FamClient["members"]["list"]>>().toEqualTypeOf<
    Parameters<VydonClient["members"]["list"]>
  >();
  vydon.members.list("acc-1", { limit: 5 });
  fam.members.list("acc-1", { limit: 5 });
  ona.members.list("org-1", { limit: 5, search: "ada", roles: ["admin"], count: true });
  // @ts-expect-error
  vydon.members.list("acc-1", { search: "ada" });
  // @ts-expect-error
  ona.members.list("org-1", { statuses: ["unknown"] });
  // @ts-expect-error
  ona.members.list("org-1", { sort: { field: "email" } });
});
