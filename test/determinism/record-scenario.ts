import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import { createClient, type Interceptor, type Transport } from "@connectrpc/connect";
import { createConnectTransport } from "@connectrpc/connect-web";
import { AccountService as FamAccountService } from "../../gen/fam/v1/account_pb.js";
import { MemberService as FamMemberService } from "../../gen/fam/v1/member_pb.js";
import { AccountService as OnaAccountService } from "../../gen/gitpod/v1/account_pb.js";
import { BillingService } from "../../gen/gitpod/v1/billing_pb.js";
import { IdentityService } from "../../gen/gitpod/v1/identity_pb.js";
import { OrganizationService } from "../../gen/gitpod/v1/organization_service_pb.js";
import { UserService } from "../../gen/gitpod/v1/user_pb.js";
import { AccountRole, UserAccountService } from "../../gen/mgmt/v1alpha1/user_account_pb.js";
import { createMockServer, type Fetch, type MockServer } from "../../src/mock/index.js";
import { readable } from "./readable.js";

/**
 * Runs a scenario on all three APIs, in JSON and binary, with random faults, time that passes, a fork and a
 * snapshot. Returns all requests and responses as text that depends on every byte of the responses. It runs wherever `fetch` exists.
 */
export async function recordScenario(randomSeed = 1): Promise<string> {
  const lines: string[] = [];
  const server = createMockServer({ randomSeed });
  const recording: Fetch = async (input, init) => {
    const request = new Request(input, init);
    const response = await server.fetch(input, init);
    lines.push(await readable({ at: server.clock.now(), request, response: response.clone() }));
    return response;
  };
  const transport = (token: string, useBinaryFormat: boolean) =>
    createConnectTransport({
      baseUrl: "https://api.example.com",
      fetch: recording,
      useBinaryFormat,
      interceptors: [withToken(token)],
    });

  server.seed({
    vydon: { accounts: [{ name: "acme", members: [{ email: "grace@example.com", role: "job_viewer" }] }] },
    ona: {
      organizations: [{ name: "Acme", domain: "example.com", members: [{ email: "grace@example.com" }] }],
    },
    fam: { accounts: [{ name: "acme", members: [{ email: "grace@example.com" }] }] },
  });
  for (const binary of [true, false]) {
    const email = binary ? "ada@example.com" : "barbara@example.com";
    const vydon = createClient(
      UserAccountService,
      transport(server.vydon.signIn({ email, registered: false }).token, binary),
    );
    const { userId } = await vydon.setUser({});
    await vydon.setPersonalAccount({});
    await vydon.createTeamAccount({ name: email }).catch(ignore);
    const { accountId } = await vydon.createTeamAccount({ name: binary ? "engines" : "compilers" });
    const { invite } = await vydon.inviteUserToTeamAccount({
      accountId,
      email: "grace@example.com",
      role: AccountRole.JOB_DEVELOPER,
    });
    server.clock.advance("1h 1ms");
    const grace = server.vydon.signIn({ email: "grace@example.com" });
    await createClient(UserAccountService, transport(grace.token, binary)).acceptTeamAccountInvite({
      token: invite?.token ?? "",
    });
    await vydon.getTeamAccountMembers({ accountId });
    await vydon.setUserRole({ accountId, userId, role: AccountRole.UNSPECIFIED }).catch(ignore);
    await vydon.setUserRole({ accountId, userId: "nobody", role: AccountRole.ADMIN }).catch(ignore);
    server.clock.advance("13d");
    await vydon.isAccountStatusValid({ accountId });
    await vydon.getAccountBillingCheckoutSession({ accountId });

    const fault = server.faults.inject({
      method: "GetUserAccounts",
      code: "unavailable",
      probability: 0.5,
      latencyMs: 250,
      retryAfter: "1s",
    });
    for (let call = 0; call < 10; call++) await vydon.getUserAccounts({}).catch(ignore);
    fault.remove();
    server.faults.inject({ method: "GetUser", wire: "html_502", times: 1 });
    server.faults.inject({ method: "GetUser", wire: "cut_json", times: 1 });
    for (let call = 0; call < 3; call++) await vydon.getUser({}).catch(ignore);
    server.faults.clear();

    const ona = createClient(OnaAccountService, transport(server.ona.signIn({ email }).token, binary));
    await ona.getAccount({});
    await ona.listJoinableOrganizations({ pagination: { pageSize: 1 } });
    await recordOrganization(server, email, (token) => transport(token, binary));

    const famToken = server.fam.signIn({ email }).token;
    const famAccounts = createClient(FamAccountService, transport(famToken, binary));
    const { id: famId } = await famAccounts.createAccount({ name: email });
    const famMembers = createClient(FamMemberService, transport(famToken, binary));
    await famMembers.inviteMember({ accountId: famId, email: "grace@example.com", relations: ["admin"] });
    await famMembers.listAccountMembers({ accountId: famId, page: 1 });
    await famAccounts.listMyPermissions({});
  }
  lines.push(JSON.stringify(server.fork().snapshot(), undefined, 2));
  return `${lines.join("\n")}\n`;
}

/** Creates an organization at Ona, and uses one call of each service. */
async function recordOrganization(server: MockServer, email: string, as: (token: string) => Transport) {
  const account = createClient(OrganizationService, as(server.ona.signIn({ email }).token));
  const { organization } = await account.createOrganization({ name: email, joinOrganization: true });
  const organizationId = organization?.id ?? "";
  const { token, userId } = server.ona.signIn({ email, organization: organizationId });
  server.ona.useCredits(organizationId, { email, credits: 1.25 });
  const organizations = createClient(OrganizationService, as(token));
  await organizations.createDomainVerification({ organizationId, domain: "example.com" });
  await organizations.getOrganizationInvite({ organizationId });
  await organizations.listMembers({ organizationId, count: { include: true } });
  await organizations.leaveOrganization({ userId }).catch(ignore);
  await createClient(UserService, as(token)).createPersonalAccessToken({ userId, description: "backup" });
  const exchangeToken = server.ona.exchangeToken({ email });
  await createClient(IdentityService, as(token)).exchangeToken({ exchangeToken });
  const at = timestampFromMs(server.clock.now());
  const dateRange = { startTime: at, endTime: at };
  const billing = createClient(BillingService, as(token));
  await billing.getCreditUsageReport({ organizationId, dateRange, timezone: "Europe/Berlin" });
  await billing.getCreditUsageExport({ organizationId, dateRange });
}

function withToken(token: string): Interceptor {
  return (next) => (request) => {
    request.header.set("authorization", `Bearer ${token}`);
    return next(request);
  };
}

/** Ignores an error, because the scenario records it. */
function ignore(): void {}
