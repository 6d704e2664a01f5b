import type { MessageInitShape } from "@bufbuild/protobuf";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import type {
  AccountMembershipSchema,
  AccountSchema,
  JoinableOrganizationSchema,
} from "../../../gen/gitpod/v1/account_pb.js";
import { OrganizationRole, OrganizationTier } from "../../../gen/gitpod/v1/organization_pb.js";
import { domainOf } from "../engine/email.js";
import { keysOf } from "../engine/records.js";
import type { OnaAccountRow, OnaMemberRow, OnaOrganizationRow, OnaRole, OnaTier } from "./state/rows.js";
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

/** The names of all roles. */
export const roleNames = keysOf(roles);

/** The names of all plans. */
export const tierNames = keysOf(tiers);

/** Email domains that are open to everybody. */
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
    memberships: state.members.by("account", id).flatMap((member) => toMembership(state, member)),
    publicEmailProvider: publicDomains.has(domainOf(email)),
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

/** An organization as a message. */
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
    organizationMemberCount: state.members.by("organization", id).length,
  };
}
