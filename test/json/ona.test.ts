import { OnaClient } from "tenantry/ona";
import { describe, expect, it } from "vitest";
import { AccountService } from "../../gen/gitpod/v1/account_pb.js";
import { BillingService } from "../../gen/gitpod/v1/billing_pb.js";
import { IdentityService } from "../../gen/gitpod/v1/identity_pb.js";
import { OrganizationService } from "../../gen/gitpod/v1/organization_service_pb.js";
import { UserService } from "../../gen/gitpod/v1/user_pb.js";
import { expectAgreement } from "./against-protobuf-es.js";
import { canned } from "./canned.js";
import { accountCases, args } from "./ona-account-cases.js";
import { billingCases } from "./ona-billing-cases.js";
import { organizationCases } from "./ona-organization-cases.js";
import { identityCases, userCases } from "./ona-user-cases.js";

const connect = (options: { fetch?: typeof fetch | undefined; retry?: false | undefined }) =>
  new OnaClient({ baseUrl: "https://ona.example.com", ...options });

describe.each([
  ["accounts", AccountService, accountCases],
  ["organizations", OrganizationService, organizationCases],
  ["users", UserService, userCases],
  ["identity", IdentityService, identityCases],
  ["billing", BillingService, billingCases],
] as const)("OnaClient reads and writes the JSON of %s as protobuf-es does", (_name, service, cases) => {
  it.each(cases.map((each) => [each.name, each] as const))("%s", async (_method, each) => {
    await expectAgreement(connect, args, each);
  });

  it("every RPC of the service is tested above", () => {
    expect(cases.map(({ name }) => name).sort()).toEqual(service.methods.map(({ name }) => name).sort());
  });
});

it("accounts.allowsCustomLogin() requests a page of one item", async () => {
  const { fetch, requests } = canned('{"allowCustom":true}');
  expect(await connect({ fetch }).accounts.allowsCustomLogin({ email: "ada@example.com" })).toBe(true);
  expect(JSON.parse(requests[0]?.body ?? "")).toEqual({
    pagination: { pageSize: 1 },
    filter: { email: "ada@example.com" },
  });
});

it("organizations.join() sends an organization id, and invites.accept() an invite id", async () => {
  const member = '{"member":{"userId":"1","memberSince":"2026-01-01T00:00:00Z"}}';
  const { fetch, requests } = canned(member);
  const { organizations, invites } = connect({ fetch });
  await organizations.join("acme");
  await invites.accept("welcome");
  expect(requests.map(({ body }) => body)).toEqual(['{"organizationId":"acme"}', '{"inviteId":"welcome"}']);
});

it("users.suspend() sends `suspended: true`, and users.unsuspend() `suspended: false`", async () => {
  const { fetch, requests } = canned("{}");
  const { users } = connect({ fetch });
  await users.suspend("1");
  await users.unsuspend("1");
  expect(requests.map(({ body }) => JSON.parse(body))).toEqual([
    { userId: "1", suspended: true },
    { userId: "1", suspended: false },
  ]);
});
