/**
 * Hands a team over from one admin to another. It runs on Vydon and on Ona; only the client differs.
 *
 *     await handOver(new VydonClient({ … }), accountId, { from: "ada@example.com", to: "grace@example.com" });
 *     await handOver(new OnaClient({ … }), organizationId, { from: "ada@example.com", to: "grace@example.com" });
 */
import { type AnyMember, type MembersClient, NotFoundError } from "tenantry";

/**
 * Makes one member an admin, and removes another. Run it again after a failure: it does what is left to do.
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
  // All are found before any is removed: a list that changes while it is read may skip one.
  const before = await members.list(accountId).toArray();
  const heir = before.find(({ email }) => email === people.to);
  if (!heir) throw new NotFoundError(`${people.to} is not a member. Invite them first.`);
  if (heir.role !== "admin") await members.setRole(accountId, heir.userId, "admin");

  const leaver = before.find(({ email }) => email === people.from);
  if (leaver) await members.remove(accountId, leaver.userId);
  return members.list(accountId).toArray();
}
