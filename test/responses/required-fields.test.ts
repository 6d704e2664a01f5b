import { type JsonValue, toJson } from "@bufbuild/protobuf";
import { UnexpectedResponseError } from "tenantry";
import { expect, it } from "vitest";
import { filled } from "../support/filled.js";
import { allClients, resourceMethods } from "../support/methods.js";
import { apiServices } from "../support/services.js";
import { argumentsOf } from "../support/valid-arguments.js";

/** The fields without which a method rejects a response. All other fields have a default value or can be absent. */
const required: Readonly<Record<string, string>> = {
  "vydon.users.current": "userId",
  "vydon.users.register": "userId",
  "vydon.accounts.list": "accounts.id",
  "vydon.accounts.createTeam": "accountId",
  "vydon.accounts.ensurePersonal": "accountId",
  "vydon.accounts.convertToTeam": "accountId newPersonalAccountId",
  "vydon.accounts.getOnboarding": "config",
  "vydon.accounts.setOnboarding": "config",
  "vydon.accounts.getTemporalConfig": "config config.url config.namespace config.syncJobQueueName",
  "vydon.accounts.setTemporalConfig": "config config.url config.namespace config.syncJobQueueName",
  "vydon.members.list": "users.id",
  "vydon.invites.list":
    "invites.id invites.accountId invites.senderUserId invites.token invites.createdAt invites.updatedAt invites.expiresAt",
  "vydon.invites.create":
    "invite invite.id invite.accountId invite.senderUserId invite.token invite.createdAt invite.updatedAt invite.expiresAt",
  "vydon.invites.accept": "account account.id",
  "vydon.permissions.checkAll": "assertions",
  "vydon.billing.createCheckoutSession": "checkoutSessionUrl",
  "vydon.billing.createPortalSession": "portalSessionUrl",
  "vydon.billing.listAccounts": "accounts.id",
  "vydon.apiKeys.list":
    "apiKeys.id apiKeys.accountId apiKeys.createdById apiKeys.createdAt apiKeys.updatedById apiKeys.updatedAt apiKeys.userId apiKeys.expiresAt",
  "vydon.apiKeys.get":
    "apiKey apiKey.id apiKey.accountId apiKey.createdById apiKey.createdAt apiKey.updatedById apiKey.updatedAt apiKey.userId apiKey.expiresAt",
  "vydon.apiKeys.create":
    "apiKey apiKey.id apiKey.accountId apiKey.createdById apiKey.createdAt apiKey.updatedById apiKey.updatedAt apiKey.keyValue apiKey.userId apiKey.expiresAt",
  "vydon.apiKeys.regenerate":
    "apiKey apiKey.id apiKey.accountId apiKey.createdById apiKey.createdAt apiKey.updatedById apiKey.updatedAt apiKey.keyValue apiKey.userId apiKey.expiresAt",
  "vydon.auth.authorizeUrl": "url",
  "vydon.auth.login": "accessToken accessToken.accessToken",
  "vydon.auth.refresh": "accessToken accessToken.accessToken",
  "vydon.system.info": "buildDate",
  "ona.accounts.get":
    "account account.id account.createdAt account.updatedAt account.memberships.userId account.memberships.organizationId",
  "ona.accounts.listJoinableOrganizations": "joinableOrganizations.organizationId",
  "ona.accounts.listLoginProviders": "loginProviders.provider",
  "ona.accounts.listSsoLogins": "logins.loginUrl",
  "ona.accounts.getSsoLoginUrl": "loginUrl",
  "ona.users.current": "user user.id user.organizationId",
  "ona.users.get": "user user.id user.organizationId",
  "ona.organizations.get": "organization organization.id organization.createdAt organization.updatedAt",
  "ona.organizations.create":
    "organization organization.id organization.createdAt organization.updatedAt member.userId member.memberSince",
  "ona.organizations.update": "organization organization.id organization.createdAt organization.updatedAt",
  "ona.organizations.join": "member member.userId member.memberSince",
  "ona.members.list": "members.userId members.memberSince",
  "ona.invites.get": "invite invite.inviteId",
  "ona.invites.create": "invite invite.inviteId",
  "ona.invites.summary": "organizationId",
  "ona.invites.accept": "member member.userId member.memberSince",
  "ona.billing.usageReport": "dailyUsage.date",
  "ona.billing.exportUsage": "downloadUrl",
  "ona.tokens.list": "personalAccessTokens.id personalAccessTokens.userId",
  "ona.tokens.get": "pat pat.id pat.userId",
  "ona.tokens.create": "token",
  "ona.identity.current": "subject",
  "ona.identity.exchangeToken": "accessToken",
  "ona.domains.list": "domainVerifications.id domainVerifications.organizationId",
  "ona.domains.get": "domainVerification domainVerification.id domainVerification.organizationId",
  "ona.domains.create":
    "domainVerification domainVerification.id domainVerification.organizationId domainVerification.verificationToken",
  "ona.domains.verify": "domainVerification domainVerification.id domainVerification.organizationId",
  "fam.accounts.list": "userId accounts.accountId",
  "fam.accounts.get": "account account.id account.createdAt",
  "fam.accounts.create": "id createdAt",
  "fam.accounts.update": "account account.id account.createdAt",
  "fam.accounts.permissions": "userId accounts.accountId",
  "fam.members.list": "members.userId",
  "fam.members.search": "members.id members.accountId members.createdAt",
  "fam.invites.list": "invitations.id invitations.accountId invitations.expiresAt invitations.createdAt",
  "fam.invites.create":
    "invitation invitation.id invitation.accountId invitation.expiresAt invitation.createdAt",
  "fam.invites.accept": "accessToken refreshToken",
  "fam.billing.getPaymentConfiguration": "paymentConfigurationId",
  "fam.billing.listCards": "cards.paymentMethodId",
  "fam.billing.setupPaymentMethod": "clientSecret",
};

