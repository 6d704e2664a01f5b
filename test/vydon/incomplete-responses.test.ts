import { inspect } from "node:util";
import { type AttemptInfo, UnexpectedResponseError, VydonClient } from "tenantry";
import { describe, expect, it } from "vitest";
import { canned } from "../json/canned.js";
import { apiErrorOf } from "../support/promises.js";

const invite = {
  id: "inv-1",
  accountId: "acc-1",
  senderUserId: "ada",
  email: "grace@example.com",
  token: "invite-token",
  createdAt: "2026-01-01T00:00:00Z",
  updatedAt: "2026-01-01T00:00:00Z",
  expiresAt: "2026-01-02T00:00:00Z",
  role: "ACCOUNT_ROLE_JOB_VIEWER",
};

/** Creates a client that gets this response to every call. `seen` contains what its hook received. */
function clientWithResponse(response: unknown) {
  const seen: AttemptInfo[] = [];
  const { fetch, requests } = canned(JSON.stringify(response), { headers: { "x-request-id": "req-1" } });
  const hooks = { onResponse: (attempt: AttemptInfo) => void seen.push(attempt) };
  return { client: new VydonClient({ baseUrl: "https://vydon.example.com", fetch, hooks }), seen, requests };
}

describe("a write whose response lacks a required field", () => {
  it("rejects with the other fields in `error.partial`, such as an invite's token", async () => {
    const { updatedAt, ...rest } = invite;
    const { client } = clientWithResponse({ invite: rest });
    const error = await apiErrorOf(client.invites.create("acc-1", { email: "grace@example.com" }));
    expect(error).toBeInstanceOf(UnexpectedResponseError);
    expect(error.message).toBe("InviteUserToTeamAccount: The response's field invite.updatedAt is missing.");
    expect(error.partial).toEqual({
      id: "inv-1",
      accountId: "acc-1",
      senderUserId: "ada",
      email: "grace@example.com",
      token: "invite-token",
      accepted: false,
      createdAt: new Date("2026-01-01T00:00:00Z"),
      updatedAt: undefined,
      expiresAt: new Date("2026-01-02T00:00:00Z"),
      role: "job_viewer",
    });
  });

  it.each([
    ["of another type", { ...invite, updatedAt: 7 }],
    ["not a date", { ...invite, updatedAt: "2026-02-31T00:00:00Z" }],
    ["of another type, as another field is", { ...invite, updatedAt: [], role: {} }],
  ])("rejects with the token in `error.partial` if the field is %s", async (_what, broken) => {
    const { client } = clientWithResponse({ invite: broken });
    const error = await apiErrorOf(client.invites.create("acc-1", { email: "grace@example.com" }));
    expect(error.partial).toMatchObject({ id: "inv-1", token: "invite-token" });
  });

  it("rejects with `error.partial` too if the write is safe to retry", async () => {
    const { client } = clientWithResponse({ account: { id: "acc-1", name: 7 } });
    const error = await apiErrorOf(client.invites.accept("invite-token"));
    expect(error.partial).toMatchObject({ id: "acc-1" });
  });

  it.each([
    ["is empty", {}, "field invite is missing"],
    ["is a proxy's error with a success status", { error: "quota" }, "the call failed: quota"],
  ])("rejects without `error.partial` if the response %s", async (_what, response, text) => {
    const { client } = clientWithResponse(response);
    const error = await apiErrorOf(client.invites.create("acc-1", { email: "grace@example.com" }));
    expect(error).toBeInstanceOf(UnexpectedResponseError);
    expect(error.message).toContain(text);
    expect(error.partial).toBeUndefined();
  });

  it("rejects with an error that shows no `partial` in logs and in JSON, because that can contain secrets", async () => {
    const { client } = clientWithResponse({ invite: { ...invite, updatedAt: null } });
    const error = await apiErrorOf(client.invites.create("acc-1", { email: "grace@example.com" }));
    expect(error.partial).toMatchObject({ token: "invite-token" });
    expect(JSON.stringify(error)).not.toContain("invite-token");
    expect(inspect(error, { depth: 20, showHidden: true })).not.toContain("invite-token");
  });
});

it("a read whose response lacks a required field rejects without `error.partial`", async () => {
  const { client } = clientWithResponse({ invites: [invite, { ...invite, token: "" }] });
  const error = await apiErrorOf(client.invites.list("acc-1").toArray());
  expect(error).toBeInstanceOf(UnexpectedResponseError);
  expect(error.message).toContain("field invites[1].token must be a string that is not empty");
  expect(error.partial).toBeUndefined();
});

describe("an attempt whose response is invalid", () => {
  it.each([{ userId: 7 }, {}, [], null, "ada"])(
    "fails with the code and request id in the error and in the hook: %j",
    async (body) => {
      const { client, seen, requests } = clientWithResponse(body);
      const error = await apiErrorOf(client.users.current());
      expect(error).toBeInstanceOf(UnexpectedResponseError);
      expect(error).toMatchObject({
        code: "internal",
        attempts: 1,
        requestId: "req-1",
        method: "mgmt.v1alpha1.UserAccountService/GetUser",
      });
      expect(seen).toMatchObject([{ number: 1, code: "internal", requestId: "req-1" }]);
      // The same request would get the same response.
      expect(requests).toHaveLength(1);
    },
  );
});

describe("permissions.checkAll()", () => {
  const job = { type: "job", id: "*", action: "read" } as const;

  it("ignores changes to the list after the call", async () => {
    const { client } = clientWithResponse({ assertions: [true] });
    const resources = [job];
    const checked = client.permissions.checkAll("acc-1", resources);
    resources.length = 0;
    expect(await checked).toEqual([true]);
  });

  it("rejects a response with fewer results than resources", async () => {
    const { client, seen } = clientWithResponse({ assertions: [true] });
    const error = await apiErrorOf(client.permissions.checkAll("acc-1", [job, job]));
    expect(error).toMatchObject({
      name: "UnexpectedResponseError",
      message: "HasPermissions: The response's field assertions has 1 results, not 2.",
      attempts: 1,
      requestId: "req-1",
      partial: undefined,
    });
    expect(seen).toMatchObject([{ code: "internal", requestId: "req-1" }]);
  });
});
