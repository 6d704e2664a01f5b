import { create } from "@bufbuild/protobuf";
import { durationFromMs, TimestampSchema, timestampFromDate } from "@bufbuild/protobuf/wkt";
import { Code, createClient } from "@connectrpc/connect";
import { createConnectTransport } from "@connectrpc/connect-node";
import { OnaClient, VydonClient } from "tenantry";
import { createMockServer } from "tenantry/mock";
import { listen } from "tenantry/mock/node";
import { ApiKeyService } from "tenantry/proto/vydon";
import { describe, expect, it } from "vitest";
import { connectErrorOf } from "../contract/world.js";
import { failureOf } from "../support/promises.js";
import { adminOf, openAdmin } from "./open-admin.js";

const email = "ada@example.com";

describe("AdminService lists the calls", () => {
  const world = openAdmin();

  it("ListCalls returns the calls of the APIs, filtered by method, account and limit", async () => {
    const client = await world.vydon();
    const { accountId } = await client.accounts.createTeam({ name: "acme" });
    await client.members.list(accountId);
    await client.accounts.createTeam({ name: "No!" }).catch(() => {});
    const { calls } = await world.admin.listCalls({});
    expect(calls).toMatchObject([
      {
        api: "vydon",
        method: "CreateTeamAccount",
        code: "ok",
        caller: { kind: "user", email },
        at: timestampFromDate(new Date("2026-01-01T00:00:00Z")),
        request: { name: "acme" },
        response: { accountId },
      },
      { method: "GetTeamAccountMembers", code: "ok", accountId, response: { users: [{ email }] } },
      {
        code: "invalid_argument",
        message: expect.stringContaining("name: does not match"),
      },
    ]);
    const of = async (request: Parameters<typeof world.admin.listCalls>[0]) =>
      (await world.admin.listCalls(request)).calls.map(({ code }) => code);
    expect(await of({ method: "vydon.CreateTeamAccount" })).toEqual(["ok", "invalid_argument"]);
    expect(await of({ accountId })).toEqual(["ok"]);
    expect(await of({ limit: 1 })).toEqual(["invalid_argument"]);
    expect(await connectErrorOf(world.admin.listCalls({ method: "GetUsr" }))).toMatchObject({
      code: Code.InvalidArgument,
      rawMessage: expect.stringContaining('did you mean "GetUser"'),
    });
    await world.admin.clearCalls({});
    expect(await of({})).toEqual([]);
  });

  it("ListCalls numbers the calls, starting again at 1 after ClearCalls", async () => {
    const client = await world.vydon();
    for (let i = 0; i < 3; i++) await client.users.current();
    const numbers = async (request: Parameters<typeof world.admin.listCalls>[0]) =>
      (await world.admin.listCalls(request)).calls.map(({ number }) => number);
    expect(await numbers({})).toEqual([1, 2, 3]);
    expect(await numbers({ limit: 1 })).toEqual([3]);
    expect(await numbers({ limit: 4 })).toEqual([1, 2, 3]);
    expect(await numbers({ limit: 0 })).toEqual([]);
    await client.accounts.list().toArray();
    expect(await numbers({ method: "GetUserAccounts" })).toEqual([4]);
    await world.admin.clearCalls({});
    await client.users.current();
    expect(await numbers({})).toEqual([1]);
  });

  it("ListCalls returns a request that JSON cannot contain as the reason why it is not shown", async () => {
    const { token } = await world.admin.signInVydon({ email });
    const transport = createConnectTransport({ baseUrl: world.url, httpVersion: "1.1" });
    const keys = createClient(ApiKeyService, transport);
    const expiresAt = create(TimestampSchema, { seconds: 10n ** 15n });
    const call = keys.createAccountApiKey(
      { name: "ci", expiresAt },
      { headers: { authorization: `Bearer ${token}` } },
    );
    expect(await connectErrorOf(call)).toMatchObject({ code: Code.InvalidArgument });
    const { calls } = await world.admin.listCalls({});
    expect(calls).toMatchObject([
      {
        code: "invalid_argument",
        request: { "not shown": expect.stringContaining("google.protobuf.Timestamp") },
      },
    ]);
  });

  it("ListCalls returns the id that the client sees in the response's x-request-id", async () => {
    await using own = await listen(createMockServer({ requestIds: true }), { admin: true });
    const ownAdmin = adminOf(own);
    const { token } = await ownAdmin.signInVydon({ email });
    const client = new VydonClient({ baseUrl: own.url, auth: token });
    const { requestId } = await client.users.current().withResponse();
    expect(requestId).toBeTypeOf("string");
    expect((await ownAdmin.listCalls({})).calls).toMatchObject([{ requestId }]);
  });

  it("ListCalls returns the faults that applied to each call", async () => {
    const client = await world.vydon();
    world.server.faults.inject({ latencyMs: 0, method: "GetUser" });
    world.server.faults.inject({ code: "unavailable", times: 1 });
    await client.users.current().catch(() => {});
    await client.accounts.list().toArray();
    const { calls } = await world.admin.listCalls({});
    expect(calls.map(({ faults }) => faults)).toMatchObject([
      [
        { method: "GetUser", latency: durationFromMs(0) },
        { code: "unavailable", times: 1 },
      ],
      [],
    ]);
  });

  it("ListCalls returns a call under way, how long it took, and a wire fault", async () => {
    const client = await world.vydon();
    const calls = async () => (await world.admin.listCalls({})).calls;
    world.server.faults.inject({ latencyMs: 10_000, times: 1 });
    world.server.clock.run();
    const call = client.users.current();
    while ((await calls()).length === 0);
    expect(await calls()).toMatchObject([{ method: "GetUser", code: "pending" }]);
    world.server.clock.freeze();
    await call;
    await world.admin.clearCalls({});

    // Waits on a clock that stands still take no real time.
    world.server.faults.inject({ latencyMs: 250, wire: "html_502" });
    await failureOf(client.users.current());
    expect(await calls()).toMatchObject([{ wire: "html_502", duration: durationFromMs(250) }]);
  });

  it("ListCalls returns the account id as the caller if the Ona token is for no organization", async () => {
    const { token, accountId } = await world.admin.signInOna({ email });
    await new OnaClient({ baseUrl: world.url, auth: token }).accounts.get();
    expect((await world.admin.listCalls({})).calls).toMatchObject([
      { caller: { kind: "account", userId: accountId } },
    ]);
  });
});
