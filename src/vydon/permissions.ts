import type { Client } from "@connectrpc/connect";
import type { UserAccountService } from "../../gen/mgmt/v1alpha1/user_account_pb.js";
import { required } from "../core/convert.js";
import { UnexpectedResponseError } from "../core/errors.js";
import { type CallOptions, toConnect } from "../core/options.js";
import { type ResourcePermission, resourceActions, resourceTypes } from "./models.js";

/** What the caller may do: `client.permissions`. */
export class Permissions {
  readonly #rpc: Client<typeof UserAccountService>;

  /** @internal */
  constructor(rpc: Client<typeof UserAccountService>) {
    this.#rpc = rpc;
  }

  /**
   * Whether the caller may do something. Calls `HasPermission`.
   *
   * @throws PermissionDeniedError where the caller is not in the account.
   *
   * @example
   * ```ts
   * await client.permissions.check(accountId, { type: "job", id: jobId, action: "update" });
   * ```
   */
  async check(accountId: string, resource: ResourcePermission, options?: CallOptions): Promise<boolean> {
    const request = { accountId: required(accountId, "accountId"), resource: toMessage(resource) };
    const { hasPermission } = await this.#rpc.hasPermission(request, toConnect(options));
    return hasPermission;
  }

  /** The same for many at once: an answer for each, in their order. Calls `HasPermissions`. */
  async checkAll(
    accountId: string,
    resources: readonly ResourcePermission[],
    options?: CallOptions,
  ): Promise<boolean[]> {
    const request = { accountId: required(accountId, "accountId"), resources: resources.map(toMessage) };
    const { assertions } = await this.#rpc.hasPermissions(request, toConnect(options));
    // A missing answer must not pass for a "no", nor a shifted one for another's.
    if (assertions.length !== resources.length) {
      throw new UnexpectedResponseError(
        `${assertions.length} answers came for ${resources.length} permissions`,
      );
    }
    return assertions;
  }
}

function toMessage({ type, id, action }: ResourcePermission) {
  return {
    type: resourceTypes.toValue(type, "type"),
    id: required(id, "id"),
    action: resourceActions.toValue(action, "action"),
  };
}
