import { ConnectError, createClient } from "@connectrpc/connect";
import {
  DeadlineExceededError,
  FamClient,
  type Method,
  UnexpectedResponseError,
  VydonClient,
} from "tenantry";
import { toConnectTransport } from "tenantry/connect";
import { UserAccountService } from "tenantry/proto/vydon";
import { describe, expect, it } from "vitest";
import { canned } from "../json/canned.js";
import { CountingClock } from "../support/counted.js";
import { allClients, resourceMethods } from "../support/methods.js";
import { failureOf } from "../support/promises.js";
import { apiServices } from "../support/services.js";
import { argumentsOf } from "../support/valid-arguments.js";

/**
 * What a method returns for the response `{}`, if `{}` is valid. ProtoJSON omits default values, so `{}` can mean an empty
 * list, false or zero. An id is never a default value, so all other methods fail.
 */
const empty = new Map<string, unknown>([
  ...[
    "vydon.accounts.list",
    "vydon.members.list",
    "vydon.invites.list",
    "vydon.billing.listAccounts",
    "vydon.apiKeys.list",
    "ona.accounts.listJoinableOrganizations",
    "ona.accounts.listLoginProviders",
    "ona.accounts.listSsoLogins",
    "ona.members.list",
    "ona.tokens.list",
    "ona.domains.list",
    "fam.members.list",
    "fam.invites.list",
    "fam.billing.listCards",
  ].map((path) => [path, { items: [] }] as const),
  ...[
    "vydon.members.remove",
    "vydon.members.setRole",
    "vydon.invites.remove",
    "vydon.auth.check",
    "vydon.apiKeys.delete",
    "ona.accounts.delete",
    "ona.accounts.unblock",
    "ona.organizations.delete",
    "ona.members.remove",
    "ona.members.setRole",
    "ona.users.suspend",
    "ona.users.unsuspend",
    "ona.users.delete",
    "ona.tokens.delete",
    "ona.domains.delete",
    "fam.accounts.delete",
    "fam.invites.revoke",
    "fam.billing.setPrimaryCard",
  ].map((path) => [path, undefined] as const),
  ["vydon.accounts.includesMe", false],
  ["vydon.permissions.check", false],
  ["vydon.billing.status", { usedRecordCount: 0, subscriptionStatus: "unspecified" }],
  ["vydon.billing.validity", { isValid: false, shouldPoll: false, accountStatus: "unspecified" }],
  ["vydon.billing.recordMeterEvent", { eventId: "e-1" }],
  ["vydon.auth.status", { isEnabled: false }],
  ["ona.accounts.block", { environmentsStopped: 0, subscriptionsCancelled: 0 }],
  ["ona.accounts.allowsCustomLogin", false],
  ["ona.billing.usageReport", { dailyUsage: [] }],
  ["ona.billing.cumulativeUsage", { teamUsage: [], userUsage: [] }],
  ["ona.billing.listUserUsage", { items: [], total: 0 }],
  ["fam.members.search", { items: [], total: 0 }],
]);

/** Bodies that some servers and proxies send with the status 200 for a failed call, and the text of our error. */
const errors: [body: object, text: string][] = [
  [{ error: "no such thing" }, "field error reports that the call failed: no such thing."],
  [
    { error: { code: 5, message: "no such thing" } },
    "field error reports that the call failed: no such thing.",
  ],
  [{ error: true }, "field error reports that the call failed."],
  [{ code: "internal", message: "no such thing" }, "field code reports that the call failed: no such thing."],
  [{ code: 13, message: "", details: [] }, "field code reports that the call failed."],
];

const baseUrl = "https://api.example.com";

function clients(body: object) {
  return allClients({ baseUrl, fetch: canned(JSON.stringify(body)).fetch });
}

/** Calls a method with valid arguments. Returns its result for a response with this body. */
function resultOf(path: string, body: object): Promise<unknown> {
  const args = argumentsOf(path);
  const method = Object.entries(clients(body))
    .flatMap(([api, client]) => resourceMethods(api, client))
    .find((each) => each.path === path);
  return (async () => method?.call(...args))();
}

/** All methods except the one that polls `billing.validity`. */
const paths = Object.entries(clients({}))
  .flatMap(([api, client]) => resourceMethods(api, client))
  .map(({ path }) => path)
  .filter((path) => path !== "vydon.billing.waitUntilValid");

