import { create } from "@bufbuild/protobuf";
import {
  DurationSchema,
  durationFromMs,
  TimestampSchema,
  timestampDate,
  timestampFromDate,
} from "@bufbuild/protobuf/wkt";
import { type Client, Code, createClient } from "@connectrpc/connect";
import { createConnectTransport } from "@connectrpc/connect-node";
import { NotFoundError, OnaClient, UnauthenticatedError, UnavailableError, VydonClient } from "tenantry";
import { createMockServer, type MockServer } from "tenantry/mock";
import { type Listener, listen } from "tenantry/mock/node";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { AdminService, type GetClockResponse } from "../../gen/tenantry/mock/v1/admin_pb.js";
import { connectErrorOf } from "../contract/world.js";
import { failureOf } from "../support/promises.js";

const email = "ada@example.com";
const hour = 3_600_000;

describe("AdminService", () => {
  let server: MockServer;
  let listener: Listener;
  let admin: Client<typeof AdminService>;

  beforeEach(async () => {
    server = createMockServer();
    listener = await listen(server, { admin: true });
    admin = createClient(AdminService, createConnectTransport({ baseUrl: listener.url, httpVersion: "1.1" }));
  });
  afterEach(() => listener.close());

  async function vydon() {
    const { token } = await admin.signInVydon({ email });
    return new VydonClient({ baseUrl: listener.url, auth: token, retry: false });
  }

  it("SignInVydon, SignInOna and SignInFam return tokens for each API", async () => {
    const ada = await admin.signInVydon({ email, name: "Ada" });
    expect(await (await vydon()).users.current()).toMatchObject({ id: ada.userId });

    const unregistered = await admin.signInVydon({ email: "grace@example.com", registered: false });
    const grace = new VydonClient({ baseUrl: listener.url, auth: unregistered.token });
    await expect(grace.users.current()).rejects.toBeInstanceOf(NotFoundError);

    const ona = await admin.signInOna({ email });
    const account = await new OnaClient({ baseUrl: listener.url, auth: ona.token }).accounts.get();
    expect(account).toMatchObject({ id: ona.accountId, email });
    server.seed({ ona: { organizations: [{ name: "Acme", members: [{ email }] }] } });
    const member = await admin.signInOna({ email, organization: "Acme" });
    const user = await new OnaClient({ baseUrl: listener.url, auth: member.token }).users.current();
    expect(user).toMatchObject({ id: member.userId, email });

    const fam = await admin.signInFam({ email, expiresIn: durationFromMs(hour) });
    expect(fam).toMatchObject({ userId: server.fam.user(email).id, refreshToken: expect.any(String) });
    expect(fam.expiresAt && timestampDate(fam.expiresAt)).toEqual(new Date("2026-01-01T01:00:00Z"));
  });

  it("SignInVydon, SignInOna and SignInFam use the name, and return a token that expires", async () => {
    const expiresIn = durationFromMs(hour);
    const { token } = await admin.signInVydon({ email, name: "Ada King", expiresIn });
    const vydon = new VydonClient({ baseUrl: listener.url, auth: token, retry: false });
    const { accountId } = await vydon.accounts.createTeam({ name: "acme" });
    expect(await vydon.members.list(accountId)).toMatchObject({ items: [{ name: "Ada King" }] });

    const auth = (await admin.signInOna({ email, name: "Ada King", expiresIn })).token;
    const ona = new OnaClient({ baseUrl: listener.url, auth, retry: false });
    expect(await ona.accounts.get()).toMatchObject({ name: "Ada King" });

    await admin.signInFam({ email, firstName: "Augusta", lastName: "King" });
    expect(server.fam.user(email)).toMatchObject({ firstName: "Augusta", lastName: "King" });

    server.clock.advance("62m");
    await expect(vydon.users.current()).rejects.toBeInstanceOf(UnauthenticatedError);
    await expect(ona.accounts.get()).rejects.toBeInstanceOf(UnauthenticatedError);
  });

  it("Seed adds data, and Reset goes back to the seeded state", async () => {
    await admin.seed({ seed: { vydon: { accounts: [{ name: "acme", members: [{ email }] }] } } });
    const client = await vydon();
    await client.accounts.createTeam({ name: "bolts" });
    expect((await client.accounts.list().toArray()).map(({ name }) => name)).toEqual(["acme", "bolts"]);
    await admin.reset({});
    const again = await vydon();
    expect((await again.accounts.list().toArray()).map(({ name }) => name)).toEqual(["acme"]);
  });

  it("Seed fails for an invalid seed with the path of the error, and changes nothing", async () => {
    const error = await connectErrorOf(
      admin.seed({ seed: { vydon: { accounts: [{ name: "acme" }, { nam: "x" }] } } }),
    );
    expect(error.code).toBe(Code.InvalidArgument);
    expect(error.rawMessage).toBe('seed.vydon.accounts[1].nam is not known: did you mean "name"?');
    expect(() => server.vydon.account("acme")).toThrow("there is no account");
  });

  it("Restore goes back to the state of a Snapshot", async () => {
    const client = await vydon();
    const { accountId } = await client.accounts.createTeam({ name: "acme" });
    const { snapshot } = await admin.snapshot({});
    await client.invites.create(accountId, { email: "grace@example.com", role: "job_viewer" });
    await admin.restore({ snapshot: snapshot ?? {} });
    expect(await client.invites.list(accountId).toArray()).toEqual([]);
    expect(server.vydon.account("acme").id).toBe(accountId);
  });

  it("Restore fails for an invalid snapshot with the reason", async () => {
    expect(await connectErrorOf(admin.restore({ snapshot: { version: 7 } }))).toMatchObject({
      code: Code.InvalidArgument,
      rawMessage: expect.stringContaining("snapshot.version is 7"),
    });
    expect(await connectErrorOf(admin.restore({}))).toMatchObject({ code: Code.InvalidArgument });
  });

  it("AdvanceClock, SetClock, RunClock and FreezeClock change the server's clock", async () => {
    const at = async (call: Promise<Pick<GetClockResponse, "clock">>) => {
      const { clock } = await call;
      if (clock?.now === undefined) throw new Error("there is no clock");
      return [timestampDate(clock.now).toISOString(), clock.running];
    };
    expect(await at(admin.getClock({}))).toEqual(["2026-01-01T00:00:00.000Z", false]);
    expect(await at(admin.advanceClock({ by: durationFromMs(25 * hour) }))).toEqual([
      "2026-01-02T01:00:00.000Z",
      false,
    ]);
    const to = new Date("2027-01-01T00:00:00Z");
    expect(await at(admin.setClock({ to: timestampFromDate(to) }))).toEqual([to.toISOString(), false]);
    const [, running] = await at(admin.runClock({}));
    expect(running).toBe(true);
    const [, stopped] = await at(admin.freezeClock({}));
    expect(stopped).toBe(false);
    expect(await connectErrorOf(admin.advanceClock({}))).toMatchObject({
      rawMessage: 'duration, such as "25h", is missing',
    });
    expect(
      await connectErrorOf(admin.advanceClock({ by: durationFromMs(hour), duration: "1h" })),
    ).toMatchObject({ rawMessage: "give by or duration, not both" });
    expect(await connectErrorOf(admin.advanceClock({ by: durationFromMs(-1) }))).toMatchObject({
      code: Code.InvalidArgument,
    });
  });

  it("SetClock leaves out fractions of a millisecond, as clock.set does, up to the end of the year 9999", async () => {
    const last = { seconds: 253_402_300_799n, nanos: 999_999_999 };
    await admin.setClock({ to: create(TimestampSchema, last) });
    const set = server.clock.now();
    server.clock.set("9999-12-31T23:59:59.999999999Z");
    expect(server.clock.now()).toBe(set);
    await admin.setClock({ to: create(TimestampSchema, { seconds: -62_135_596_800n, nanos: 999_999 }) });
    expect(server.clock.now()).toBe(Date.parse("0001-01-01T00:00:00Z"));
  });

  it("AdvanceClock and SignInFam round fractions of a millisecond up, as clock.advance and signIn do", async () => {
    const by = create(DurationSchema, { seconds: 1n, nanos: 1 });
    await admin.advanceClock({ by });
    expect(server.clock.now()).toBe(Date.parse("2026-01-01T00:00:01.001Z"));
    const { expiresAt } = await admin.signInFam({ email, expiresIn: by });
    expect(expiresAt && timestampDate(expiresAt)).toEqual(new Date("2026-01-01T00:00:02.002Z"));
  });

  it("InjectFault makes calls fail, ListFaults returns the hits, and ClearFaults ends faults", async () => {
    const client = await vydon();
    const fault = {
      method: "GetUser",
      code: "unavailable",
      message: "back soon",
      details: [{ type: "google.rpc.RetryInfo", value: { retryDelay: "2s" } }],
      retryAfter: durationFromMs(2_000),
      times: 2,
    };
    const { id } = await admin.injectFault({ fault });
    const error = await failureOf(client.users.current());
    expect(error).toBeInstanceOf(UnavailableError);
    expect(error).toMatchObject({ rawMessage: "back soon", retryAfterMs: 2_000 });
    const { faults } = await admin.listFaults({});
    expect(faults).toMatchObject([{ id, hits: 1, fault }]);
    await admin.clearFaults({ ids: [id] });
    await client.users.current();
    expect(await connectErrorOf(admin.clearFaults({ ids: [id] }))).toMatchObject({ code: Code.NotFound });

    await admin.injectFault({ fault: { wire: "html_502" } });
    await admin.injectFault({ fault: { latency: durationFromMs(5) } });
    expect((await admin.listFaults({})).faults).toMatchObject([
      { fault: { wire: "html_502" } },
      { fault: { latency: durationFromMs(5) } },
    ]);
    await admin.clearFaults({});
    expect((await admin.listFaults({})).faults).toEqual([]);
  });

  it("ClearFaults ends the faults with these ids, also those of a test in process", async () => {
    server.faults.inject({ code: "unavailable", when: () => false });
    const details = [{ type: "google.rpc.RequestInfo" }];
    const { id } = await admin.injectFault({ fault: { code: "internal", details } });
    const { faults } = await admin.listFaults({});
    const empty = { type: "google.rpc.RequestInfo", value: {} };
    expect(faults).toMatchObject([
      { fault: { code: "unavailable" } },
      { id, fault: { code: "internal", details: [empty] } },
    ]);
    await admin.clearFaults({ ids: faults.map((fault) => fault.id) });
    expect(server.faults.all()).toEqual([]);
  });

  it.each([
    [
      { method: "GetUsr", code: "unavailable" },
      'fault: this server has no method "GetUsr": did you mean "GetUser"',
    ],
    [{ code: "unavailble" }, 'fault.code is "unavailble": give one of'],
    [{ wire: "html_500" }, 'fault.wire is "html_500": give one of'],
    [{}, "fault: a fault needs a code or wire"],
  ])("InjectFault fails for the invalid fault %j", async (fault, message) => {
    const error = await connectErrorOf(admin.injectFault({ fault }));
    expect(error.code).toBe(Code.InvalidArgument);
    expect(error.rawMessage).toContain(message);
    expect(server.faults.all()).toEqual([]);
  });

  it("ListCalls returns the calls of the APIs, filtered by method, account and limit", async () => {
    const client = await vydon();
    const { accountId } = await client.accounts.createTeam({ name: "acme" });
    await client.members.list(accountId);
    await client.accounts.createTeam({ name: "No!" }).catch(() => {});
    const { calls } = await admin.listCalls({});
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
    const of = async (request: Parameters<typeof admin.listCalls>[0]) =>
      (await admin.listCalls(request)).calls.map(({ code }) => code);
    expect(await of({ method: "vydon.CreateTeamAccount" })).toEqual(["ok", "invalid_argument"]);
    expect(await of({ accountId })).toEqual(["ok"]);
    expect(await of({ limit: 1 })).toEqual(["invalid_argument"]);
    expect(await connectErrorOf(admin.listCalls({ method: "GetUsr" }))).toMatchObject({
      code: Code.InvalidArgument,
      rawMessage: expect.stringContaining('did you mean "GetUser"'),
    });
    await admin.clearCalls({});
    expect(await of({})).toEqual([]);
  });

  it("ListCalls numbers the calls, starting again at 1 after ClearCalls", async () => {
    const client = await vydon();
    for (let i = 0; i < 3; i++) await client.users.current();
    const numbers = async (request: Parameters<typeof admin.listCalls>[0]) =>
      (await admin.listCalls(request)).calls.map(({ number }) => number);
    expect(await numbers({})).toEqual([1, 2, 3]);
    expect(await numbers({ limit: 1 })).toEqual([3]);
    expect(await numbers({ limit: 4 })).toEqual([1, 2, 3]);
    expect(await numbers({ limit: 0 })).toEqual([]);
    await client.accounts.list().toArray();
    expect(await numbers({ method: "GetUserAccounts" })).toEqual([4]);
    await admin.clearCalls({});
    await client.users.current();
    expect(await numbers({})).toEqual([1]);
  });

  it("ListCalls returns the id that the client sees in the response's x-request-id", async () => {
    await using own = await listen(createMockServer({ requestIds: true }), { admin: true });
    const transport = createConnectTransport({ baseUrl: own.url, httpVersion: "1.1" });
    const ownAdmin = createClient(AdminService, transport);
    const { token } = await ownAdmin.signInVydon({ email });
    const client = new VydonClient({ baseUrl: own.url, auth: token });
    const { requestId } = await client.users.current().withResponse();
    expect(requestId).toBeTypeOf("string");
    expect((await ownAdmin.listCalls({})).calls).toMatchObject([{ requestId }]);
  });

  it("ListCalls returns the faults that applied to each call", async () => {
    const client = await vydon();
    server.faults.inject({ latencyMs: 0, method: "GetUser" });
    server.faults.inject({ code: "unavailable", times: 1 });
    await client.users.current().catch(() => {});
    await client.accounts.list().toArray();
    const { calls } = await admin.listCalls({});
    expect(calls.map(({ faults }) => faults)).toMatchObject([
      [
        { method: "GetUser", latency: durationFromMs(0) },
        { code: "unavailable", times: 1 },
      ],
      [],
    ]);
  });

  it("ListCalls returns a call under way, how long it took, and a wire fault", async () => {
    const client = await vydon();
    const calls = async () => (await admin.listCalls({})).calls;
    server.faults.inject({ latencyMs: 10_000, times: 1 });
    server.clock.run();
    const call = client.users.current();
    while ((await calls()).length === 0);
    expect(await calls()).toMatchObject([{ method: "GetUser", code: "pending" }]);
    server.clock.freeze();
    await call;
    await admin.clearCalls({});

    // Waits on a clock that stands still take no real time.
    server.faults.inject({ latencyMs: 250, wire: "html_502" });
    await failureOf(client.users.current());
    expect(await calls()).toMatchObject([{ wire: "html_502", duration: durationFromMs(250) }]);
  });

  it("ListCalls returns the account id as the caller if the Ona token is for no organization", async () => {
    const { token, accountId } = await admin.signInOna({ email });
    await new OnaClient({ baseUrl: listener.url, auth: token }).accounts.get();
    expect((await admin.listCalls({})).calls).toMatchObject([
      { caller: { kind: "account", userId: accountId } },
    ]);
  });

  it("ListApis returns each API with the path of a sample call", async () => {
    const { apis } = await admin.listApis({});
    expect(apis.map(({ name }) => name)).toEqual(["vydon", "ona", "fam"]);
    for (const { paths, sample } of apis) expect(paths).toContain(sample);
    const [vydonApi] = apis;
    const { token } = await admin.signInVydon({ email });
    const response = await fetch(listener.url + vydonApi?.sample, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
      body: "{}",
    });
    expect(response.status).toBe(200);
  });

  it.each([
    ["Seed", { vydon: { accounts: [{ name: "acme" }] } }, "vydon"],
    ["InjectFault", { fault: { metod: "GetUser", code: "unavailable" } }, "metod"],
    ["InjectFault", { fault: { code: "unavailable", latencyMs: 200 } }, "latencyMs"],
    ["ListCalls", { acount_id: "a" }, "acount_id"],
  ])(
    "%s fails with invalid_argument for JSON with an unknown field, and changes nothing",
    async (rpc, json, field) => {
      const before = server.snapshot();
      const response = await fetch(`${listener.url}/${AdminService.typeName}/${rpc}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(json),
      });
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({
        code: "invalid_argument",
        message: expect.stringContaining(`key "${field}" is unknown`),
      });
      expect(server.snapshot()).toEqual(before);
      expect(server.faults.all()).toEqual([]);
    },
  );

  it("SignInOna fails with invalid_argument without an email", async () => {
    expect(await connectErrorOf(admin.signInOna({}))).toMatchObject({
      code: Code.InvalidArgument,
      rawMessage: expect.stringContaining("email: "),
    });
  });

  it("calls fail with unimplemented without `listen(server, { admin: true })`", async () => {
    await using plain = await listen(createMockServer());
    const client = createClient(
      AdminService,
      createConnectTransport({ baseUrl: plain.url, httpVersion: "1.1" }),
    );
    expect(await connectErrorOf(client.reset({}))).toMatchObject({ code: Code.Unimplemented });
  });
});
