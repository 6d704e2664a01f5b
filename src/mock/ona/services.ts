import type { ConnectRouter, ServiceImpl } from "@connectrpc/connect";
import { AccountService } from "../../../gen/gitpod/v1/account_pb.js";
import { BillingService } from "../../../gen/gitpod/v1/billing_pb.js";
import { IdentityService } from "../../../gen/gitpod/v1/identity_pb.js";
import { OrganizationService } from "../../../gen/gitpod/v1/organization_service_pb.js";
import { UserService } from "../../../gen/gitpod/v1/user_pb.js";
import type { Engine } from "../engine/engine.js";
import { createRpcs } from "./access/rpcs.js";
import { createAccounts } from "./accounts.js";
import { createBilling } from "./billing/billing.js";
import { createDomains } from "./domains.js";
import { createIdentity } from "./identity.js";
import { createInvites } from "./invites.js";
import { createLogins } from "./logins.js";
import { createMembers } from "./members.js";
import { createOrganizations } from "./organizations.js";
import type { Ona } from "./state/state.js";
import { createTokens } from "./tokens.js";
import { createUsers } from "./users.js";

/** Puts all services of a server on a router. It does not compile if an RPC is missing. */
export function addOnaServices(router: ConnectRouter, engine: Engine, ona: Ona): void {
  const rpcs = createRpcs(engine, ona);
  const accounts: ServiceImpl<typeof AccountService> = {
    ...createAccounts(ona, rpcs),
    ...createLogins(ona, rpcs),
  };
  const organizations: ServiceImpl<typeof OrganizationService> = {
    ...createOrganizations(ona, rpcs),
    ...createMembers(ona, rpcs),
    ...createInvites(ona, rpcs),
    ...createDomains(ona, rpcs),
  };
  const users: ServiceImpl<typeof UserService> = { ...createUsers(ona, rpcs), ...createTokens(ona, rpcs) };
  const identity: ServiceImpl<typeof IdentityService> = createIdentity(ona, rpcs);
  const billing: ServiceImpl<typeof BillingService> = createBilling(ona, rpcs);
  router.service(AccountService, accounts);
  router.service(OrganizationService, organizations);
  router.service(UserService, users);
  router.service(IdentityService, identity);
  router.service(BillingService, billing);
}
