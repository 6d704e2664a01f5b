import type { MessageInitShape } from "@bufbuild/protobuf";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import type {
  AccountMembershipSchema,
  AccountSchema,
  JoinableOrganizationSchema,
} from "../../../gen/gitpod/v1/account_pb.js";
import { Principal } from "../../../gen/gitpod/v1/identity_pb.js";
import { OrganizationRole, OrganizationTier } from "../../../gen/gitpod/v1/organization_pb.js";
import {
  type DomainVerificationSchema,
  DomainVerificationState,
  type OrganizationMemberSchema,
  type OrganizationSchema,
} from "../../../gen/gitpod/v1/organization_service_pb.js";
import {
  type PersonalAccessTokenSchema,
  type UserSchema,
  UserStatus,
} from "../../../gen/gitpod/v1/user_pb.js";
import { domainOf, isPublicDomain } from "../engine/email.js";
import { keysOf } from "../engine/records.js";
import { accountOf, membershipsOf, membersOf } from "./state/members.js";
import type {
  OnaAccountRow,
  OnaDomainRow,
  OnaMemberRow,
  OnaOrganizationRow,
  OnaRole,
  OnaTier,
  OnaTokenRow,
  OnaUserStatus,
} from "./state/rows.js";
import type { OnaState } from "./state/state.js";

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

/** The names of all tiers. */
export const tierNames = keysOf(tiers);

/** The names of all statuses of a user. */
export const statusNames = keysOf(statuses);

/** Reads a message's role. Returns undefined if it is unspecified or unknown. */
export function fromRole(role: OrganizationRole): OnaRole | undefined {
  return roleNames.find((name) => roles[name] === role);
}

/** Reads a message's status. Returns undefined if it is unspecified or unknown. */
export function fromStatus(status: UserStatus): OnaUserStatus | undefined {
  return statusNames.find((name) => statuses[name] === status);
}

/** Converts an account to a message, without the deprecated field `joinables`. */
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

/** Converts an organization to the message of one that can be joined. */
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

/** Converts an organization to a message. */
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

/** Converts a member to a message. */
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

/** Converts a domain of an organization to a message. */
export function toDomain(row: OnaDomainRow): MessageInitShape<typeof DomainVerificationSchema> {
  const { id, organizationId, domain, verifiedAt, verificationToken, createdAt } = row;
  const { PENDING, VERIFIED } = DomainVerificationState;
  return {
    id,
    organizationId,
    domain,
    state: verifiedAt === null ? PENDING : VERIFIED,
    ...(verifiedAt !== null && { verifiedAt: timestampFromMs(verifiedAt) }),
    verificationToken,
    createdAt: timestampFromMs(createdAt),
  };
}

/** Converts a member to the message of a user. */
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

/** Converts a personal access token to a message, without its secret. */
export function toToken(row: OnaTokenRow): MessageInitShape<typeof PersonalAccessTokenSchema> {
  const { id, userId, description, createdAt, expiresAt, lastUsed, readOnly } = row;
  return {
    id,
    userId,
    description,
    // Users create tokens only for themselves.
    creator: { id: userId, principal: Principal.USER },
    createdAt: timestampFromMs(createdAt),
    ...(expiresAt !== null && { expiresAt: timestampFromMs(expiresAt) }),
    ...(lastUsed !== null && { lastUsed: timestampFromMs(lastUsed) }),
    readOnly,
  };
}
