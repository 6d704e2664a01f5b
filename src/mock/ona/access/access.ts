import { failure } from "../../engine/errors.js";
import { userOf } from "../state/members.js";
import type { OnaAccountRow, OnaCaller, OnaMemberRow, OnaOrganizationRow } from "../state/rows.js";
import type { Ona } from "../state/state.js";

/** The calling user, and the organization that the token is for. */
export interface ByUser {
  readonly member: OnaMemberRow;
  readonly organization: OnaOrganizationRow;
}

/** The right that a call requires: membership in the organization, or the role of an admin. */
export type Right = "member" | "admin";

/** Finds the objects in a request, and checks what the caller may do. */
export class Access {
  readonly #ona: Ona;

  constructor(ona: Ona) {
    this.#ona = ona;
  }

  /** Returns the account with this id. @throws ConnectError `not_found` if there is none. */
  account(accountId: string): OnaAccountRow {
    const account = this.#ona.state.accounts.get(accountId);
    if (account === undefined) throw failure("not_found", "account not found");
    return account;
  }

  /** Returns the organization with this id. @throws ConnectError `not_found` if there is none. */
  organization(organizationId: string): OnaOrganizationRow {
    const organization = this.#ona.state.organizations.get(organizationId);
    if (organization === undefined) throw failure("not_found", "organization not found");
    return organization;
  }

  /** Returns the organization of an invite link. @throws ConnectError `not_found` if there is no such link, or if it was replaced. */
  organizationOfInvite(inviteId: string): OnaOrganizationRow {
    const [organization] = this.#ona.state.organizations.by("invite", inviteId);
    if (organization === undefined) throw failure("not_found", "invite not found");
    return organization;
  }

  /**
   * Returns the caller as a user.
   *
   * @throws ConnectError `permission_denied` if the token is for an account, or if the user does not have the right, `unauthenticated` if
   * the user no longer exists.
   */
  user(caller: OnaCaller, right: Right = "member"): ByUser {
    if (caller.kind === "account") {
      throw failure(
        "permission_denied",
        "the token is for an account, not for a user of an organization (mock: sign in with `organization`)",
      );
    }
    const { state } = this.#ona;
    const member = userOf(state, caller.userId);
    const organization = state.organizations.get(caller.organizationId);
    if (member === undefined || organization === undefined) {
      throw failure("unauthenticated", "the token's user no longer exists");
    }
    if (right === "admin" && member.role !== "admin") {
      throw failure("permission_denied", "only admins of the organization may do this");
    }
    return { member, organization };
  }

  /**
   * Returns the caller as a user of the organization with this id.
   *
   * @throws ConnectError `not_found` if there is no such organization, `permission_denied` if the token is for another one, or if the
   * user does not have the right.
   */
  userInOrganization(caller: OnaCaller, organizationId: string, right: Right): ByUser {
    this.organization(organizationId);
    if (caller.kind === "user" && caller.organizationId !== organizationId) {
      throw failure("permission_denied", "the token is for another organization");
    }
    return this.user(caller, right);
  }

  /**
   * Returns the user with this id. It is the caller's own user or, if the caller is an admin, any user of the organization. Undefined
   * if there is no such user.
   *
   * @throws ConnectError `permission_denied` if `userId` is another user's and the caller is not an admin.
   */
  selfOrAsAdmin(caller: OnaCaller, userId: string): OnaMemberRow | undefined {
    const target = userOf(this.#ona.state, userId);
    const isOwn = caller.kind === "user" ? userId === caller.userId : target?.accountId === caller.accountId;
    if (isOwn) return target;
    // An account has no organization, so a user that does not exist is not found, not forbidden.
    if (target === undefined && caller.kind === "account") return undefined;
    const { organization } = this.user(caller, "admin");
    return target?.organizationId === organization.id ? target : undefined;
  }
}
