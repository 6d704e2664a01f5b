import type { CallOptions } from "./call/options.js";
import type { List, ListOptions } from "./lists/list.js";

/** What the members of all APIs with roles have in common. */
export interface AnyMember {
  /** UUID. `members.remove` and `members.setRole` take it. */
  readonly userId: string;
  /** Empty if the person has none. */
  readonly name: string;
  /** The person's email. */
  readonly email: string;
  /** Such as "admin". The other roles differ between the APIs. */
  readonly role: string;
}

/**
 * A client whose accounts have members with roles: a `VydonClient` or an `OnaClient`. A function that takes one works with both.
 * For Ona, an account is an organization.
 *
 * What an invite is differs: Vydon sends one to a person, Ona has one link for all. So only accepting is the same here.
 *
 * @example
 * ```ts
 * async function promote({ members }: MembersClient, accountId: string, email: string) {
 *   for await (const member of members.list(accountId)) {
 *     if (member.email === email) await members.setRole(accountId, member.userId, "admin");
 *   }
 * }
 * ```
 */
export interface MembersClient {
  /** The people in an account. */
  readonly members: {
    /** The members of an account. */
    list(accountId: string, options?: ListOptions): List<AnyMember>;
    /** Removes a member. */
    remove(accountId: string, userId: string, options?: CallOptions): Promise<void>;
    /** Makes a member an admin, the one role that both APIs have. */
    setRole(accountId: string, userId: string, role: "admin", options?: CallOptions): Promise<void>;
  };
  /** Invites to accounts. */
  readonly invites: {
    /**
     * Joins the account that an invite leads to.
     *
     * @param invite - Vydon's `token`, or the `id` of Ona's.
     * @returns what the API returns: the account, or the new member.
     */
    accept(invite: string, options?: CallOptions): Promise<unknown>;
  };
}
