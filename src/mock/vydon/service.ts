import type { ServiceImpl } from "@connectrpc/connect";
import type { UserAccountService } from "../../../gen/mgmt/v1alpha1/user_account_pb.js";
import type { Engine } from "../engine/engine.js";
import { createRpcs } from "./access/rpcs.js";
import { createAccountSettings } from "./account-settings.js";
import { createAccounts } from "./accounts.js";
import { createBilling } from "./billing.js";
import { createInvites } from "./invites.js";
import { createMembers } from "./members.js";
import { createMetering } from "./metering.js";
import { createPermissions } from "./permissions.js";
import type { Vydon } from "./state/state.js";
import { createSystem } from "./system.js";
import { createUsers } from "./users.js";

/** All RPCs of the service. It does not compile if a resource lacks one. */
export function createVydonService(engine: Engine, vydon: Vydon): ServiceImpl<typeof UserAccountService> {
  const rpcs = createRpcs(engine, vydon);
  return {
    ...createUsers(vydon, rpcs),
    ...createSystem(vydon, rpcs),
    ...createAccounts(vydon, rpcs),
    ...createAccountSettings(vydon, rpcs),
    ...createMembers(vydon, rpcs),
    ...createInvites(vydon, rpcs),
    ...createPermissions(rpcs),
    ...createBilling(vydon, rpcs),
    ...createMetering(vydon, rpcs),
  };
}
