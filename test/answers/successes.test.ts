import type { DescService } from "@bufbuild/protobuf";
import { ConnectError, createClient } from "@connectrpc/connect";
import {
  type CommonOptions,
  FailedPreconditionError,
  FamClient,
  type Method,
  OnaClient,
  UnexpectedResponseError,
  VydonClient,
} from "tenantry";
import { toConnectTransport } from "tenantry/connect";
import * as famProto from "tenantry/proto/fam";
import * as onaProto from "tenantry/proto/ona";
import * as vydonProto from "tenantry/proto/vydon";
import { describe, expect, it } from "vitest";
import { canned } from "../json/canned.js";
import { methodsOf } from "../support/reachable.js";
import { failureOf } from "../support/scripted.js";

/** A call, and what it returns for the response `{}`; "error" if a good response is never that. */
type Row<Client> = readonly [call: (client: Client) => PromiseLike<unknown>, empty: unknown];

interface Table<Client> {
  readonly connect: (options: CommonOptions & { baseUrl: string }) => Client;
  readonly rows: Readonly<Record<string, Row<Client>>>;
}

/** Of ProtoJSON, a default value is left out: `{}` is an empty list, a "no", a zero. An id is never a default value. */
const none: unknown = { items: [] };
const job = { type: "job", id: "*", action: "read" } as const;
const day = new Date("2026-01-01");
const signIn = { state: "s", redirectUri: "https://example.com", scope: "openid" };
const days = { from: day, to: day };
const temporal = { url: "temporal:7233", namespace: "default", syncJobQueueName: "sync" };

const vydon: Table<VydonClient> = {
  connect: (options) => new VydonClient(options),
  rows: {
    "users.current": [({ users }) => users.current(), "error"],
    "users.register": [({ users }) => users.register(), "error"],
    "accounts.list": [({ accounts }) => accounts.list(), none],
    "accounts.createTeam": [({ accounts }) => accounts.createTeam({ name: "acme" }), "error"],
    "accounts.ensurePersonal": [({ accounts }) => accounts.ensurePersonal(), "error"],
    "accounts.convertToTeam": [({ accounts }) => accounts.convertToTeam({ name: "acme" }), "error"],
    "accounts.includesMe": [({ accounts }) => accounts.includesMe("1"), false],
    "accounts.getOnboarding": [({ accounts }) => accounts.getOnboarding("1"), "error"],
    "accounts.setOnboarding": [({ accounts }) => accounts.setOnboarding("1", {}), "error"],
    "accounts.getTemporalConfig": [({ accounts }) => accounts.getTemporalConfig("1"), "error"],
    "accounts.setTemporalConfig": [({ accounts }) => accounts.setTemporalConfig("1", temporal), "error"],
    "members.list": [({ members }) => members.list("1"), none],
    "members.remove": [({ members }) => members.remove("1", "2"), undefined],
    "members.setRole": [({ members }) => members.setRole("1", "2", "admin"), undefined],
    "invites.list": [({ invites }) => invites.list("1"), none],
    "invites.create": [({ invites }) => invites.create("1", { email: "ada@example.com" }), "error"],
    "invites.remove": [({ invites }) => invites.remove("1"), undefined],
    "invites.accept": [({ invites }) => invites.accept("token"), "error"],
    "permissions.check": [({ permissions }) => permissions.check("1", job), false],
    "permissions.checkAll": [({ permissions }) => permissions.checkAll("1", [job]), "error"],
    "billing.status": [
      ({ billing }) => billing.status("1"),
      { usedRecordCount: 0, subscriptionStatus: "unspecified" },
    ],
    "billing.validity": [
      ({ billing }) => billing.validity("1"),
      { isValid: false, shouldPoll: false, accountStatus: "unspecified" },
    ],
    "billing.createCheckoutSession": [({ billing }) => billing.createCheckoutSession("1"), "error"],
    "billing.createPortalSession": [({ billing }) => billing.createPortalSession("1"), "error"],
    "billing.listAccounts": [({ billing }) => billing.listAccounts(), none],
    "billing.recordMeterEvent": [
      ({ billing }) => billing.recordMeterEvent("1", { eventName: "records", value: 1, eventId: "e-1" }),
      { eventId: "e-1" },
    ],
    "system.info": [({ system }) => system.info(), "error"],
    "auth.status": [({ auth }) => auth.status(), { isEnabled: false }],
    "auth.authorizeUrl": [({ auth }) => auth.authorizeUrl(signIn), "error"],
    "auth.login": [({ auth }) => auth.login({ code: "c", redirectUri: "https://example.com" }), "error"],
    "auth.refresh": [({ auth }) => auth.refresh("r"), "error"],
    "auth.check": [({ auth }) => auth.check(), undefined],
    "apiKeys.list": [({ apiKeys }) => apiKeys.list("1"), none],
    "apiKeys.get": [({ apiKeys }) => apiKeys.get("1"), "error"],
    "apiKeys.create": [({ apiKeys }) => apiKeys.create("1", { name: "sync", expiresAt: day }), "error"],
    "apiKeys.regenerate": [({ apiKeys }) => apiKeys.regenerate("1", { expiresAt: day }), "error"],
    "apiKeys.delete": [({ apiKeys }) => apiKeys.delete("1"), undefined],
  },
};

