/**
 * Hands a team over from one admin to another. It works with Vydon and with Ona. Only the client differs.
 *
 *     await handOver(new VydonClient({ … }), accountId, { from: "ada@example.com", to: "grace@example.com" });
 *     await handOver(new OnaClient({ … }), organizationId, { from: "ada@example.com", to: "grace@example.com" });
 */
import { type AnyMember, type MembersClient, NotFoundError } from "tenantry";

/**
 * Makes one member an admin, and removes another, who may be the caller. After a failure, run it again: it continues with
 * the steps that are left. Only if the caller has left already, it cannot run again.
 *
 * @param accountId - the account at Vydon, or the organization at Ona.
 * @param people - the emails of the member to remove, and of the member to make an admin.
 * @returns the members afterwards.
 * @throws NotFoundError if no active member has the email `to`.
 */
export async function handOver(
  { members }: MembersClient,
  accountId: string,
  people: { from: string; to: string },
): Promise<AnyMember[]> {
  // The whole list is read first, because a list that changes while it is read may skip a member.
  const before = await members.list(accountId).toArray();
  const successor = before.find((member) => isActive(member) && hasEmail(member, people.to));
  if (!successor) throw new NotFoundError(`${people.to} is not an active member. Invite them first.`);
  const leaver = before.find((member) => hasEmail(member, people.from));
  if (leaver === successor) throw new Error("one person cannot take over from themselves");

  if (successor.role !== "admin") await members.setRole(accountId, successor.userId, "admin");
  if (leaver) await members.remove(accountId, leaver.userId);
  // The list is not read again: a caller who has removed themselves may not read it.
  return before
    .filter((member) => member !== leaver)
    .map((member) => (member === successor ? { ...member, role: "admin" } : member));
}

/** Only Ona's members have a status. */
function isActive(member: AnyMember): boolean {
  return !("status" in member) || member.status === "active";
}

/** Ona ignores upper and lower case. At Vydon, a different case is a different person. */
function hasEmail(member: AnyMember, email: string): boolean {
  return "status" in member ? member.email.toLowerCase() === email.toLowerCase() : member.email === email;
}
