import type { CallOptions } from "./call/options.js";
import type { List, ListOptions } from "./lists/list.js";

/** A member in any API with roles. */
export interface AnyMember {
  /** UUID, for `members.remove` and `members.setRole`. */
  readonly userId: string;
  /** The person's name; empty if they have none. */
  readonly name: string;
  /** The person's email. */
  readonly email: string;
  /**
   * The member's role, such as "admin". The other roles differ between the APIs. "unspecified" for every member of a
   * Vydon server without roles.
   */
  readonly role: string;
}

/**
 * A client whose accounts have members with roles: a `VydonClient` or an `OnaClient`. A function with a parameter of
 * this type works with both. For Ona, an account is an organization.
 *
 * `invites` has only `accept`, because invites differ: Vydon sends one to a person, and Ona has one link for everyone.
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
  /** The members of accounts and their roles. */
  readonly members: {
    /** Lists the members of an account. */
    list(accountId: string, options?: ListOptions): List<AnyMember>;
    /**
     * Removes a member. If there is no such member, Vydon succeeds, and Ona fails with `NotFoundError`. Only Ona refuses
     * to remove the last admin, with `FailedPreconditionError`.
     */
    remove(accountId: string, userId: string, options?: CallOptions): Promise<void>;
    /**
     * Changes a member's role to "admin", the only role that both APIs have. If there is no such member, Vydon fails with
     * `InvalidArgumentError`, and Ona with `NotFoundError`.
     */
    setRole(accountId: string, userId: string, role: "admin", options?: CallOptions): Promise<void>;
  };
  /** Invites to accounts. */
  readonly invites: {
    /**
     * Joins the account that an invite is for.
     *
     * @param invite - the `token` of Vydon's invite, or the `id` of Ona's.
     * @returns the account from Vydon, or the new member from Ona.
     * @throws InvalidArgumentError (Vydon) or NotFoundError (Ona) if there is no such invite.
     */
    accept(invite: string, options?: CallOptions): Promise<unknown>;
  };
}
