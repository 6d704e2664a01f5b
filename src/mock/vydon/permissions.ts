import {
  ResourcePermission_Action as Action,
  type ResourcePermission,
  ResourcePermission_Type as Type,
} from "../../../gen/mgmt/v1alpha1/user_account_pb.js";
import type { Access } from "./access/access.js";
import type { Checks } from "./access/checks.js";
import type { ByToken, ForAccount, Rpcs } from "./access/rpcs.js";
import type { Role } from "./state/state.js";

/** Whether the caller may do something. */
export function createPermission(access: Access): Rpcs<"hasPermission", ForAccount> {
  return {
    hasPermission({ accountId, resource }, { caller }) {
      return { hasPermission: may(access.role(caller, accountId), accountId, resource) };
    },
  };
}

/** Whether the caller may do several things. The server checks the caller once for each, so without any, not at all. */
export function createPermissions(access: Access, checks: Checks): Rpcs<"hasPermissions", ByToken> {
  return {
    hasPermissions({ accountId, resources }, { caller }) {
      if (resources.length === 0) return {};
      checks.account(caller, accountId, { right: "enter" });
      const role = access.role(caller, accountId);
      return { assertions: resources.map((resource) => may(role, accountId, resource)) };
    },
  };
}

/** The account is compared by the text of its id, as the request has it. */
function may(role: Role | null, accountId: string, resource: ResourcePermission | undefined): boolean {
  const { type = Type.UNSPECIFIED, action = Action.UNSPECIFIED, id } = resource ?? {};
  if (role === null || !isKnown(action)) return false;
  switch (type) {
    case Type.ACCOUNT:
      // Nobody can delete an account by this API, not even its admin.
      if (id !== accountId || action === Action.DELETE) return false;
      return role === "admin" || action === Action.READ;
    case Type.CONNECTION:
    case Type.JOB:
      return role === "admin" || role === "job_developer" || action === Action.READ;
    default:
      return false;
  }
}

function isKnown(action: Action): boolean {
  return (
    action === Action.CREATE || action === Action.READ || action === Action.UPDATE || action === Action.DELETE
  );
}
