import { createClient } from "@connectrpc/connect";
import { createMockServer, type MockServer, type MockSnapshot } from "tenantry/mock";
import { describe, expect, it } from "vitest";
import { AccountService as FamAccountService } from "../../gen/fam/v1/account_pb.js";
import { withToken } from "../contract/world.js";
import { ada, as, at, seeded, teamsOf, withRows } from "./seeded.js";

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
    ["null in place of an object", () => null, "snapshot is null: give an object"],
    ["a string in place of an object", () => "version", 'snapshot is "version": give an object'],
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
      "a missing table",
      ({ apis, ...rest }) => ({ ...rest, apis: { ...apis, vydon: { ...apis["vydon"], users: undefined } } }),
      "snapshot.apis.vydon.users is missing: give a list",
    ],
    [
      "an unknown role",
      (snapshot) => withRows(snapshot, "vydon", "members", at(1, { role: "boss" })),
      'snapshot.apis.vydon.members[1].role is "boss": give one of admin, ',
    ],
    [
      "an unknown kind of caller",
      (snapshot) => withRows(snapshot, "vydon", "sessions", at(0, { who: { kind: "god" } })),
      'snapshot.apis.vydon.sessions[0].who.kind is "god": give one of user, api_key, worker_key',
    ],
    [
      "two rows with one id",
      (snapshot) =>
        withRows(snapshot, "ona", "accounts", at(1, { id: snapshot.apis["ona"]?.["accounts"]?.[0]?.id })),
      "as in snapshot.apis.ona.accounts[0]",
    ],
    [
      "a time after all dates",
      (snapshot) => withRows(snapshot, "fam", "invites", at(0, { expiresAt: 1e300 })),
      "snapshot.apis.fam.invites[0].expiresAt is 1e+300: give milliseconds since 1970",
    ],
    [
      "a count that is not whole",
      (snapshot) => withRows(snapshot, "ona", "accounts", at(0, { environments: 0.5 })),
      "snapshot.apis.ona.accounts[0].environments is 0.5: give a whole number, 0 or more",
    ],
    [
      "an unknown field",
      (snapshot) => withRows(snapshot, "fam", "invites", at(0, { colour: "red" })),
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
