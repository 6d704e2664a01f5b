import type { ServiceImpl } from "@connectrpc/connect";
import type { ApiKeyService } from "../../../gen/mgmt/v1alpha1/api_key_pb.js";
import type { AuthService } from "../../../gen/mgmt/v1alpha1/auth_pb.js";
import type { UserAccountService } from "../../../gen/mgmt/v1alpha1/user_account_pb.js";
import type { Engine } from "../engine/engine.js";
import { createRpcs } from "./access/rpcs.js";
import { createAccountSettings } from "./account-settings.js";
import { createAccounts } from "./accounts.js";
import { createApiKeys } from "./api-keys.js";
import { createAuth } from "./auth.js";
import { createBilling } from "./billing.js";
import { createInvites } from "./invites.js";
import { createMembers } from "./members.js";
import { createMetering } from "./metering.js";
import { createPermissions } from "./permissions.js";
import type { Vydon } from "./state/state.js";
import { createSystem } from "./system.js";
import { createUsers } from "./users.js";

/** The implementations of Vydon's services. */
interface VydonServiceImpls {
  readonly userAccounts: ServiceImpl<typeof UserAccountService>;
  readonly auth: ServiceImpl<typeof AuthService>;
  readonly apiKeys: ServiceImpl<typeof ApiKeyService>;
}

/** Creates all services of a server. It does not compile if an RPC is missing. */
export function createVydonServices(engine: Engine, vydon: Vydon): VydonServiceImpls {
  const rpcs = createRpcs(engine, vydon);
  const rpcsForJwts = createRpcs(engine, vydon, "JWTs");
  return {
    userAccounts: {
      ...createUsers(vydon, rpcs),
      ...createSystem(vydon, rpcs),
      ...createAccounts(vydon, rpcs),
      ...createAccountSettings(vydon, rpcs),
      ...createMembers(vydon, rpcs),
      ...createInvites(vydon, rpcs),
      ...createPermissions(rpcs),
      ...createBilling(vydon, rpcs),
      ...createMetering(vydon, rpcs),
    },
    auth: createAuth(vydon, rpcsForJwts),
    apiKeys: createApiKeys(vydon, rpcsForJwts),
  };
}
