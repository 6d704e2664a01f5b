import {
  ResourcePermission_Action as Action,
  type ResourcePermission,
  ResourcePermission_Type as Type,
} from "../../../gen/mgmt/v1alpha1/user_account_pb.js";
import type { Access } from "./access.js";
import type { Rpcs } from "./rpcs.js";
import type { Role, VydonCaller } from "./state.js";

/** What the caller may do. */
export function createPermissions(access: Access): Pick<Rpcs, "hasPermission" | "hasPermissions"> {
  function check(caller: VydonCaller, accountId: string) {
    access.entered(caller, accountId);
    if (access.isUnbound(caller)) return () => true;
    const role = access.role(caller, accountId);
    return (resource: ResourcePermission | undefined) => role !== undefined && may(role, accountId, resource);
  }

  return {
    hasPermission({ accountId, resource }, caller) {
      return { hasPermission: check(caller, accountId)(resource) };
    },

    hasPermissions({ accountId, resources }, caller) {
      return { assertions: resources.map(check(caller, accountId)) };
    },
  };
}

function may(role: Role, accountId: string, resource: ResourcePermission | undefined): boolean {
  const { type = Type.UNSPECIFIED, action = Action.UNSPECIFIED, id } = resource ?? {};
  if (!isKnown(action)) return false;
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
