import {
  createOrganizationInvite,
  getOrganizationInvite,
  getOrganizationInviteSummary,
  joinOrganization,
} from "../../gen/gitpod/v1/organization_service_methods.js";
import type { ApiPromise } from "../core/call/api-promise.js";
import type { Caller } from "../core/call/caller.js";
import type { CallOptions } from "../core/call/options.js";
import { required } from "../core/checks/arguments.js";
import { type OnaJoinableOrganization, toJoinableOrganization } from "./models/account.js";
import { inInvite, type OnaInvite } from "./models/invite.js";
import { inMember, type OnaMember } from "./models/member.js";

/**
 * Invites to organizations: `client.invites`. An invite is a link that any number of people can use. An organization has one
 * at a time. It has no email, no role and no expiry. A new one replaces it.
 */
export class OnaInvites {
  readonly #call: Caller;

  /** @internal */
  constructor(call: Caller) {
    this.#call = call;
  }

  /**
   * Creates a new invite for an organization. The one before it stops working, so the call is not repeated after a failure
   * unless it is sure that the server did not act. For admins. Calls `CreateOrganizationInvite`.
   *
   * @throws PermissionDeniedError if the caller is not an admin of the organization.
   */
  create(organizationId: string, options?: CallOptions): ApiPromise<OnaInvite> {
    return this.#call(createOrganizationInvite, () => required({ organizationId }), inInvite, options);
  }

  /**
   * The invite of an organization. The server creates one if there is none. For admins. Calls `GetOrganizationInvite`.
   *
   * @throws PermissionDeniedError if the caller is not an admin of the organization.
   */
  get(organizationId: string, options?: CallOptions): ApiPromise<OnaInvite> {
    return this.#call(getOrganizationInvite, () => required({ organizationId }), inInvite, options);
  }

  /**
   * The organization that an invite leads to, to show before somebody joins. Needs no token. Calls
   * `GetOrganizationInviteSummary`.
   *
   * @throws NotFoundError if there is no such invite, or another one has replaced it.
   */
  summary(inviteId: string, options?: CallOptions): ApiPromise<OnaJoinableOrganization> {
    return this.#call(
      getOrganizationInviteSummary,
      () => required({ inviteId }),
      toJoinableOrganization,
      options,
    );
  }

  /**
   * Joins the organization that an invite leads to. `organizations.join` joins because of the caller's email domain. The
   * vendor does not say what a repeat returns, so the call is not repeated after a failure unless it is sure that the server
   * did not act. Calls `JoinOrganization`.
   *
   * @returns the caller as a member.
   * @throws NotFoundError if there is no such invite, or another one has replaced it.
   */
  accept(inviteId: string, options?: CallOptions): ApiPromise<OnaMember> {
    return this.#call(joinOrganization, () => required({ inviteId }), inMember, options);
  }
}
