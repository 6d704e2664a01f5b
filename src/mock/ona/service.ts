import type { ServiceImpl } from "@connectrpc/connect";
import type { AccountService } from "../../../gen/gitpod/v1/account_pb.js";
import type { OrganizationService } from "../../../gen/gitpod/v1/organization_service_pb.js";
import type { UserService } from "../../../gen/gitpod/v1/user_pb.js";
import type { OnaRpcs } from "./access/rpcs.js";
import { createAccounts } from "./accounts.js";
import { createDomains } from "./domains.js";
import { createInvites } from "./invites.js";
import { createLogins } from "./logins.js";
import { createMembers } from "./members.js";
import { createOrganizations } from "./organizations.js";
import type { Ona } from "./state/state.js";
import { createTokens } from "./tokens.js";
import { createUsers } from "./users.js";

/** All RPCs of the service of accounts. It does not compile if a resource lacks one. */
export function createAccountService(ona: Ona, rpcs: OnaRpcs): ServiceImpl<typeof AccountService> {
  return { ...createAccounts(ona, rpcs), ...createLogins(ona, rpcs) };
}

/** All RPCs of the service of organizations. It does not compile if a resource lacks one. */
export function createOrganizationService(ona: Ona, rpcs: OnaRpcs): ServiceImpl<typeof OrganizationService> {
  return {
    ...createOrganizations(ona, rpcs),
    ...createMembers(ona, rpcs),
    ...createInvites(ona, rpcs),
    ...createDomains(ona, rpcs),
  };
}

/** All RPCs of the service of users. It does not compile if a resource lacks one. */
export function createUserService(ona: Ona, rpcs: OnaRpcs): ServiceImpl<typeof UserService> {
  return { ...createUsers(ona, rpcs), ...createTokens(ona, rpcs) };
}
