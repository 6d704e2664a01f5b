import {
  ResourcePermission_Action as Action,
  type ResourcePermission,
  ResourcePermission_Type as Type,
  UserAccountService,
} from "../../../gen/mgmt/v1alpha1/user_account_pb.js";
import { enter, type VydonRpcs } from "./access/rpcs.js";
import type { VydonRole } from "./state/rows.js";

const rpc = UserAccountService.method;

/** Creates the RPCs for the caller's permissions. */
export function createPermissions({ access, signedIn, forAccount }: VydonRpcs) {
  return {
    hasPermission: forAccount(rpc.hasPermission, enter, ({ accountId, resource }, { caller }) => ({
      hasPermission: isAllowed(access.role(caller, accountId), accountId, resource),
    })),

    // The server checks the caller once for each resource. Without a resource, it does not check the caller.
    hasPermissions: signedIn(rpc.hasPermissions, ({ accountId, resources }, caller) => {
      if (resources.length === 0) return {};
      access.account(caller, accountId, enter);
      const role = access.role(caller, accountId);
      return { assertions: resources.map((resource) => isAllowed(role, accountId, resource)) };
    }),
  };
}

/** Returns whether a role allows an action. Account ids are compared as strings, as on the real server. */
function isAllowed(
  role: VydonRole | null,
  accountId: string,
  resource: ResourcePermission | undefined,
): boolean {
  const { type, action = Action.UNSPECIFIED, id } = resource ?? {};
  if (role === null || !isKnown(action)) return false;
  switch (type) {
    case Type.ACCOUNT:
      // No RPC deletes an account, so even an admin may not delete one.
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
