import { Code, createClient } from "@connectrpc/connect";
import { describe, expect, it } from "vitest";
import { AccountService as FamAccountService } from "../../gen/fam/v1/account_pb.js";
import { AccountRole, UserAccountService } from "../../gen/mgmt/v1alpha1/user_account_pb.js";
import {
  createMockServer,
  type MockServer,
  type MockSnapshot,
  type VydonSession,
} from "../../src/mock/index.js";
import { connectErrorOf, withToken } from "../contract/world.js";

/** Vydon's raw client, with the token of a session. */
function as(server: MockServer, { token }: Pick<VydonSession, "token">) {
  return createClient(UserAccountService, withToken(server.transport(), token));
}

async function teamsOf(server: MockServer, session: Pick<VydonSession, "token">): Promise<string[]> {
  return (await as(server, session).getUserAccounts({})).accounts.map(({ name }) => name);
}

const ada = { token: "ada" };

/** A server with Ada's team, and something in each API. */
function seeded(options = {}): MockServer {
  const server = createMockServer(options);
  server.seed({
    vydon: {
      users: [{ email: "ada@example.com", token: "ada" }],
      accounts: [
        {
          name: "acme",
          members: [{ email: "ada@example.com" }, { email: "grace@example.com", role: "job_viewer" }],
          invites: [{ email: "barbara@example.com", token: "welcome" }],
          apiKeys: [{ token: "key", expiresIn: "1h" }],
        },
      ],
      workerKeys: ["worker"],
    },
    ona: {
      accounts: [{ email: "ada@example.com", token: "ada" }],
      organizations: [{ name: "Acme", domain: "example.com", members: [{ email: "grace@example.com" }] }],
      sso: [{ domain: "example.com" }],
      providers: [{ provider: "github" }],
    },
    fam: {
      users: [{ email: "ada@example.com", token: "ada" }],
      accounts: [
        { name: "acme", members: [{ email: "ada@example.com" }], invites: [{ email: "b@example.com" }] },
      ],
    },
  });
  return server;
}

describe("a fork", () => {
  it("begins with the server's state, and the two are independent", async () => {
    const server = seeded();
    server.clock.advance("1h");
    const fork = server.fork();
    expect(fork.clock.now()).toBe(server.clock.now());
    await as(fork, ada).createTeamAccount({ name: "second" });
    await as(server, ada).createTeamAccount({ name: "other" });
    fork.clock.advance("1d");
    expect(await teamsOf(fork, ada)).toEqual(["acme", "second"]);
    expect(await teamsOf(server, ada)).toEqual(["acme", "other"]);
    expect(fork.clock.now() - server.clock.now()).toBe(24 * 3_600_000);
    expect(server.calls.of("CreateTeamAccount").map(({ request }) => request.name)).toEqual(["other"]);
  });

  it("makes the same ids as the server would", async () => {
    const server = seeded();
    const fork = server.fork();
    const make = (on: MockServer) => as(on, ada).createTeamAccount({ name: "second" });
    expect(await make(fork)).toEqual(await make(server));
  });

  it("has the server's settings, but neither its faults nor its calls", async () => {
    const server = seeded({ vydon: { cloud: false }, strict: true });
    server.faults.inject({ method: "GetUserAccounts", code: "unavailable" });
    await expect(teamsOf(server, ada)).rejects.toThrow("injected fault");
    const fork = server.fork();
    expect(fork.calls.count).toBe(0);
    expect(await teamsOf(fork, ada)).toEqual(["acme"]);
    expect((await as(fork, ada).getSystemInformation({})).license?.isNeosyncCloud).toBe(false);
  });

  it("returns to its state at the fork when it is reset", async () => {
    const server = seeded();
    await as(server, ada).createTeamAccount({ name: "second" });
    const fork = server.fork();
    await as(fork, ada).createTeamAccount({ name: "third" });
    fork.clock.advance("1h");
    fork.reset();
    expect(await teamsOf(fork, ada)).toEqual(["acme", "second"]);
    expect(fork.clock.now()).toBe(server.clock.now());
    server.reset();
    expect(await teamsOf(server, ada)).toEqual(["acme"]);
    expect(await teamsOf(fork, ada)).toEqual(["acme", "second"]);
  });

  it("can be forked, and outlives its original", async () => {
    let server = seeded();
    for (const name of ["second", "third", "fourth"]) {
      server = server.fork();
      await as(server, ada).createTeamAccount({ name });
    }
    expect(await teamsOf(server, ada)).toEqual(["acme", "second", "third", "fourth"]);
  });

  it("runs if the server's clock runs", () => {
    const server = seeded();
    server.clock.run();
    const fork = server.fork();
    expect(fork.clock.isRunning).toBe(true);
    fork.clock.freeze();
    expect(server.clock.isRunning).toBe(true);
    server.clock.freeze();
  });
});

describe("a reset", () => {
  it("returns to the time of the seed", () => {
    const server = createMockServer();
    server.clock.advance("10d");
    server.seed({ vydon: { accounts: [{ name: "acme" }] } });
    server.clock.advance("10d");
    server.reset();
    expect(server.clock.now()).toBe(Date.UTC(2026, 0, 11));
  });
});