const ona: Table<OnaClient> = {
  connect: (options) => new OnaClient(options),
  rows: {
    "accounts.get": [({ accounts }) => accounts.get(), "error"],
    "accounts.delete": [({ accounts }) => accounts.delete("1"), undefined],
    "accounts.block": [
      ({ accounts }) => accounts.block("1", { reason: "spam" }),
      { environmentsStopped: 0, subscriptionsCancelled: 0 },
    ],
    "accounts.unblock": [({ accounts }) => accounts.unblock("1"), undefined],
    "accounts.listJoinableOrganizations": [({ accounts }) => accounts.listJoinableOrganizations(), none],
    "accounts.listLoginProviders": [({ accounts }) => accounts.listLoginProviders(), none],
    "accounts.allowsCustomLogin": [({ accounts }) => accounts.allowsCustomLogin(), false],
    "accounts.listSsoLogins": [({ accounts }) => accounts.listSsoLogins({ email: "ada@example.com" }), none],
    "accounts.getSsoLoginUrl": [
      ({ accounts }) => accounts.getSsoLoginUrl({ email: "ada@example.com" }),
      "error",
    ],
    "organizations.create": [({ organizations }) => organizations.create({ name: "Acme" }), "error"],
    "organizations.get": [({ organizations }) => organizations.get("1"), "error"],
    "organizations.update": [({ organizations }) => organizations.update("1", { name: "Acme" }), "error"],
    "organizations.delete": [({ organizations }) => organizations.delete("1"), undefined],
    "organizations.join": [({ organizations }) => organizations.join("1"), "error"],
    "members.list": [({ members }) => members.list("1"), none],
    "members.remove": [({ members }) => members.remove("1", "2"), undefined],
    "members.setRole": [({ members }) => members.setRole("1", "2", "admin"), undefined],
    "invites.create": [({ invites }) => invites.create("1"), "error"],
    "invites.get": [({ invites }) => invites.get("1"), "error"],
    "invites.summary": [({ invites }) => invites.summary("1"), "error"],
    "invites.accept": [({ invites }) => invites.accept("1"), "error"],
    "users.current": [({ users }) => users.current(), "error"],
    "users.get": [({ users }) => users.get("1"), "error"],
    "users.suspend": [({ users }) => users.suspend("1"), undefined],
    "users.unsuspend": [({ users }) => users.unsuspend("1"), undefined],
    "users.delete": [({ users }) => users.delete("1"), undefined],
    "tokens.create": [({ tokens }) => tokens.create("1", { description: "backup" }), "error"],
    "tokens.get": [({ tokens }) => tokens.get("1"), "error"],
    "tokens.list": [({ tokens }) => tokens.list(), none],
    "tokens.delete": [({ tokens }) => tokens.delete("1"), undefined],
    "identity.current": [({ identity }) => identity.current(), "error"],
    "identity.exchangeToken": [({ identity }) => identity.exchangeToken("t"), "error"],
    "billing.usageReport": [({ billing }) => billing.usageReport("1", days), { dailyUsage: [] }],
    "billing.exportUsage": [({ billing }) => billing.exportUsage("1", days), "error"],
    "billing.cumulativeUsage": [
      ({ billing }) => billing.cumulativeUsage("1"),
      { teamUsage: [], userUsage: [] },
    ],
    "billing.listUserUsage": [({ billing }) => billing.listUserUsage("1"), { items: [], total: 0 }],
    "domains.list": [({ domains }) => domains.list("1"), none],
    "domains.get": [({ domains }) => domains.get("1"), "error"],
    "domains.create": [({ domains }) => domains.create("1", { domain: "example.com" }), "error"],
    "domains.verify": [({ domains }) => domains.verify("1"), "error"],
    "domains.delete": [({ domains }) => domains.delete("1"), undefined],
  },
};