/** Responses with a value in every field, by the end of the URL. */
const responses = new Map<string, JsonValue>(
  apiServices.flatMap(({ typeName, methods }) =>
    methods.map(({ name, output }) => [`${typeName}/${name}`, toJson(output, filled(output))] as const),
  ),
);

/** The fields of the last response, and the path of the one that it lacks. */
let fields: readonly string[] = [];
let without = "";

const clients = allClients({
  baseUrl: "https://api.example.com",
  async fetch(url) {
    const response = responses.get(String(url).split("/").slice(-2).join("/")) ?? null;
    fields = pathsIn(response);
    return Response.json(withoutField(response, without.split(".")));
  },
});

const methods = Object.entries(clients)
  .flatMap(([api, client]) => resourceMethods(api, client))
  // It polls until the response has `isValid`.
  .filter(({ path }) => path !== "vydon.billing.waitUntilValid");

it.each(methods)("$path", async ({ path, call }) => {
  const args = argumentsOf(path);
  /** Returns the error of a call whose response lacks a field. */
  const errorWithout = async (field: string) => {
    without = field;
    const calling = (async () => call(...args))();
    return calling.then(
      () => undefined,
      (reason: unknown) => reason,
    );
  };
  expect(await errorWithout("")).toBeUndefined();
  const missing: string[] = [];
  for (const field of new Set(fields)) {
    const error = await errorWithout(field);
    if (error === undefined) continue;
    expect(error).toBeInstanceOf(UnexpectedResponseError);
    missing.push(field);
  }
  expect(missing.join(" ")).toBe(required[path] ?? "");
});

/** Returns the paths of all fields. The items of a list have the path of the list. */
function pathsIn(value: JsonValue, prefix = ""): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => pathsIn(item, prefix));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    prefix + key,
    ...pathsIn(inner, `${prefix}${key}.`),
  ]);
}

/** Returns a copy without the field at a path, in every item of a list. */
function withoutField(value: JsonValue, [key = "", ...rest]: readonly string[]): JsonValue {
  if (Array.isArray(value)) return value.map((item) => withoutField(item, [key, ...rest]));
  if (typeof value !== "object" || value === null) return value;
  const { [key]: inner, ...others } = value;
  return inner === undefined || rest.length === 0 ? others : { ...others, [key]: withoutField(inner, rest) };
}