describe("a snapshot", () => {
  it("survives JSON, and makes another server equal", async () => {
    const server = seeded();
    server.clock.advance("30m");
    await as(server, ada).createTeamAccount({ name: "second" });
    await as(server, { token: "worker" }).setBillingMeterEvent({
      accountId: server.vydon.account("second").id,
      eventId: "run-1",
      eventName: "records",
      value: "5",
    });
    const text = JSON.stringify(server.snapshot());
    const other = createMockServer({ randomSeed: 99, now: "2020-01-01T00:00:00Z" });
    other.restore(JSON.parse(text));
    expect(JSON.stringify(other.snapshot())).toBe(text);
    expect(other.clock.now()).toBe(server.clock.now());
    const make = (on: MockServer) => as(on, ada).createTeamAccount({ name: "third" });
    expect(await make(other)).toEqual(await make(server));
    other.clock.advance("30m");
    await expect(teamsOf(other, { token: "key" })).rejects.toThrow("token is expired");
    const fam = createClient(FamAccountService, withToken(other.transport(), "ada"));
    expect((await fam.listMyPermissions({})).accounts).toMatchObject([{ name: "acme" }]);
  });

  it("shares nothing with the server", async () => {
    const server = seeded();
    const snapshot = server.snapshot();
    const before = JSON.stringify(snapshot);
    await as(server, ada).createTeamAccount({ name: "second" });
    expect(JSON.stringify(snapshot)).toBe(before);
    server.restore(snapshot);
    for (const { apis } of [snapshot, server.snapshot()])
      for (const row of apis["vydon"]?.["accounts"] ?? []) Object.assign(row, { name: "changed" });
    expect(await teamsOf(server, ada)).toEqual(["acme"]);
  });

  it("changes neither the seed, the faults nor the calls when it is restored", async () => {
    const server = seeded();
    const snapshot = createMockServer().snapshot();
    const fault = server.faults.inject({ method: "GetUserAccounts", code: "unavailable", times: 1 });
    await expect(teamsOf(server, ada)).rejects.toThrow("injected fault");
    server.restore(snapshot);
    expect([fault.hits, server.calls.count]).toEqual([1, 1]);
    await expect(teamsOf(server, ada)).rejects.toThrow("[unauthenticated]");
    server.reset();
    expect(await teamsOf(server, ada)).toEqual(["acme"]);
  });

  it.each<[string, (snapshot: MockSnapshot) => unknown, string]>([
    ["nothing", () => null, "snapshot is null: give an object"],
    ["a text", () => "version", 'snapshot is "version": give an object'],
    [
      "another version",
      (snapshot) => ({ ...snapshot, version: 2, more: true }),
      "snapshot.version is 2: give 1, the version that this server reads",
    ],
    ["no version", ({ now, ids, apis }) => ({ now, ids, apis }), "snapshot.version is missing"],
    ["no time", (snapshot) => ({ ...snapshot, now: "soon" }), 'snapshot.now: "soon" is not a date'],
    [
      "another API",
      (snapshot) => ({ ...snapshot, apis: { ...snapshot.apis, x: {} } }),
      "snapshot.apis.x is not",
    ],
    [
      "a table too few",
      ({ apis, ...rest }) => ({ ...rest, apis: { ...apis, vydon: { ...apis["vydon"], users: undefined } } }),
      "snapshot.apis.vydon.users is missing: give a list",
    ],
    [
      "a role that is none",
      (snapshot) => change(snapshot, "vydon", "members", 1, { role: "boss" }),
      'snapshot.apis.vydon.members[1].role is "boss": give one of admin, ',
    ],
    [
      "a caller that is none",
      (snapshot) => change(snapshot, "vydon", "sessions", 0, { who: { kind: "god" } }),
      'snapshot.apis.vydon.sessions[0].who.kind is "god": give one of user, api_key, worker_key',
    ],
    [
      "an id twice",
      (snapshot) =>
        change(snapshot, "ona", "accounts", 1, { id: rowsOf(snapshot, "ona", "accounts")[0]?.id }),
      "as in snapshot.apis.ona.accounts[0]",
    ],
    [
      "a time in no calendar",
      (snapshot) => change(snapshot, "fam", "invites", 0, { expiresAt: 1e300 }),
      "snapshot.apis.fam.invites[0].expiresAt is 1e+300: give milliseconds since 1970",
    ],
    [
      "half an environment",
      (snapshot) => change(snapshot, "ona", "accounts", 0, { environments: 0.5 }),
      "snapshot.apis.ona.accounts[0].environments is 0.5: give a whole number, 0 or more",
    ],
    [
      "a field too many",
      (snapshot) => change(snapshot, "fam", "invites", 0, { colour: "red" }),
      "snapshot.apis.fam.invites[0].colour is not known",
    ],
  ])("with %s is refused with the path to it, and changes nothing", (_what, spoil, message) => {
    const server = seeded();
    const before = server.snapshot();
    const wrong: MockSnapshot = JSON.parse(JSON.stringify(spoil(before)));
    expect(() => server.restore(wrong)).toThrow(message);
    expect(server.snapshot()).toEqual(before);
  });
});