const fam: Table<FamClient> = {
  connect: (options) => new FamClient(options),
  rows: {
    "accounts.list": [({ accounts }) => accounts.list(), "error"],
    "accounts.create": [({ accounts }) => accounts.create({ name: "Acme" }), "error"],
    "accounts.get": [({ accounts }) => accounts.get("1"), "error"],
    "accounts.update": [({ accounts }) => accounts.update("1", { name: "Acme" }), "error"],
    "accounts.delete": [({ accounts }) => accounts.delete("1"), undefined],
    "accounts.permissions": [({ accounts }) => accounts.permissions(), "error"],
    "members.list": [({ members }) => members.list("1"), none],
    "members.search": [({ members }) => members.search("1"), { items: [], total: 0 }],
    "invites.list": [({ invites }) => invites.list("1"), none],
    "invites.create": [
      ({ invites }) => invites.create("1", { email: "ada@example.com", relations: ["admin"] }),
      "error",
    ],
    "invites.revoke": [({ invites }) => invites.revoke("1", "2"), undefined],
    "invites.accept": [({ invites }) => invites.accept({ token: "t" }), "error"],
    "billing.setupPaymentMethod": [({ billing }) => billing.setupPaymentMethod("1"), "error"],
    "billing.listCards": [({ billing }) => billing.listCards("1"), none],
    "billing.getPaymentConfiguration": [({ billing }) => billing.getPaymentConfiguration("1"), "error"],
    "billing.setPrimaryCard": [({ billing }) => billing.setPrimaryCard("1", "2"), undefined],
  },
};

/** What some servers and proxies send with the status 200 for a call that failed, and what the error's text says. */
const errors: [body: object, text: string][] = [
  [{ error: "no such thing" }, "field error says that the call failed: no such thing."],
  [{ error: { code: 5, message: "no such thing" } }, "field error says that the call failed: no such thing."],
  [{ error: true }, "field error says that the call failed."],
  [{ code: "internal", message: "no such thing" }, "field code says that the call failed: no such thing."],
  [{ code: 13, message: "", details: [] }, "field code says that the call failed."],
];

const baseUrl = "https://api.example.com";

function describeSuccesses<Client extends object>(name: string, { connect, rows }: Table<Client>): void {
  const answered = (body: object) => connect({ baseUrl, fetch: canned(JSON.stringify(body)).fetch });

  describe(name, () => {
    it("has all its methods in the table", () => {
      // It asks again and again, by `billing.validity`.
      const all = methodsOf(answered({})).filter((method) => method !== "billing.waitUntilValid");
      expect(Object.keys(rows).sort()).toEqual(all.sort());
    });

    it.each(Object.entries(rows))("%s takes `{}` for what it says", async (_method, [call, empty]) => {
      const calling = (async () => call(answered({})))();
      if (empty === "error") expect(await failureOf(calling)).toBeInstanceOf(UnexpectedResponseError);
      else expect(await calling).toEqual(empty);
    });

    it.each(Object.entries(rows))("%s takes no error for a success", async (_method, [call]) => {
      for (const [body, text] of errors) {
        const error = await failureOf((async () => call(answered(body)))());
        expect(error, JSON.stringify(body)).toBeInstanceOf(UnexpectedResponseError);
        expect(error).toMatchObject({
          message: expect.stringContaining(text),
          code: "internal",
          attempts: 1,
        });
      }
    });

    it.each(Object.entries(rows).filter(([, [, empty]]) => empty !== "error"))(
      "%s ignores a field that only looks like an error",
      async (_method, [call, empty]) => {
        for (const body of [
          { error: null },
          { error: "" },
          { code: 0, message: "ok" },
          { message: "done" },
        ]) {
          expect(await call(answered(body)), JSON.stringify(body)).toEqual(empty);
        }
      },
    );
  });
}

describeSuccesses("VydonClient", vydon);
describeSuccesses("OnaClient", ona);
describeSuccesses("FamClient", fam);

