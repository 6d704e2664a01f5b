import type {
  ResourcePermission_ActionJson,
  ResourcePermission_TypeJson,
  ResourcePermissionJson,
} from "../../../gen/mgmt/v1alpha1/user_account_pb.js";
import { fieldsOf, requiredText } from "../../core/checks/arguments.js";
import { enumNames } from "../../core/json/enums.js";

/** An action on a resource. `permissions.check` checks whether the caller may perform it. */
export interface VydonResourcePermission {
  /** The kind of resource. For "account", `id` is the account's id. */
  readonly type: "account" | "connection" | "job";
  /**
   * For "account": the account's id, in the same letter case. Any other id, also `*`, gives false. For the others: a UUID,
   * or `*` for any. The server does not check that it exists.
   */
  readonly id: string;
  /** The action to check. Nobody may "delete" an account. */
  readonly action: "create" | "read" | "update" | "delete";
}

const resourceTypes = enumNames<"TYPE_", ResourcePermission_TypeJson>("TYPE_", {
  account: 1,
  connection: 2,
  job: 3,
});

const actions = enumNames<"ACTION_", ResourcePermission_ActionJson>("ACTION_", {
  create: 1,
  read: 2,
  update: 3,
  delete: 4,
});

/** @internal */
export function fromResourcePermission(
  resource: VydonResourcePermission,
  argument: string,
): ResourcePermissionJson {
  const { type, id, action } = fieldsOf(resource, argument);
  return {
    type: resourceTypes.toWire(type, `${argument}.type`),
    id: requiredText(id, `${argument}.id`),
    action: actions.toWire(action, `${argument}.action`),
  };
}
