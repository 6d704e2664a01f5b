import {
  AlreadyExistsError,
  ApiError,
  UnexpectedResponseError,
  type VydonApiKey,
  VydonClient,
  type VydonIssuedApiKey,
} from "tenantry";
import { describe, expect, expectTypeOf, it } from "vitest";
import { canned } from "../json/canned.js";
import { isLever, readRecording } from "../recordings/read-recording.js";
import { failureOf } from "../support/promises.js";

const address = { baseUrl: "https://vydon.example.com", auth: "jwt" };
const expiresAt = new Date("2026-03-01T00:00:00.123Z");

const key = {
  id: "key-1",
  name: "nightly-sync",
  accountId: "acc-1",
  createdById: "ada",
  createdAt: "2026-01-01T00:00:00.123456Z",
  updatedById: "ada",
  updatedAt: "2026-01-01T00:00:00.123456Z",
  userId: "machine-1",
  expiresAt: "2026-03-01T00:00:00.123Z",
};

const model: VydonApiKey = {
  ...key,
  createdAt: new Date("2026-01-01T00:00:00.123Z"),
  updatedAt: new Date("2026-01-01T00:00:00.123Z"),
  expiresAt,
};

/** Creates a client that gets this response to every call. */
function clientWithResponse(response: unknown, status = 200) {
  const { fetch, requests } = canned(JSON.stringify(response), { status });
  return { client: new VydonClient({ ...address, fetch }), requests };
}

describe("keyValue of an API key", () => {
  it("is returned by apiKeys.create() and regenerate(), and not by get() and list()", async () => {
    const issued = clientWithResponse({ apiKey: { ...key, keyValue: "neo_at_v1_1" } }).client.apiKeys;
    const expected = { ...model, keyValue: "neo_at_v1_1" };
    expect(await issued.create("acc-1", { name: "nightly-sync", expiresAt })).toStrictEqual(expected);
    expect(await issued.regenerate("key-1", { expiresAt })).toStrictEqual(expected);
    expect(await issued.get("key-1")).toStrictEqual(model);
    const { apiKeys } = clientWithResponse({ apiKeys: [key] }).client;
    expect(await apiKeys.list("acc-1").toArray()).toStrictEqual([model]);

    expectTypeOf(issued.create).returns.resolves.toEqualTypeOf<VydonIssuedApiKey>();
    expectTypeOf(issued.regenerate).returns.resolves.toEqualTypeOf<VydonIssuedApiKey>();
    expectTypeOf(issued.get).returns.resolves.toEqualTypeOf<VydonApiKey>();
    expectTypeOf<VydonApiKey>().not.toHaveProperty("keyValue");
  });

  it("is required in create(): without it, the call rejects with the other fields in `error.partial`", async () => {
    const { client } = clientWithResponse({ apiKey: key });
    const error = await failureOf(client.apiKeys.create("acc-1", { name: "nightly-sync", expiresAt }));
    expect(error).toBeInstanceOf(UnexpectedResponseError);
    expect(error).toMatchObject({
      message: "CreateAccountApiKey: The response's field apiKey.keyValue is missing.",
      partial: { id: "key-1", keyValue: undefined },
    });
  });

  it("is in `error.partial`, but not in the error's JSON, if another field is missing", async () => {
    const { client } = clientWithResponse({
      apiKey: { ...key, expiresAt: undefined, keyValue: "neo_at_v1_1" },
    });
    const error = await failureOf(client.apiKeys.regenerate("key-1", { expiresAt }));
    expect(error).toMatchObject({ partial: { id: "key-1", keyValue: "neo_at_v1_1" } });
    expect(JSON.stringify(error)).not.toContain("neo_at_v1_1");
  });
});

