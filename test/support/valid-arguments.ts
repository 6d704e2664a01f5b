import { createTeamAccount } from "../../gen/mgmt/v1alpha1/user_account_methods.js";

const method = [createTeamAccount, { name: "acme" }];
const days = { from: new Date(1_000), to: new Date(2_000) };
const filter = { inviteId: "inv-1", email: "ada@example.com" };
const login = { email: "ada@example.com", returnTo: "https://app.example.com" };
const resource = { type: "job", id: "job-1", action: "read" };

/**
 * Valid arguments of every method, with every field that they can have, each with a value that is not the default. The options are not
 * among them. Tests fail if a method is missing: add it here.
 */
export const validArguments: Readonly<Record<string, readonly unknown[]>> = {
  "vydon.users.current": [],
  "vydon.users.register": [],
  "vydon.accounts.list": [],
  "vydon.accounts.createTeam": [{ name: "acme" }],
  "vydon.accounts.ensurePersonal": [],
  "vydon.accounts.convertToTeam": [{ name: "acme", accountId: "acc-1" }],
  "vydon.accounts.includesMe": ["acc-1"],
  "vydon.accounts.getOnboarding": ["acc-1"],
  "vydon.accounts.setOnboarding": [
    "acc-1",
    {
      hasCompletedOnboarding: true,
      hasCreatedSourceConnection: true,
      hasCreatedDestinationConnection: true,
      hasCreatedJob: true,
      hasInvitedMembers: true,
    },
  ],
  "vydon.accounts.getTemporalConfig": ["acc-1"],
  "vydon.accounts.setTemporalConfig": ["acc-1", { url: "u", namespace: "n", syncJobQueueName: "q" }],
  "vydon.members.list": ["acc-1"],
  "vydon.members.remove": ["acc-1", "ada"],
  "vydon.members.setRole": ["acc-1", "ada", "admin"],
  "vydon.invites.list": ["acc-1"],
  "vydon.invites.create": ["acc-1", { email: "ada@example.com", role: "admin" }],
  "vydon.invites.remove": ["inv-1"],
  "vydon.invites.accept": ["secret"],
  "vydon.permissions.check": ["acc-1", resource],
  // As many as there are results in the responses of the tests.
  "vydon.permissions.checkAll": ["acc-1", [resource, resource]],
  "vydon.billing.status": ["acc-1"],
  "vydon.billing.validity": ["acc-1", { requestedRecordCount: 5 }],
  "vydon.billing.waitUntilValid": ["acc-1", { requestedRecordCount: 5, intervalMs: 10 }],
  "vydon.billing.createCheckoutSession": ["acc-1"],
  "vydon.billing.createPortalSession": ["acc-1"],
  "vydon.billing.listAccounts": [{ accountIds: ["acc-1"] }],
  "vydon.billing.recordMeterEvent": [
    "acc-1",
    { eventName: "records", value: 5, eventId: "e-1", timestamp: new Date(1_000) },
  ],
  "vydon.apiKeys.list": ["acc-1"],
  "vydon.apiKeys.get": ["key-1"],
  "vydon.apiKeys.create": ["acc-1", { name: "nightly", expiresAt: new Date(1_000) }],
  "vydon.apiKeys.regenerate": ["key-1", { expiresAt: new Date(1_000) }],
  "vydon.apiKeys.delete": ["key-1"],
  "vydon.auth.status": [],
  "vydon.auth.authorizeUrl": [{ state: "s", redirectUri: "https://app.example.com", scope: "openid" }],
  "vydon.auth.login": [{ code: "secret", redirectUri: "https://app.example.com" }],
  "vydon.auth.refresh": ["secret"],
  "vydon.auth.check": [],
  "vydon.system.info": [],
  "vydon.call": method,
  "ona.accounts.get": [],
  "ona.accounts.delete": ["acc-1", { reason: "done" }],
  "ona.accounts.block": ["acc-1", { reason: "spam" }],
  "ona.accounts.unblock": ["acc-1"],
  "ona.accounts.listJoinableOrganizations": [],
  "ona.accounts.listLoginProviders": [filter],
  "ona.accounts.allowsCustomLogin": [filter],
  "ona.accounts.listSsoLogins": [login],
  "ona.accounts.getSsoLoginUrl": [login],
  "ona.users.current": [],
  "ona.users.get": ["ada"],
  "ona.users.suspend": ["ada"],
  "ona.users.unsuspend": ["ada"],
  "ona.users.delete": ["ada"],
  "ona.organizations.create": [{ name: "acme", join: true, inviteAccountsWithMatchingDomain: true }],
  "ona.organizations.get": ["org-1"],
  "ona.organizations.update": ["org-1", { name: "acme", inviteDomains: ["example.com"] }],
  "ona.organizations.delete": ["org-1"],
  "ona.organizations.join": ["org-1"],
  "ona.members.list": ["org-1"],
  "ona.members.remove": ["org-1", "ada"],
  "ona.members.setRole": ["org-1", "ada", "admin"],
  "ona.invites.create": ["org-1"],
  "ona.invites.get": ["org-1"],
  "ona.invites.summary": ["inv-1"],
  "ona.invites.accept": ["inv-1"],
  "ona.billing.usageReport": [
    "org-1",
    { ...days, timezone: "Europe/Berlin", subject: { id: "ada", principal: "user" } },
  ],
  "ona.billing.exportUsage": ["org-1", { ...days, groupBy: "resource" }],
  "ona.billing.cumulativeUsage": ["org-1", { asOf: new Date(1_000) }],
  "ona.billing.listUserUsage": [
    "org-1",
    { asOf: new Date(1_000), sort: { field: "budget_used", descending: true } },
  ],
  "ona.tokens.create": ["ada", { description: "ci", validForMs: 60_500, readOnly: true }],
  "ona.tokens.get": ["pat-1"],
  "ona.tokens.list": [{ userIds: ["ada"] }],
  "ona.tokens.delete": ["pat-1"],
  "ona.identity.current": [],
  "ona.identity.exchangeToken": ["secret"],
  "ona.domains.list": ["org-1"],
  "ona.domains.get": ["dom-1"],
  "ona.domains.create": ["org-1", { domain: "example.com" }],
  "ona.domains.verify": ["dom-1"],
  "ona.domains.delete": ["dom-1"],
  "ona.call": method,
  "fam.accounts.list": [],
  "fam.accounts.create": [{ name: "Acme", type: "agency" }],
  "fam.accounts.get": ["acc-1"],
  "fam.accounts.update": ["acc-1", { name: "Acme" }],
  "fam.accounts.delete": ["acc-1"],
  "fam.accounts.permissions": [],
  "fam.members.list": ["acc-1"],
  "fam.members.search": [
    "acc-1",
    {
      query: "ada",
      statuses: ["active"],
      relations: ["owner"],
      sort: [{ field: "email", descending: true }],
    },
  ],
  "fam.invites.list": ["acc-1"],
  "fam.invites.create": ["acc-1", { email: "ada@example.com", relations: ["owner"] }],
  "fam.invites.revoke": ["acc-1", "inv-1"],
  "fam.invites.accept": [{ token: "secret", password: "correct horse", code: "1" }],
  "fam.billing.setupPaymentMethod": ["pay-1"],
  "fam.billing.listCards": ["pay-1"],
  "fam.billing.getPaymentConfiguration": ["acc-1"],
  "fam.billing.setPrimaryCard": ["pay-1", "pm-1"],
  "fam.call": method,
};

/** Returns the {@link validArguments} of a method, such as `vydon.members.list`. @throws Error if there are none. */
export function argumentsOf(path: string): readonly unknown[] {
  const args = validArguments[path];
  if (args === undefined) {
    throw new Error(`test/support/valid-arguments.ts has no arguments for ${path}: add them`);
  }
  return args;
}
