import { type DescMethod, toJson } from "@bufbuild/protobuf";
import fc from "fast-check";
import { ApiError, type CommonOptions, FamClient, OnaClient, VydonClient } from "tenantry";
import { describe, expect, it } from "vitest";
import { AccountService } from "../../gen/gitpod/v1/account_pb.js";
import { BillingService } from "../../gen/gitpod/v1/billing_pb.js";
import { OrganizationService } from "../../gen/gitpod/v1/organization_service_pb.js";
import { UserService } from "../../gen/gitpod/v1/user_pb.js";
import { ApiKeyService } from "../../gen/mgmt/v1alpha1/api_key_pb.js";
import { AuthService } from "../../gen/mgmt/v1alpha1/auth_pb.js";
import { UserAccountService } from "../../gen/mgmt/v1alpha1/user_account_pb.js";
import { filled } from "../support/filled.js";
import { mutatedJson, mutatedText, seeded } from "./mutate.js";

const uuid = "00000000-0000-4000-8000-000000000001";
const vydon = UserAccountService.method;
const ona = AccountService.method;

/** Calls whose responses have a field of each kind: strings, lists, enums, 64-bit numbers, timestamps, messages. */
const calls: [string, DescMethod, (options: CommonOptions) => PromiseLike<unknown>][] = [
  ["vydon users.current", vydon.getUser, (o) => client(o).users.current()],
  ["vydon members.list", vydon.getTeamAccountMembers, (o) => client(o).members.list(uuid).toArray()],
  ["vydon invites.list", vydon.getTeamAccountInvites, (o) => client(o).invites.list(uuid).toArray()],
  ["vydon billing.status", vydon.getAccountStatus, (o) => client(o).billing.status(uuid)],
  ["vydon billing.validity", vydon.isAccountStatusValid, (o) => client(o).billing.validity(uuid)],
  ["vydon system.info", vydon.getSystemInformation, (o) => client(o).system.info()],
  [
    "vydon auth.login",
    AuthService.method.loginCli,
    (o) => client(o).auth.login({ code: "c", redirectUri: "http://127.0.0.1:4242" }),
  ],
  [
    "vydon apiKeys.create",
    ApiKeyService.method.createAccountApiKey,
    (o) => client(o).apiKeys.create(uuid, { name: "nightly", expiresAt: new Date(0) }),
  ],
  ["ona accounts.get", ona.getAccount, (o) => new OnaClient(o).accounts.get()],
  [
    "ona accounts.listJoinableOrganizations",
    ona.listJoinableOrganizations,
    (o) => new OnaClient(o).accounts.listJoinableOrganizations({ limit: 10 }).toArray(),
  ],
  [
    "ona members.list",
    OrganizationService.method.listMembers,
    (o) => new OnaClient(o).members.list(uuid, { count: true, limit: 10 }).toArray(),
  ],
  [
    "ona organizations.update",
    OrganizationService.method.updateOrganization,
    (o) => new OnaClient(o).organizations.update(uuid, { name: "Acme" }),
  ],
  ["ona tokens.get", UserService.method.getPersonalAccessToken, (o) => new OnaClient(o).tokens.get(uuid)],
  [
    "ona billing.cumulativeUsage",
    BillingService.method.getCumulativeCreditUsage,
    (o) => new OnaClient(o).billing.cumulativeUsage(uuid),
  ],
];

function client(options: CommonOptions): VydonClient {
  return new VydonClient({ ...options, baseUrl: "https://vydon.example.com" });
}

/** Returns options with which every request gets this response. */
function optionsWithResponse(body: BodyInit, type: string, status = 200): CommonOptions {
  const headers = { "content-type": type };
  return { fetch: async () => new Response(body, { status, headers }), retry: false };
}

/** Returns a description of an outcome that is neither a valid result nor an ApiError. */
async function problemWith(outcome: () => PromiseLike<unknown>): Promise<string | undefined> {
  try {
    return brokenPart(await outcome(), "result");
  } catch (error) {
    if (!(error instanceof ApiError)) return `not typed: ${error instanceof Error ? error.stack : error}`;
    // Programs log errors, so this must not throw.
    JSON.stringify(error);
    return undefined;
  }
}