function rowsOf({ apis }: MockSnapshot, api: string, table: string) {
  return apis[api]?.[table] ?? [];
}

/** A snapshot with another row in a place. */
function change(snapshot: MockSnapshot, api: string, table: string, index: number, changes: object): unknown {
  const rows = rowsOf(snapshot, api, table).map((row, at) => (at === index ? { ...row, ...changes } : row));
  return { ...snapshot, apis: { ...snapshot.apis, [api]: { ...snapshot.apis[api], [table]: rows } } };
}

describe("a strict server", () => {
  it("undoes a call that leaves a team without an admin, and names it", async () => {
    const server = seeded({ strict: true });
    const { id: accountId } = server.vydon.account("acme");
    const { userId } = await as(server, ada).getUser({});
    const before = server.snapshot();
    const calls = [
      as(server, ada).setUserRole({ accountId, userId, role: AccountRole.JOB_VIEWER }),
      as(server, ada).removeTeamAccountMember({ accountId, userId }),
    ];
    for (const [index, call] of calls.entries()) {
      expect(await connectErrorOf(call)).toMatchObject({
        code: Code.Internal,
        rawMessage:
          `strict: vydon.${index === 0 ? "SetUserRole" : "RemoveTeamAccountMember"} was undone, ` +
          `it broke vydon.accounts ${accountId}: the team "acme" has no admin`,
      });
    }
    expect(server.snapshot()).toEqual(before);
  });

  it("allows calls that break nothing", async () => {
    const server = seeded({ strict: true });
    const { id: accountId } = server.vydon.account("acme");
    const barbara = server.vydon.signIn({ email: "barbara@example.com" });
    await as(server, barbara).acceptTeamAccountInvite({ token: "welcome" });
    await as(server, ada).removeTeamAccountMember({ accountId, userId: barbara.userId });
    await as(server, ada).createTeamAccount({ name: "second" });
    expect(await teamsOf(server, ada)).toEqual(["acme", "second"]);
  });

  it("refuses a seed that breaks something, and a snapshot", () => {
    const server = createMockServer({ strict: true });
    const teamWithoutAdmin = { vydon: { accounts: [{ name: "acme" }] } };
    expect(() => server.seed(teamWithoutAdmin)).toThrow(
      /^strict: vydon\.accounts .*: the team "acme" has no admin/,
    );
    expect(() => server.vydon.account("acme")).toThrow("there is no account");
    const loose = createMockServer();
    loose.seed(teamWithoutAdmin);
    expect(() => server.restore(loose.snapshot())).toThrow('the team "acme" has no admin');
    expect(() => server.vydon.account("acme")).toThrow("there is no account");
  });

  it.each([
    ["accounts", 0, { type: "personal" }, "the personal account has 2 members"],
    ["members", 1, { accountId: "gone" }, "its account no longer exists"],
    ["members", 1, { userId: "gone" }, "its user no longer exists"],
    ["invites", 0, { accountId: "gone" }, "its account no longer exists"],
    ["invites", 0, { accepted: true }, "barbara@example.com accepted it, but is not a member"],
    ["meterEvents", 0, { accountId: "gone" }, "its account no longer exists"],
  ])("refuses a snapshot with a row of %s[%i] with %j", async (table, index, changes, message) => {
    const server = seeded({ strict: true });
    server.vydon.signIn({ email: "barbara@example.com" });
    await as(server, { token: "worker" }).setBillingMeterEvent({
      accountId: server.vydon.account("acme").id,
      eventId: "run-1",
      eventName: "records",
      value: "5",
    });
    const before = server.snapshot();
    const id = rowsOf(before, "vydon", table)[index]?.id;
    const wrong: MockSnapshot = JSON.parse(JSON.stringify(change(before, "vydon", table, index, changes)));
    expect(() => server.restore(wrong)).toThrow(`vydon.${table} ${id}: ${message}`);
    expect(server.snapshot()).toEqual(before);
  });

  it("needs a member, and no admin, if roles do not count", async () => {
    const server = seeded({ strict: true, vydon: { rbac: false } });
    const { id: accountId } = server.vydon.account("acme");
    const { users } = await as(server, ada).getTeamAccountMembers({ accountId });
    const barbara = server.vydon.signIn({ email: "barbara@example.com" });
    await as(server, barbara).acceptTeamAccountInvite({ token: "welcome" });
    for (const { id } of users) {
      await as(server, barbara).removeTeamAccountMember({ accountId, userId: id });
    }
    const last = as(server, barbara).removeTeamAccountMember({ accountId, userId: barbara.userId });
    await expect(last).rejects.toThrow('the team "acme" has no member');
    expect(await teamsOf(server, barbara)).toEqual(["acme"]);
  });

  it("checks nothing if it is not strict", async () => {
    const server = seeded();
    const { id: accountId } = server.vydon.account("acme");
    const { userId } = await as(server, ada).getUser({});
    await as(server, ada).removeTeamAccountMember({ accountId, userId });
    expect(await teamsOf(server, ada)).toEqual([]);
  });
});