it("no response of the APIs has a field that would be taken for an error", () => {
  const services: DescService[] = [vydonProto, onaProto, famProto].flatMap((proto) =>
    Object.values(proto).flatMap((value) =>
      typeof value === "object" && value.kind === "service" ? [value] : [],
    ),
  );
  expect(services).toHaveLength(11);
  const fields = services.flatMap(({ methods }) => methods.flatMap(({ output }) => output.fields));
  expect(fields.map(({ jsonName }) => jsonName)).not.toContain("error");
  expect(fields.map(({ jsonName }) => jsonName)).not.toContain("code");
});

describe("what the API always sends is required", () => {
  const at = "2026-01-01T00:00:00Z";
  const times = { createdAt: at, updatedAt: at, expiresAt: at };
  const invite = { id: "1", accountId: "2", token: "t", ...times };
  const key = { id: "1", accountId: "2", createdById: "3", updatedById: "3", ...times };
  const domain = { id: "1", organizationId: "2" };
  const open = (body: object) => ({ baseUrl, fetch: canned(JSON.stringify(body)).fetch });
  const calls: [field: string, call: () => PromiseLike<unknown>][] = [
    ["accountId", () => vydon.connect(open({ accountId: "" })).accounts.createTeam({ name: "acme" })],
    ["config.url", () => vydon.connect(open({ config: {} })).accounts.getTemporalConfig("1")],
    ["invites[0].senderUserId", () => vydon.connect(open({ invites: [invite] })).invites.list("1")],
    ["apiKeys[0].userId", () => vydon.connect(open({ apiKeys: [{ ...key, userId: "" }] })).apiKeys.list("1")],
    [
      "domainVerification.verificationToken",
      () => ona.connect(open({ domainVerification: domain })).domains.create("1", { domain: "example.com" }),
    ],
    [
      "loginProviders[0].provider",
      () => ona.connect(open({ loginProviders: [{}] })).accounts.listLoginProviders(),
    ],
    ["userId", () => fam.connect(open({ accounts: [] })).accounts.list()],
  ];

  it.each(calls)("%s", async (field, call) => {
    const error = await failureOf((async () => call())());
    expect(error).toBeInstanceOf(UnexpectedResponseError);
    expect(error).toMatchObject({ message: expect.stringContaining(`The response's field ${field} `) });
  });
});

it("billing.waitUntilValid does not take `{}` or an error for a valid account", async () => {
  const wait = (body: string) =>
    failureOf(vydon.connect({ baseUrl, fetch: canned(body).fetch }).billing.waitUntilValid("1"));
  expect(await wait("{}")).toBeInstanceOf(FailedPreconditionError);
  expect(await wait('{"error":"x"}')).toBeInstanceOf(UnexpectedResponseError);
});

describe("an RPC of another API", () => {
  const getLastError: Method<object, { error: string; code: string; message: string }> = {
    service: "acme.v1.LogService",
    name: "GetLastError",
    idempotency: "no_side_effects",
  };
  const response = { error: "disk full", code: "internal", message: "at noon" };

  it("may have a field called error: `client.call` returns it", async () => {
    const client = new VydonClient({ baseUrl, fetch: canned(JSON.stringify(response)).fetch });
    expect(await client.call(getLastError, {})).toEqual(response);
  });
});

it("Connect's own client over one of ours takes no error for an empty message", async () => {
  const { fetch } = canned('{"error":"no such thing"}');
  const transport = toConnectTransport(new VydonClient({ baseUrl, fetch }));
  const client = createClient(vydonProto.UserAccountService, transport);
  const error = await failureOf(client.removeTeamAccountInvite({ id: "1" }));
  expect(error).toBeInstanceOf(ConnectError);
  expect(error).toMatchObject({ cause: { name: "UnexpectedResponseError" } });
});

it("a refused error keeps its request id, and shows no token", async () => {
  const { fetch } = canned('{"error":"secret-token is not welcome"}', {
    headers: { "x-request-id": "req-1" },
  });
  const client = new FamClient({ baseUrl, fetch, auth: "secret-token" });
  const error = await failureOf(client.accounts.delete("1"));
  expect(error).toMatchObject({
    message: "DeleteAccount: The response's field error says that the call failed: [secret] is not welcome.",
    requestId: "req-1",
  });
});