describe.each(paths)("%s", (path) => {
  if (empty.has(path)) {
    it("returns the default values for the response `{}`", async () => {
      expect(await resultOf(path, {})).toEqual(empty.get(path));
    });

    it("ignores an empty `error` field, a `code` of 0, and a `code` or a `message` alone", async () => {
      for (const body of [
        { error: null },
        { error: "" },
        { code: 0, message: "ok" },
        { code: 5, message: null },
        { code: "done" },
        { message: "done" },
      ]) {
        expect(await resultOf(path, body), JSON.stringify(body)).toEqual(empty.get(path));
      }
    });
  } else {
    it("rejects the response `{}`", async () => {
      const result = await resultOf(path, {}).catch((reason: unknown) => reason);
      const hint = "if `{}` is valid, add the result to `empty` in test/responses/successes.test.ts";
      expect(result, hint).toBeInstanceOf(UnexpectedResponseError);
    });
  }

  it("rejects an error body with status 200", async () => {
    for (const [body, text] of errors) {
      const error = await failureOf(resultOf(path, body));
      expect(error, JSON.stringify(body)).toBeInstanceOf(UnexpectedResponseError);
      expect(error).toMatchObject({
        message: expect.stringContaining(text),
        code: "internal",
        attempts: 1,
      });
    }
  });
});

it("every method in the list of valid empty responses exists", () => {
  expect(paths).toEqual(expect.arrayContaining([...empty.keys()]));
});

it("no response message of the APIs has a field named error or code", () => {
  const fields = apiServices.flatMap(({ methods }) => methods.flatMap(({ output }) => output.fields));
  expect(fields.length).toBeGreaterThan(100);
  expect(fields.map(({ jsonName }) => jsonName)).not.toContain("error");
  expect(fields.map(({ jsonName }) => jsonName)).not.toContain("code");
});

describe("a response without a field that the API always sends is rejected", () => {
  const at = "2026-01-01T00:00:00Z";
  const times = { createdAt: at, updatedAt: at, expiresAt: at };
  const invite = { id: "1", accountId: "2", token: "t", ...times };
  const key = { id: "1", accountId: "2", createdById: "3", updatedById: "3", ...times };
  const domain = { id: "1", organizationId: "2" };
  const calls: [field: string, call: () => PromiseLike<unknown>][] = [
    ["accountId", () => clients({ accountId: "" }).vydon.accounts.createTeam({ name: "acme" })],
    ["config.url", () => clients({ config: {} }).vydon.accounts.getTemporalConfig("1")],
    ["invites[0].senderUserId", () => clients({ invites: [invite] }).vydon.invites.list("1")],
    ["apiKeys[0].userId", () => clients({ apiKeys: [{ ...key, userId: "" }] }).vydon.apiKeys.list("1")],
    [
      "domainVerification.verificationToken",
      () => clients({ domainVerification: domain }).ona.domains.create("1", { domain: "example.com" }),
    ],
    ["loginProviders[0].provider", () => clients({ loginProviders: [{}] }).ona.accounts.listLoginProviders()],
    ["userId", () => clients({ accounts: [] }).fam.accounts.list()],
  ];

  it.each(calls)("%s", async (field, call) => {
    const error = await failureOf((async () => call())());
    expect(error).toBeInstanceOf(UnexpectedResponseError);
    expect(error).toMatchObject({ message: expect.stringContaining(`The response's field ${field} `) });
  });
});

it("billing.waitUntilValid() treats the response `{}` as not valid yet, and rejects an error body", async () => {
  const clock = new CountingClock(0);
  const wait = (body: string) =>
    failureOf(new VydonClient({ baseUrl, clock, fetch: canned(body).fetch }).billing.waitUntilValid("1"));
  expect(await wait("{}")).toBeInstanceOf(DeadlineExceededError);
  expect(await wait('{"error":"x"}')).toBeInstanceOf(UnexpectedResponseError);
});

describe("an RPC of another API", () => {
  const getLastError: Method<object, { error: string; code: string; message: string }> = {
    service: "acme.v1.LogService",
    name: "GetLastError",
    idempotency: "no_side_effects",
  };
  const response = { error: "disk full", code: "internal", message: "at noon" };

  it("can have response fields named error and code, and `client.call` returns them", async () => {
    const client = new VydonClient({ baseUrl, fetch: canned(JSON.stringify(response)).fetch });
    expect(await client.call(getLastError, {})).toEqual(response);
  });
});

it("a Connect client over toConnectTransport fails for an error body with status 200", async () => {
  const { fetch } = canned('{"error":"no such thing"}');
  const transport = toConnectTransport(new VydonClient({ baseUrl, fetch }));
  const client = createClient(UserAccountService, transport);
  const error = await failureOf(client.removeTeamAccountInvite({ id: "1" }));
  expect(error).toBeInstanceOf(ConnectError);
  expect(error).toMatchObject({ cause: { name: "UnexpectedResponseError" } });
});

it("the error for an error body with status 200 has the request id, and contains no token", async () => {
  const { fetch } = canned('{"error":"secret-token is not welcome"}', {
    headers: { "x-request-id": "req-1" },
  });
  const client = new FamClient({ baseUrl, fetch, auth: "secret-token" });
  const error = await failureOf(client.accounts.delete("1"));
  expect(error).toMatchObject({
    message:
      "DeleteAccount: The response's field error reports that the call failed: [secret] is not welcome.",
    requestId: "req-1",
  });
});
