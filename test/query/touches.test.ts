import { QueryClient, type QueryKey } from "@tanstack/query-core";
import { FamClient, OnaClient, VydonClient } from "tenantry";
import { famMutations, onaMutations, vydonMutations } from "tenantry/query";
import { expect, it } from "vitest";

const baseUrl = "https://api.example.com";
const queryClient = new QueryClient();

const variables = {
  accountId: "{account}",
  organizationId: "{organization}",
  paymentConfigurationId: "{cards}",
  userId: "{user}",
  inviteId: "{invite}",
  domainId: "{domain}",
};

/** For each mutation, the queries that it makes stale: those whose keys begin with one of these, after the API's root. */
function touchesOf(mutations: object): Record<string, string[]> {
  const all = Object.entries(mutations).flatMap(([resource, writes]) =>
    Object.entries<{ touches: (given: never) => QueryKey[] }>(writes).map(([name, { touches }]) => {
      const keys: readonly QueryKey[] = Reflect.apply(touches, undefined, [variables]);
      const texts = keys.map((key) => `/${key.slice(2).join("/")}`);
      return [`${resource}.${name}`, texts.sort()] as const;
    }),
  );
  return Object.fromEntries(all);
}

it("each write of Vydon makes stale what it may change", () => {
  expect(touchesOf(vydonMutations(new VydonClient({ baseUrl }), queryClient))).toEqual({
    "users.register": ["/users"],
    "accounts.createTeam": ["/accounts"],
    "accounts.ensurePersonal": ["/accounts"],
    "accounts.convertToTeam": ["/"],
    "accounts.setOnboarding": ["/accounts/{account}"],
    "accounts.setTemporalConfig": ["/accounts/{account}"],
    "members.remove": [
      "/accounts",
      "/apiKeys/{account}",
      "/billing/{account}",
      "/invites/{account}",
      "/members/{account}",
      "/permissions/{account}",
    ],
    "members.setRole": ["/members/{account}", "/permissions/{account}"],
    "invites.create": ["/invites/{account}"],
    "invites.remove": ["/invites"],
    "invites.accept": ["/accounts", "/apiKeys", "/billing", "/invites", "/members", "/permissions"],
    "apiKeys.create": ["/apiKeys/{account}"],
    "apiKeys.regenerate": ["/apiKeys"],
    "apiKeys.delete": ["/apiKeys"],
    "billing.createCheckoutSession": ["/accounts", "/billing"],
    "billing.createPortalSession": [],
    "billing.recordMeterEvent": ["/billing/{account}"],
  });
});

it("each write of Ona makes stale what it may change", () => {
  const everything = [
    "/accounts",
    "/billing",
    "/domains",
    "/identity",
    "/invites",
    "/members",
    "/organizations",
    "/tokens",
    "/users",
  ];
  expect(touchesOf(onaMutations(new OnaClient(), queryClient))).toEqual({
    "accounts.delete": everything,
    "accounts.block": everything,
    "accounts.unblock": ["/accounts"],
    "organizations.create": ["/accounts"],
    "organizations.update": ["/accounts", "/invites", "/organizations/{organization}"],
    "organizations.delete": everything,
    "organizations.join": ["/accounts", "/invites", "/members/{organization}"],
    "members.remove": everything,
    "members.setRole": ["/accounts", "/members/{organization}"],
    "invites.create": ["/invites"],
    "invites.accept": ["/accounts", "/invites", "/members"],
    "domains.create": ["/domains/{organization}"],
    "domains.verify": ["/domains"],
    "domains.delete": ["/domains"],
    "users.suspend": ["/members", "/users"],
    "users.unsuspend": ["/members", "/users"],
    "users.delete": everything,
    "tokens.create": ["/tokens"],
    "tokens.delete": ["/tokens"],
    "billing.exportUsage": [],
  });
});

it("each write of Fetch Ads Manager makes stale what it may change", () => {
  expect(touchesOf(famMutations(new FamClient({ baseUrl }), queryClient))).toEqual({
    "accounts.create": ["/accounts"],
    "accounts.update": ["/accounts"],
    "accounts.delete": ["/accounts", "/billing", "/invites", "/members"],
    "invites.create": ["/invites/{account}", "/members/{account}"],
    "invites.revoke": ["/invites/{account}", "/members/{account}"],
    "invites.accept": ["/"],
    "billing.setupPaymentMethod": [],
    "billing.setPrimaryCard": ["/billing/{cards}"],
  });
});
