import {
  createDomainVerification,
  deleteDomainVerification,
  getDomainVerification,
  listDomainVerifications,
  verifyDomain,
} from "../../gen/gitpod/v1/organization_service_methods.js";
import type { ApiPromise } from "../core/call/api-promise.js";
import type { Caller } from "../core/call/caller.js";
import type { CallOptions } from "../core/call/options.js";
import { fieldsOf, required, requiredText } from "../core/checks/arguments.js";
import { nothing } from "../core/json/fields.js";
import type { List, ListOptions } from "../core/lists/list.js";
import { listByToken } from "../core/lists/list-by-token.js";
import { inDomain, inNewDomain, type OnaDomain, toDomain } from "./models/domain.js";
import { inPage } from "./models/page.js";

/**
 * The email domains of organizations, and their verification: `client.domains`. Joining by email domain and single
 * sign-on depend on them.
 */
export class OnaDomains {
  readonly #call: Caller;

  /** @internal */
  constructor(call: Caller) {
    this.#call = call;
  }

  /**
   * Lists the domains of an organization. Pages have 25 items by default, and at most 100. Calls
   * `ListDomainVerifications`.
   *
   * @throws PermissionDeniedError if the token is for another organization.
   * @throws NotFoundError if there is no such organization.
   */
  list(organizationId: string, options?: ListOptions): List<OnaDomain> {
    return listByToken(
      this.#call,
      listDomainVerifications,
      (pagination) => ({ ...required({ organizationId }), pagination }),
      inPage("domainVerifications", toDomain),
      options,
    );
  }

  /**
   * Returns one domain. Calls `GetDomainVerification`.
   *
   * @throws NotFoundError if there is no such domain.
   */
  get(domainId: string, options?: CallOptions): ApiPromise<OnaDomain> {
    return this.#call(getDomainVerification, () => fromId(domainId), inDomain, options);
  }

  /**
   * Adds a domain. It is "pending" until its DNS contains the `verificationToken` and {@link OnaDomains.verify} has
   * found it there. A second call may add the domain twice, so a failed call is retried only if the server certainly
   * did not act. For admins. Calls `CreateDomainVerification`.
   *
   * @returns the domain, with its `verificationToken`.
   * @throws PermissionDeniedError if the caller is not an admin of the organization.
   * @throws NotFoundError if there is no such organization.
   */
  create(
    organizationId: string,
    verification: {
      /** The domain, such as `example.com`, in 4 to 253 characters. */
      domain: string;
    },
    options?: CallOptions,
  ): ApiPromise<OnaDomain> {
    return this.#call(
      createDomainVerification,
      () => required({ organizationId, domain: fieldsOf(verification, "verification").domain }),
      inNewDomain,
      options,
    );
  }

  /**
   * Looks for the `verificationToken` in the domain's DNS. The vendor does not document what a second call returns, so
   * a failed call is retried only if the server certainly did not act. For admins. Calls `VerifyDomain`.
   *
   * @returns the domain as it is now: "verified" if the `verificationToken` was found.
   * @throws NotFoundError if there is no such domain.
   * @throws PermissionDeniedError if the caller is not an admin.
   */
  verify(domainId: string, options?: CallOptions): ApiPromise<OnaDomain> {
    return this.#call(verifyDomain, () => fromId(domainId), inDomain, options);
  }

  /**
   * Deletes a domain from its organization. A second call fails with `NotFoundError`, so a failed call is retried only
   * if the server certainly did not act. For admins. Calls `DeleteDomainVerification`.
   *
   * @throws NotFoundError if there is no such domain.
   * @throws PermissionDeniedError if the caller is not an admin.
   */
  delete(domainId: string, options?: CallOptions): ApiPromise<void> {
    return this.#call(deleteDomainVerification, () => fromId(domainId), nothing, options);
  }
}

function fromId(domainId: string) {
  return { domainVerificationId: requiredText(domainId, "domainId") };
}
