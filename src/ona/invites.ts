import {
  createOrganizationInvite,
  getOrganizationInvite,
  getOrganizationInviteSummary,
  joinOrganization,
} from "../../gen/gitpod/v1/organization_service_methods.js";
import type { ApiPromise } from "../core/call/api-promise.js";
import type { Caller } from "../core/call/caller.js";
import type { CallOptions } from "../core/call/options.js";
import { required, requiredSecrets } from "../core/checks/arguments.js";
import { type OnaJoinableOrganization, toJoinableOrganization } from "./models/account.js";
import { inInvite, type OnaInvite } from "./models/invite.js";
import { inMember, type OnaMember } from "./models/member.js";

/**
 * Invites to organizations: `client.invites`. An invite is a link that any number of people can use. An organization has one
 * at a time. It has no email, no role and no expiry. A new one replaces it. Its id is a secret: anyone who has it can join.
 */
export class OnaInvites {
  readonly #call: Caller;

  /** @internal */
  constructor(call: Caller) {
    this.#call = call;
  }

  /**
   * Returns the invite of an organization. The server creates one if there is none. For admins. Calls
   * `GetOrganizationInvite`.
   *
   * @throws PermissionDeniedError if the caller is not an admin of the organization.
   * @throws NotFoundError if there is no such organization.
   */
  get(organizationId: string, options?: CallOptions): ApiPromise<OnaInvite> {
    return this.#call(getOrganizationInvite, () => required({ organizationId }), inInvite, options);
  }

  /**
   * Creates a new invite for an organization. The old one stops working, so a failed call is retried only if the server
   * certainly did not act. For admins. Calls `CreateOrganizationInvite`.
   *
   * @returns the new invite.
   * @throws PermissionDeniedError if the caller is not an admin of the organization.
   * @throws NotFoundError if there is no such organization.
   */
  create(organizationId: string, options?: CallOptions): ApiPromise<OnaInvite> {
    return this.#call(createOrganizationInvite, () => required({ organizationId }), inInvite, options);
  }

  /**
   * Returns the organization that an invite is for, to show it before a person joins. A client without `auth` can
   * call it. Calls `GetOrganizationInviteSummary`.
   *
   * @throws NotFoundError if there is no such invite, or a newer one replaced it.
   */
  summary(inviteId: string, options?: CallOptions): ApiPromise<OnaJoinableOrganization> {
    return this.#call(
      getOrganizationInviteSummary,
      (secrets) => requiredSecrets({ inviteId }, secrets),
      toJoinableOrganization,
      options,
    );
  }

  /**
   * Joins the organization that an invite is for. `organizations.join` joins because of the caller's email domain. The
   * vendor does not document what a second call returns, so a failed call is retried only if the server certainly did
   * not act. Calls `JoinOrganization`.
   *
   * @returns the caller as a member.
   * @throws NotFoundError if there is no such invite, or a newer one replaced it.
   */
  accept(inviteId: string, options?: CallOptions): ApiPromise<OnaMember> {
    return this.#call(
      joinOrganization,
      (secrets) => requiredSecrets({ inviteId }, secrets),
      inMember,
      options,
    );
  }
}
