/**
 * Hands a team over from one admin to another. It works with Vydon and with Ona. Only the client differs.
 *
 *     await handOver(new VydonClient({ … }), accountId, { from: "ada@example.com", to: "grace@example.com" });
 *     await handOver(new OnaClient({ … }), organizationId, { from: "ada@example.com", to: "grace@example.com" });
 */
import { type AnyMember, type MembersClient, NotFoundError } from "tenantry";

/**
 * Makes one member an admin, and removes another. After a failure, run it again: it continues with the steps that are
 * left.
 *
 * @param accountId - the account at Vydon, or the organization at Ona.
 * @param people - the emails of the member to remove, and of the member to make an admin.
 * @returns the members afterwards.
 * @throws NotFoundError if no member has the email `to`.
 */
export async function handOver(
  { members }: MembersClient,
  accountId: string,
  people: { from: string; to: string },
): Promise<AnyMember[]> {
  // The whole list is read first, because a list that changes while it is read may skip a member.
  const before = await members.list(accountId).toArray();
  const successor = before.find(({ email }) => email === people.to);
  if (!successor) throw new NotFoundError(`${people.to} is not a member. Invite them first.`);
  if (successor.role !== "admin") await members.setRole(accountId, successor.userId, "admin");

  const leaver = before.find(({ email }) => email === people.from);
  if (leaver) await members.remove(accountId, leaver.userId);
  return members.list(accountId).toArray();
}