describe("apiKeys.create() with the name of another key", () => {
  /** Returns a real server's response to it. */
  function recorded(server: string) {
    const { steps } = readRecording(`auth-and-keys-${server}`);
    const step = steps.find((each) => !isLever(each) && each.label === "the same name again");
    if (!step || isLever(step)) throw new Error(`${server} has no key of the same name`);
    return step;
  }
  const { message: recordedMessage } = recorded("cloud-rbac");

  it.each(["cloud-rbac", "selfhosted-rbac", "selfhosted-norbac", "selfhosted-norbac-vydonlibs"])(
    "rejects with AlreadyExistsError and the server's message as `rawMessage`: %s",
    async (server) => {
      const { code, message, httpStatus } = recorded(server);
      const details = [{ type: "google.rpc.ErrorInfo", value: "" }];
      const { fetch, requests } = canned(JSON.stringify({ code, message, details }), {
        status: httpStatus,
        headers: { "content-type": "application/json", "x-request-id": "req-1" },
      });
      const client = new VydonClient({ ...address, fetch });
      const reported: Error[] = [];
      const watched = client.withOptions({ hooks: { onError: ({ error }) => void reported.push(error) } });
      const creating = watched.apiKeys.create("acc-1", { name: "nightly-sync", expiresAt });
      const error = await failureOf(creating.withResponse());
      expect(error).toBeInstanceOf(AlreadyExistsError);
      expect(error).toMatchObject({
        name: "AlreadyExistsError",
        code: "already_exists",
        message: "CreateAccountApiKey: the account has an API key of that name already. Choose another name.",
        rawMessage: message,
        method: "mgmt.v1alpha1.ApiKeyService/CreateAccountApiKey",
        attempts: 1,
        requestId: "req-1",
        details: [{ type: "google.rpc.ErrorInfo" }],
        cause: { code: "unknown", rawMessage: message },
      });
      expect(reported).toEqual([error]);
      expect(requests).toHaveLength(1);
    },
  );

  it.each([
    ["another failure of the database", "unknown", "ERROR: could not serialize access (SQLSTATE 40001)"],
    ["the same message with a more specific code", "unavailable", recordedMessage],
  ])("does not reject with AlreadyExistsError for %s", async (_what, code, message) => {
    const { client } = clientWithResponse({ code, message }, 500);
    const call = client.apiKeys.create("acc-1", { name: "n", expiresAt }, { retry: false });
    const error = await failureOf(call);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).not.toBeInstanceOf(AlreadyExistsError);
    expect(error).toMatchObject({ code, rawMessage: message });
  });

  it("rejects with an error that does not contain the token, even if the server's message does", async () => {
    const message = `jwt-123456: ${recordedMessage}`;
    const { fetch } = canned(JSON.stringify({ code: "unknown", message }), { status: 500 });
    const client = new VydonClient({ ...address, auth: "jwt-123456", fetch });
    const error = await failureOf(client.apiKeys.create("acc-1", { name: "n", expiresAt }));
    expect(error).toMatchObject({ rawMessage: `[secret]: ${recordedMessage}` });
  });
});

describe("the arguments of apiKeys", () => {
  it("are sent with the API's field names and formats", async () => {
    const { client, requests } = clientWithResponse({ apiKey: { ...key, keyValue: "neo_at_v1_1" } });
    await client.apiKeys.create("acc-1", { name: "nightly-sync", expiresAt });
    await client.apiKeys.regenerate("key-1", { expiresAt });
    expect(requests.map(({ body }) => JSON.parse(body))).toEqual([
      { accountId: "acc-1", name: "nightly-sync", expiresAt: "2026-03-01T00:00:00.123Z" },
      { id: "key-1", expiresAt: "2026-03-01T00:00:00.123Z" },
    ]);
  });
});

it("apiKeys.create() and regenerate() are not retried after HTTP 502, 503 or 504", async () => {
  for (const status of [502, 503, 504]) {
    const { client, requests } = clientWithResponse({}, status);
    await failureOf(client.apiKeys.create("acc-1", { name: "n", expiresAt }));
    await failureOf(client.apiKeys.regenerate("key-1", { expiresAt }));
    expect(requests.map(({ path }) => path.split("/")[2])).toEqual([
      "CreateAccountApiKey",
      "RegenerateAccountApiKey",
    ]);
  }
});
