import {
  createOrganization,
  deleteOrganization,
  getOrganization,
  joinOrganization,
  updateOrganization,
} from "../../gen/gitpod/v1/organization_service_methods.js";
import type { ApiPromise } from "../core/call/api-promise.js";
import type { Caller } from "../core/call/caller.js";
import type { CallOptions } from "../core/call/options.js";
import { fieldsOf, flag, listOf, required, requiredText } from "../core/checks/arguments.js";
import { nothing } from "../core/json/fields.js";
import { type OnaCreatedOrganization, toCreatedOrganization } from "./models/created-organization.js";
import { inMember, type OnaMember } from "./models/member.js";
import { inOrganization, type OnaOrganization } from "./models/organization.js";

/**
 * Organizations: `client.organizations`. The API has no list of them. `accounts.get` returns the organizations of the
 * caller, and `accounts.listJoinableOrganizations` returns the organizations that the caller may join.
 */
export class OnaOrganizations {
  readonly #call: Caller;

  /** @internal */
  constructor(call: Caller) {
    this.#call = call;
  }

  /**
   * Returns one organization. Calls `GetOrganization`.
   *
   * @throws PermissionDeniedError if the token is for another organization.
   * @throws NotFoundError if there is no such organization.
   */
  get(organizationId: string, options?: CallOptions): ApiPromise<OnaOrganization> {
    return this.#call(getOrganization, () => required({ organizationId }), inOrganization, options);
  }

  /**
   * Creates an organization. A second call would create another one, so a failed call is retried only if the server
   * certainly did not act. Calls `CreateOrganization`.
   *
   * @returns the organization, with the caller as a `member` if they joined.
   * @throws FailedPreconditionError if `inviteAccountsWithMatchingDomain` is true, and anyone can get an email of the
   * caller's domain.
   */
  create(
    organization: {
      /** At least three characters. */
      name: string;
      /** Whether the caller becomes its first member. Default false. */
      join?: boolean | undefined;
      /** Whether people with the caller's email domain may join without an invite. Default false. */
      inviteAccountsWithMatchingDomain?: boolean | undefined;
    },
    options?: CallOptions,
  ): ApiPromise<OnaCreatedOrganization> {
    return this.#call(
      createOrganization,
      () => {
        const {
          name,
          join = false,
          inviteAccountsWithMatchingDomain: invite = false,
        } = fieldsOf(organization, "organization");
        return {
          ...required({ name }),
          joinOrganization: flag(join, "join"),
          inviteAccountsWithMatchingDomain: flag(invite, "inviteAccountsWithMatchingDomain"),
        };
      },
      toCreatedOrganization,
      options,
    );
  }

  /**
   * Changes an organization. For admins. Calls `UpdateOrganization`.
   *
   * @returns the organization as it is now.
   * @throws PermissionDeniedError if the caller is not an admin of it.
   * @throws FailedPreconditionError if the organization has not verified one of the domains: see `client.domains`.
   * @throws NotFoundError if there is no such organization.
   */
  update(
    organizationId: string,
    changes: {
      /** The new name. Default: unchanged. */
      name?: string | undefined;
      /**
       * All email domains that allow people to join without an invite. Default: unchanged. With an empty list, nobody
       * may join without an invite.
       */
      inviteDomains?: readonly string[] | undefined;
    },
    options?: CallOptions,
  ): ApiPromise<OnaOrganization> {
    return this.#call(
      updateOrganization,
      () => {
        const { name, inviteDomains } = fieldsOf(changes, "changes");
        return {
          ...required({ organizationId }),
          ...(name !== undefined && required({ name })),
          ...(inviteDomains !== undefined && {
            inviteDomains: { domains: listOf(inviteDomains, "inviteDomains", requiredText) },
          }),
        };
      },
      inOrganization,
      options,
    );
  }

  /**
   * Deletes an organization and its content for good. For admins. Its users' tokens end, so a second call fails with
   * `UnauthenticatedError`, or with `NotFoundError` if its token is for another organization. A failed call is retried only if the
   * server certainly did not act. Calls `DeleteOrganization`.
   *
   * @throws PermissionDeniedError if the caller is not an admin of it.
   * @throws NotFoundError if there is no such organization.
   */
  delete(organizationId: string, options?: CallOptions): ApiPromise<void> {
    return this.#call(deleteOrganization, () => required({ organizationId }), nothing, options);
  }

  /**
   * Joins an organization that people with the caller's email domain may join. `invites.accept` joins by an invite. The
   * vendor does not document what a second call returns, so a failed call is retried only if the server certainly did
   * not act. Calls `JoinOrganization`.
   *
   * @returns the caller as a member.
   * @throws PermissionDeniedError if people with the caller's email domain may not join.
   * @throws NotFoundError if there is no such organization.
   */
  join(organizationId: string, options?: CallOptions): ApiPromise<OnaMember> {
    return this.#call(joinOrganization, () => required({ organizationId }), inMember, options);
  }
}
