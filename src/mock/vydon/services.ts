import type { ConnectRouter, ServiceImpl } from "@connectrpc/connect";
import { ApiKeyService } from "../../../gen/mgmt/v1alpha1/api_key_pb.js";
import { AuthService } from "../../../gen/mgmt/v1alpha1/auth_pb.js";
import { UserAccountService } from "../../../gen/mgmt/v1alpha1/user_account_pb.js";
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

/** Puts all services of a server on a router. It does not compile if an RPC is missing. */
export function addVydonServices(router: ConnectRouter, engine: Engine, vydon: Vydon): void {
  const rpcs = createRpcs(engine, vydon);
  const rpcsForJwts = createRpcs(engine, vydon, "JWTs");
  const userAccounts: ServiceImpl<typeof UserAccountService> = {
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
  const auth: ServiceImpl<typeof AuthService> = createAuth(vydon, rpcsForJwts);
  const apiKeys: ServiceImpl<typeof ApiKeyService> = createApiKeys(vydon, rpcsForJwts);
  router.service(UserAccountService, userAccounts);
  router.service(AuthService, auth);
  router.service(ApiKeyService, apiKeys);
}
