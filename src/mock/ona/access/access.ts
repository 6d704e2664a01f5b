import type { DescMethod } from "@bufbuild/protobuf";
import { MethodOptions_IdempotencyLevel } from "@bufbuild/protobuf/wkt";
import { failure } from "../../engine/errors.js";
import { userOf } from "../state/members.js";
import type { OnaAccountRow, OnaCaller, OnaMemberRow, OnaOrganizationRow } from "../state/rows.js";
import type { Ona } from "../state/state.js";

/** The user who calls, and the organization that the token is for. */
export interface ByUser {
  readonly member: OnaMemberRow;
  readonly organization: OnaOrganizationRow;
}

/** Who may call: every member of the organization, or admins only. */
export type Right = "member" | "admin";

/** Who may do what. */
export class Access {
  readonly #ona: Ona;

  constructor(ona: Ona) {
    this.#ona = ona;
  }

  /**
   * Returns who calls.
   *
   * @throws ConnectError `unauthenticated` if the token is missing or unknown, `permission_denied` if the account is blocked or the user
   * is suspended.
   */
  authenticate(header: Headers): OnaCaller {
    const { state, sessions, clock } = this.#ona;
    const caller = sessions.authenticate(header);
    const blocked = state.accounts.get(caller.accountId)?.blockedFor ?? null;
    if (blocked !== null) throw failure("permission_denied", "account is blocked");
    if (caller.kind === "user" && userOf(state, caller.userId)?.status === "suspended") {
      throw failure("permission_denied", "user is suspended");
    }
    if (caller.kind === "user" && caller.tokenId !== null) {
      state.tokens.update(caller.tokenId, { lastUsed: clock.now() });
    }
    return caller;
  }

  /** Checks that a token may make a call. @throws ConnectError `permission_denied` if a read-only token is used to write. */
  checkMethod(caller: OnaCaller, { idempotency }: DescMethod): void {
    const reads = idempotency === MethodOptions_IdempotencyLevel.NO_SIDE_EFFECTS;
    if (caller.kind === "user" && caller.readOnly && !reads) {
      throw failure("permission_denied", "the token can only read");
    }
  }

  /** The account with this id. @throws ConnectError `not_found` if there is none. */
  account(accountId: string): OnaAccountRow {
    const account = this.#ona.state.accounts.get(accountId);
    if (account === undefined) throw failure("not_found", "account not found");
    return account;
  }

  /** The user that a token is for. @throws ConnectError `permission_denied` if it is for an account, or if the user lacks the right. */
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
      throw failure("unauthenticated", "the user of the token is gone");
    }
    if (right === "admin" && member.role !== "admin") {
      throw failure("permission_denied", "only admins of the organization may do this");
    }
    return { member, organization };
  }

  /**
   * The caller as a user of the organization that a request names.
   *
   * @throws ConnectError `not_found` if there is no such organization, `permission_denied` if the token is for another one, or if the
   * user lacks the right.
   */
  inOrganization(caller: OnaCaller, organizationId: string, right: Right): ByUser {
    this.organization(organizationId);
    if (caller.kind === "user" && caller.organizationId !== organizationId) {
      throw failure("permission_denied", "the token is for another organization");
    }
    return this.user(caller, right);
  }

  /** The organization with this id. @throws ConnectError `not_found` if there is none. */
  organization(organizationId: string): OnaOrganizationRow {
    const organization = this.#ona.state.organizations.get(organizationId);
    if (organization === undefined) throw failure("not_found", "organization not found");
    return organization;
  }

  /**
   * The user that a request names. Everybody may name themselves, and an admin any user of the organization. Undefined if there is no
   * such user.
   *
   * @throws ConnectError `permission_denied` if it is another user, and the caller is not an admin.
   */
  selfOrAsAdmin(caller: OnaCaller, userId: string): OnaMemberRow | undefined {
    const target = userOf(this.#ona.state, userId);
    const isOwn = caller.kind === "user" ? userId === caller.userId : target?.accountId === caller.accountId;
    if (isOwn) return target;
    const { organization } = this.user(caller, "admin");
    return target?.organizationId === organization.id ? target : undefined;
  }
}
