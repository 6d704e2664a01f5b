import { durationFromMs, timestampFromMs } from "@bufbuild/protobuf/wkt";
import type { MockServer } from "tenantry/mock";
import { expect } from "vitest";
import { BillingService } from "../../../gen/gitpod/v1/billing_pb.js";
import { IdentityService, Principal } from "../../../gen/gitpod/v1/identity_pb.js";
import { OrganizationRole } from "../../../gen/gitpod/v1/organization_pb.js";
import {
  ListMembersRequest_SortField,
  OrganizationService,
} from "../../../gen/gitpod/v1/organization_service_pb.js";
import { SortOrder } from "../../../gen/gitpod/v1/pagination_pb.js";
import { UserService } from "../../../gen/gitpod/v1/user_pb.js";
import { text } from "../texts.js";
import { connectErrorOf, type World } from "../world.js";

/** An organization, a user of it, and that user's token. */
interface Membership {
  readonly organizationId: string;
  readonly userId: string;
  readonly token: string;
}

/** Calls every method of Ona about an organization, and about its users, tokens, domains and credits. */
export async function everyOrganizationMethod({ ona }: MockServer, client: World["client"]): Promise<void> {
  const email = "barbara@example.com";
  const account = client(OrganizationService, ona.signIn({ email }).token);
  const { organization, member } = await account.createOrganization({
    name: text,
    joinOrganization: true,
    inviteAccountsWithMatchingDomain: true,
  });
  expect(organization?.name).toBe(text);
  const [organizationId = "", userId = ""] = [organization?.id, member?.userId];
  const { token } = ona.signIn({ email, organization: organizationId });
  const membership = { organizationId, userId, token };
  await manageTokens(membership, client);
  await verifyDomains(ona, membership, client);
  await useCredits(ona, membership, client);
  await managePeople(ona, membership, client);
}

async function managePeople(
  ona: MockServer["ona"],
  { organizationId, userId, token }: Membership,
  client: World["client"],
): Promise<void> {
  const admin = client(OrganizationService, token);
  await admin.getOrganization({ organizationId });
  await admin.updateOrganization({ organizationId, name: `${text}!`, inviteDomains: { domains: [] } });

  const { invite } = await admin.createOrganizationInvite({ organizationId });
  await admin.getOrganizationInvite({ organizationId });
  const inviteId = invite?.inviteId ?? "";
  await client(OrganizationService).getOrganizationInviteSummary({ inviteId });
  const hedy = ona.signIn({ email: "hedy@example.com", name: text }).token;
  const { member } = await client(OrganizationService, hedy).joinOrganization({
    joinId: { case: "inviteId", value: inviteId },
  });
  expect(member?.fullName).toBe(text);
  const other = { userId: member?.userId ?? "" };

  const { members, count, pagination } = await admin.listMembers({
    organizationId,
    pagination: { pageSize: 1 },
    filter: { roles: [OrganizationRole.ADMIN, OrganizationRole.MEMBER] },
    sort: { field: ListMembersRequest_SortField.DATE_JOINED, order: SortOrder.DESC },
    count: { include: true },
  });
  expect({ members: members.length, count: count?.value }).toEqual({ members: 1, count: 2 });
  expect(pagination?.nextToken).not.toBe("");
  await admin.setRole({ organizationId, ...other, role: OrganizationRole.ADMIN });

  const users = client(UserService, token);
  await users.getAuthenticatedUser({});
  expect((await users.getUser(other)).user?.name).toBe(text);
  await users.setSuspended({ ...other, suspended: true });
  await users.setSuspended({ ...other, suspended: false });
  await admin.leaveOrganization(other);
  await users.deleteUser(other);
  await connectErrorOf(users.deleteUser({ userId }));
  await admin.deleteOrganization({ organizationId });
}

async function manageTokens({ userId, token }: Membership, client: World["client"]): Promise<void> {
  const users = client(UserService, token);
  const validFor = durationFromMs(1_500);
  const made = await users.createPersonalAccessToken({ userId, description: text, validFor, readOnly: true });
  await client(IdentityService, made.token).getAuthenticatedIdentity({});
  const { personalAccessTokens } = await users.listPersonalAccessTokens({ filter: { userIds: [userId] } });
  const personalAccessTokenId = personalAccessTokens[0]?.id ?? "";
  const { pat } = await users.getPersonalAccessToken({ personalAccessTokenId });
  expect(pat).toMatchObject({ description: text, readOnly: true, lastUsed: expect.anything() });
  await users.deletePersonalAccessToken({ personalAccessTokenId });
}

async function verifyDomains(
  ona: MockServer["ona"],
  { organizationId, token }: Membership,
  client: World["client"],
): Promise<void> {
  const organizations = client(OrganizationService, token);
  const { domainVerification } = await organizations.createDomainVerification({
    organizationId,
    domain: "example.com",
  });
  const domainVerificationId = domainVerification?.id ?? "";
  ona.addDnsRecord("example.com");
  const verified = await organizations.verifyDomain({ domainVerificationId });
  expect(verified.domainVerification?.verifiedAt).toBeDefined();
  await organizations.getDomainVerification({ domainVerificationId });
  await organizations.listDomainVerifications({ organizationId, pagination: { pageSize: 1 } });
  await organizations.deleteDomainVerification({ domainVerificationId });
}

async function useCredits(
  ona: MockServer["ona"],
  { organizationId, userId, token }: Membership,
  client: World["client"],
): Promise<void> {
  const email = "barbara@example.com";
  const exchangeToken = ona.exchangeToken({ email, organization: organizationId });
  await client(IdentityService).exchangeToken({ exchangeToken });

  ona.useCredits(organizationId, { email, credits: 1.25, resource: text });
  ona.setCreditBudget(organizationId, userId, Number.MAX_SAFE_INTEGER);
  const billing = client(BillingService, token);
  const at = timestampFromMs(Date.UTC(2026, 0, 1));
  const dateRange = { startTime: at, endTime: at };
  const { dailyUsage } = await billing.getCreditUsageReport({ organizationId, dateRange });
  expect(dailyUsage[0]?.environmentUsage[0]).toMatchObject({ displayName: text, usage: [{ credits: 1.25 }] });
  const subject = { id: userId, principal: Principal.USER };
  await billing.getCreditUsageReport({ organizationId, dateRange, filter: { subject } });
  await billing.getCreditUsageExport({ organizationId, dateRange });
  await billing.getCumulativeCreditUsage({ organizationId, asOf: at });
  const { userUsage } = await billing.listEnterpriseUserCreditUsage({ organizationId });
  expect(userUsage[0]?.creditBudget).toBe(BigInt(Number.MAX_SAFE_INTEGER));
}
