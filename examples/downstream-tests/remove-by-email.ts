import type { VydonMember } from "tenantry";

/** The methods that `removeByEmail` calls. `client.members` of a `VydonClient` has them, and so has a plain object. */
export interface Members {
  list(accountId: string): AsyncIterable<Pick<VydonMember, "userId" | "email">>;
  remove(accountId: string, userId: string): Promise<void>;
}

/** Removes the person with this email. Returns false if they are not a member. */
export async function removeByEmail(members: Members, accountId: string, email: string): Promise<boolean> {
  for await (const member of members.list(accountId)) {
    if (member.email !== email) continue;
    await members.remove(accountId, member.userId);
    return true;
  }
  return false;
}