/** Returns the path of an invalid date or number in a value, because it would cause an error later. */
function brokenPart(value: unknown, path: string): string | undefined {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? `${path} is not a date` : undefined;
  if (typeof value === "number") return Number.isSafeInteger(value) ? undefined : `${path} is ${value}`;
  if (typeof value !== "object" || value === null) return undefined;
  for (const [key, part] of Object.entries(value)) {
    const broken = brokenPart(part, `${path}.${key}`);
    if (broken) return broken;
  }
  return undefined;
}

describe.each(calls)("%s", (_name, method, call) => {
  const message = filled(method.output);
  const json = toJson(method.output, message);

  it("returns a valid result or rejects with an ApiError for mutated JSON", async () => {
    const texts = fc.oneof(
      mutatedJson(json).map((value) => JSON.stringify(value)),
      mutatedText(JSON.stringify(json)),
    );
    await fc.assert(
      fc.asyncProperty(texts, async (body) => {
        expect(await problemWith(() => call(optionsWithResponse(body, "application/json")))).toBeUndefined();
      }),
      seeded(800),
    );
  });
});

describe("a call with an error response", () => {
  const details = [
    "buf.validate.Violations",
    "google.rpc.BadRequest",
    "google.rpc.RetryInfo",
    "google.rpc.RequestInfo",
    "google.rpc.ErrorInfo",
  ].map((type) => ({ type, value: "Cg4KBgoEbmFtZRoEdGV4dA" }));
  const real = { code: "invalid_argument", message: "name is too short", details };

  it("rejects with an ApiError for any body and status", async () => {
    const bodies = fc.oneof(
      mutatedJson(real).map((value) => JSON.stringify(value)),
      mutatedText(JSON.stringify(real)),
      fc.string(),
    );
    const statuses = fc.constantFrom(400, 401, 403, 404, 409, 412, 429, 499, 500, 501, 503, 504, 599);
    await fc.assert(
      fc.asyncProperty(bodies, statuses, async (body, status) => {
        const { users } = client(optionsWithResponse(body, "application/json", status));
        expect(await users.current().catch((error) => error)).toBeInstanceOf(ApiError);
      }),
      seeded(500),
    );
  });

  it("rejects with an ApiError for details of any bytes", async () => {
    const detail = fc.record({
      type: fc.constantFrom(...details.map(({ type }) => type), "", "a", "__proto__"),
      value: fc.uint8Array({ maxLength: 64 }).map((bytes) => Buffer.from(bytes).toString("base64")),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(detail, { maxLength: 4 }), async (each) => {
        const body = JSON.stringify({ code: "unavailable", message: "no", details: each });
        const { users } = client(optionsWithResponse(body, "application/json", 503));
        const error: unknown = await users.current().catch((reason) => reason);
        expect(error).toBeInstanceOf(ApiError);
        expect(JSON.stringify(error)).toContain("GetUser");
      }),
      seeded(500),
    );
  });

  it("rejects with a valid `retryAfterMs` or none for any Retry-After header", async () => {
    const waits = fc.oneof(
      fc.stringMatching(/^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/),
      fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
      fc.double().map(String),
      fc.constantFrom("-1", "1e400", "Infinity", "NaN", "0x10", "99999999999999999999"),
    );
    await fc.assert(
      fc.asyncProperty(waits, waits, async (retryAfter, ms) => {
        const headers = { "retry-after": retryAfter, "retry-after-ms": ms };
        const fetch = async () => new Response(null, { status: 503, headers });
        const error: unknown = await client({ fetch, retry: false })
          .users.current()
          .catch((reason) => reason);
        expect(error).toBeInstanceOf(ApiError);
        const wait = error instanceof ApiError ? error.retryAfterMs : undefined;
        if (wait !== undefined) expect(wait >= 0 && wait < Number.POSITIVE_INFINITY).toBe(true);
      }),
      seeded(500),
    );
  });
});

describe("FamClient", () => {
  it("returns a valid result or rejects with an ApiError for any JSON", async () => {
    await fc.assert(
      fc.asyncProperty(fc.json(), async (body) => {
        const fam = new FamClient({
          ...optionsWithResponse(body, "application/json"),
          baseUrl: "https://fam.example.com",
        });
        expect(await problemWith(() => fam.accounts.get(uuid))).toBeUndefined();
        expect(await problemWith(() => fam.members.list(uuid, { limit: 10 }).toArray())).toBeUndefined();
      }),
      seeded(300),
    );
  });
});
