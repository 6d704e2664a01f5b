import type { MessageInitShape } from "@bufbuild/protobuf";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import type {
  AccountMembershipSchema,
  AccountSchema,
  JoinableOrganizationSchema,
} from "../../../gen/gitpod/v1/account_pb.js";
import { Principal } from "../../../gen/gitpod/v1/identity_pb.js";
import { OrganizationRole, OrganizationTier } from "../../../gen/gitpod/v1/organization_pb.js";
import type {
  OrganizationMemberSchema,
  OrganizationSchema,
} from "../../../gen/gitpod/v1/organization_service_pb.js";
import {
  type PersonalAccessTokenSchema,
  type UserSchema,
  UserStatus,
} from "../../../gen/gitpod/v1/user_pb.js";
import { domainOf } from "../engine/email.js";
import { keysOf } from "../engine/records.js";
import { accountOf, membershipsOf, membersOf } from "./state/members.js";
import type {
  OnaAccountRow,
  OnaMemberRow,
  OnaOrganizationRow,
  OnaRole,
  OnaTier,
  OnaUserStatus,
} from "./state/rows.js";
import type { OnaState } from "./state/state.js";
import type { OnaTokenRow } from "./state/token-rows.js";

const roles: Readonly<Record<OnaRole, OrganizationRole>> = {
  admin: OrganizationRole.ADMIN,
  member: OrganizationRole.MEMBER,
};

const tiers: Readonly<Record<OnaTier, OrganizationTier>> = {
  free: OrganizationTier.FREE,
  enterprise: OrganizationTier.ENTERPRISE,
  core: OrganizationTier.CORE,
  free_ona: OrganizationTier.FREE_ONA,
};

const statuses: Readonly<Record<OnaUserStatus, UserStatus>> = {
  active: UserStatus.ACTIVE,
  suspended: UserStatus.SUSPENDED,
  left: UserStatus.LEFT,
};

/** The names of all roles. */
export const roleNames = keysOf(roles);

/** The names of all plans. */
export const tierNames = keysOf(tiers);

/** The names of all statuses. */
export const statusNames = keysOf(statuses);

/** A message's role. Undefined if it is unspecified or not known to the server. */
export function fromRole(role: OrganizationRole): OnaRole | undefined {
  return roleNames.find((name) => roles[name] === role);
}

/** A message's status. Undefined if it is unspecified or not known to the server. */
export function fromStatus(status: UserStatus): OnaUserStatus | undefined {
  return statusNames.find((name) => statuses[name] === status);
}

/** The domains of email providers that are open to everybody. */
const publicDomains: ReadonlySet<string> = new Set([
  "gmail.com",
  "googlemail.com",
  "hotmail.com",
  "icloud.com",
  "live.com",
  "outlook.com",
  "proton.me",
  "protonmail.com",
  "yahoo.com",
]);

/** Whether anybody can have an email of this domain. */
export function isPublicDomain(domain: string): boolean {
  return publicDomains.has(domain);
}

/** An account as a message. It leaves out the deprecated field of organizations that can be joined. */
export function toAccount(state: OnaState, row: OnaAccountRow): MessageInitShape<typeof AccountSchema> {
  const { id, name, avatarUrl, email, organizationId } = row;
  return {
    id,
    name,
    avatarUrl,
    email,
    createdAt: timestampFromMs(row.createdAt),
    updatedAt: timestampFromMs(row.updatedAt),
    memberships: membershipsOf(state, id).flatMap((member) => toMembership(state, member)),
    publicEmailProvider: isPublicDomain(domainOf(email)),
    ...(organizationId !== null && { organizationId }),
  };
}

function toMembership(
  state: OnaState,
  { userId, role, organizationId }: OnaMemberRow,
): MessageInitShape<typeof AccountMembershipSchema>[] {
  const organization = state.organizations.get(organizationId);
  if (organization === undefined) return [];
  return [
    {
      userId,
      userRole: roles[role],
      ...toJoinable(state, organization),
      organizationTier: tiers[organization.tier],
    },
  ];
}

/** An organization that can be joined, as a message. */
export function toJoinable(
  state: OnaState,
  { id, name }: OnaOrganizationRow,
): Pick<
  MessageInitShape<typeof JoinableOrganizationSchema>,
  "organizationId" | "organizationName" | "organizationMemberCount"
> {
  return {
    organizationId: id,
    organizationName: name,
    organizationMemberCount: membersOf(state, id).length,
  };
}

/** An organization as a message. */
export function toOrganization(row: OnaOrganizationRow): MessageInitShape<typeof OrganizationSchema> {
  const { id, name, inviteDomains, tier } = row;
  return {
    id,
    name,
    createdAt: timestampFromMs(row.createdAt),
    updatedAt: timestampFromMs(row.updatedAt),
    inviteDomains: { domains: [...inviteDomains] },
    tier: tiers[tier],
  };
}

/** A member as a message. */
export function toMember(
  state: OnaState,
  row: OnaMemberRow,
): MessageInitShape<typeof OrganizationMemberSchema> {
  const { name, email, avatarUrl, loginProvider } = accountOf(state, row);
  return {
    userId: row.userId,
    role: roles[row.role],
    memberSince: timestampFromMs(row.memberSince),
    avatarUrl,
    fullName: name,
    email,
    status: statuses[row.status],
    loginProvider,
  };
}

/** A user as a message. */
export function toUser(state: OnaState, row: OnaMemberRow): MessageInitShape<typeof UserSchema> {
  const { name, email, avatarUrl } = accountOf(state, row);
  return {
    id: row.userId,
    organizationId: row.organizationId,
    name,
    avatarUrl,
    createdAt: timestampFromMs(row.createdAt),
    status: statuses[row.status],
    email,
  };
}

/** A personal access token as a message, without its secret. */
export function toToken(row: OnaTokenRow): MessageInitShape<typeof PersonalAccessTokenSchema> {
  const { id, userId, description, creatorId, createdAt, expiresAt, lastUsed, readOnly } = row;
  return {
    id,
    userId,
    description,
    creator: { id: creatorId, principal: Principal.USER },
    createdAt: timestampFromMs(createdAt),
    ...(expiresAt !== null && { expiresAt: timestampFromMs(expiresAt) }),
    ...(lastUsed !== null && { lastUsed: timestampFromMs(lastUsed) }),
    readOnly,
  };
}
