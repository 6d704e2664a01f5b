import { hasPermission, hasPermissions } from "../../gen/mgmt/v1alpha1/user_account_methods.js";
import type { ApiPromise } from "../core/call/api-promise.js";
import type { Caller } from "../core/call/caller.js";
import type { CallOptions } from "../core/call/options.js";
import { listOf, required } from "../core/checks/arguments.js";
import { FieldError } from "../core/json/field-error.js";
import { bool, bools } from "../core/json/fields.js";
import { fromResourcePermission, type VydonResourcePermission } from "./models/permission.js";

/** The caller's permissions in an account: `client.permissions`. */
export class VydonPermissions {
  readonly #call: Caller;

  /** @internal */
  constructor(call: Caller) {
    this.#call = call;
  }

  /**
   * Checks whether the caller may perform an action on a resource. Calls `HasPermission`.
   *
   * @throws PermissionDeniedError if the caller is not in the account.
   *
   * @example
   * ```ts
   * await client.permissions.check(accountId, { type: "job", id: jobId, action: "update" });
   * ```
   */
  check(accountId: string, resource: VydonResourcePermission, options?: CallOptions): ApiPromise<boolean> {
    return this.#call(
      hasPermission,
      () => ({ ...required({ accountId }), resource: fromResourcePermission(resource, "resource") }),
      (json) => bool(json, "hasPermission"),
      options,
    );
  }

  /**
   * Checks several actions at once. Calls `HasPermissions`.
   *
   * @returns one result for each resource, in the same order.
   * @throws PermissionDeniedError if the caller is not in the account. With an empty list, it returns an empty list and
   * checks nothing.
   */
  checkAll(
    accountId: string,
    resources: readonly VydonResourcePermission[],
    options?: CallOptions,
  ): ApiPromise<boolean[]> {
    let sent = 0;
    return this.#call(
      hasPermissions,
      () => {
        const checked = listOf(resources, "resources", fromResourcePermission);
        sent = checked.length;
        return { ...required({ accountId }), resources: checked };
      },
      (json) => {
        const assertions = bools(json, "assertions");
        // Each result belongs to the resource at the same position. If one is missing, the positions of the others may
        // be wrong.
        if (assertions.length === sent) return assertions;
        throw new FieldError("assertions", `has ${assertions.length} results, not ${sent}`);
      },
      options,
    );
  }
}
