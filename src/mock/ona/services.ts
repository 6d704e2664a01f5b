import type { ServiceImpl } from "@connectrpc/connect";
import type { AccountService } from "../../../gen/gitpod/v1/account_pb.js";
import type { BillingService } from "../../../gen/gitpod/v1/billing_pb.js";
import type { IdentityService } from "../../../gen/gitpod/v1/identity_pb.js";
import type { OrganizationService } from "../../../gen/gitpod/v1/organization_service_pb.js";
import type { UserService } from "../../../gen/gitpod/v1/user_pb.js";
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

/** The implementations of Ona's services. */
interface OnaServiceImpls {
  readonly accounts: ServiceImpl<typeof AccountService>;
  readonly organizations: ServiceImpl<typeof OrganizationService>;
  readonly users: ServiceImpl<typeof UserService>;
  readonly identity: ServiceImpl<typeof IdentityService>;
  readonly billing: ServiceImpl<typeof BillingService>;
}

/** Creates all services of a server. It does not compile if an RPC is missing. */
export function createOnaServices(engine: Engine, ona: Ona): OnaServiceImpls {
  const rpcs = createRpcs(engine, ona);
  return {
    accounts: { ...createAccounts(ona, rpcs), ...createLogins(ona, rpcs) },
    organizations: {
      ...createOrganizations(ona, rpcs),
      ...createMembers(ona, rpcs),
      ...createInvites(ona, rpcs),
      ...createDomains(ona, rpcs),
    },
    users: { ...createUsers(ona, rpcs), ...createTokens(ona, rpcs) },
    identity: createIdentity(ona, rpcs),
    billing: createBilling(ona, rpcs),
  };
}
