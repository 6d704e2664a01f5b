import { FamClient, OnaClient, UnauthenticatedError, VydonClient } from "tenantry";
import { createMockServer, type MockServer } from "tenantry/mock";
import { listen } from "tenantry/mock/node";
import { describe, expect, it } from "vitest";
import { failureOf } from "../support/promises.js";
import { until } from "../support/until.js";

/** A server with a user whose token is in the seed. The token is valid before and after a reset. */
function openServer() {
  const server = createMockServer();
  server.seed({ vydon: { users: [{ email: "ada@example.com", token: "ada" }] } });
  const client = (options = {}) =>
    new VydonClient({ baseUrl: "https://vydon.example.com", auth: "ada", fetch: server.fetch, ...options });
  return { server, client };
}

const teams = (server: MockServer) => Object.keys(server.snapshot().apis["vydon"]?.["accounts"] ?? []).length;
const underWay = /server\.reset\(\) has ended this call/;

/** Starts a write that waits on the server's clock. `failed` settles when the reset has ended it. */
async function startLateWrite({ server, client }: ReturnType<typeof openServer>, latencyMs: number) {
  server.faults.inject({ latencyMs });
  const failed = expect(client().accounts.createTeam({ name: "late" })).rejects.toThrow(underWay);
  while (server.calls.count === 0) await Promise.resolve();
  return { failed };
}

describe("reset() isolates one test from the next", () => {
  it("a late write does not change the next test's state, and its wait does not move the next clock", async () => {
    const { server, client } = openServer();
    const { failed } = await startLateWrite({ server, client }, 60_000);
    server.reset();
    const start = server.clock.now();
    await failed;
    expect(server.clock.now()).toBe(start);
    expect([teams(server), server.calls.count]).toEqual([0, 0]);
  });

  it("a late write whose wait has just ended does not change the next test's state", async () => {
    const { server, client } = openServer();
    const { failed } = await startLateWrite({ server, client }, 1_000);
    server.clock.advance("1s");
    server.reset();
    await failed;
    expect(teams(server)).toBe(0);
  });

  it("a write whose request the server is still reading does not change the next test's state", async () => {
    const { server } = openServer();
    const write = server.fetch(
      "https://vydon.example.com/mgmt.v1alpha1.UserAccountService/CreateTeamAccount",
      {
        method: "POST",
        headers: { "content-type": "application/json", authorization: "Bearer ada" },
        body: JSON.stringify({ name: "late" }),
      },
    );
    server.reset();
    expect(await (await write).json()).toMatchObject({
      code: "canceled",
      message: expect.stringMatching(underWay),
    });
    expect([teams(server), server.calls.count]).toEqual([0, 0]);
  });

  it("a late write over a port does not change the next test's state", async () => {
    const { server, client } = openServer();
    await using listener = await listen(server);
    server.clock.run();
    server.faults.inject({ latencyMs: 3_600_000 });
    const write = client({ baseUrl: listener.url, fetch: globalThis.fetch }).accounts.createTeam({
      name: "late",
    });
    const failed = expect(write).rejects.toThrow(underWay);
    await until(() => server.calls.count === 1);
    server.reset();
    await failed;
    expect(teams(server)).toBe(0);
  });

  it.each(["reset", "end"] as const)(
    "a response that drips does not move the clock after its world's %s",
    async (how) => {
      const server = createMockServer();
      const world = server.worlds.create("checkout");
      const { token } = world.vydon.signIn({ email: "ada@example.com" });
      world.faults.inject({ wire: "drip", latencyMs: 10_000 });
      const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
      const response = await world.fetch(
        "https://vydon.example.com/mgmt.v1alpha1.UserAccountService/GetUser",
        { method: "POST", headers, body: "{}" },
      );
      const reader = response.body?.getReader();
      await reader?.read();
      if (how === "reset") world.reset();
      else server.worlds.end("checkout");
      const start = world.clock.now();
      const rest = async () => {
        for (;;) if ((await reader?.read())?.done !== false) return;
      };
      await expect(rest()).rejects.toThrow(how === "reset" ? "server.reset()" : "has ended");
      expect(world.clock.now()).toBe(start);
    },
  );

  it("the wait before a retry ends with the call", async () => {
    const { server, client } = openServer();
    server.faults.inject({ code: "unavailable", retryAfter: "10s" });
    const read = client({ clock: server.clock }).users.current();
    const failed = expect(read).rejects.toThrow(underWay);
    while (server.calls.all()[0]?.error === undefined) await Promise.resolve();
    for (let turn = 0; turn < 100; turn++) await Promise.resolve();
    server.reset();
    const start = server.clock.now();
    await failed;
    expect([server.clock.now(), server.calls.count]).toEqual([start, 0]);
  });

  it("a call that it ends took no negative time, although the clock is set back", async () => {
    const { server, client } = openServer();
    server.clock.advance("10d");
    server.faults.inject({ latencyMs: 60_000 });
    const durations: number[] = [];
    server.calls.watch(({ durationMs }) => durations.push(durationMs));
    const failed = expect(client().users.current()).rejects.toThrow(underWay);
    while (server.calls.count === 0) await Promise.resolve();
    server.reset();
    await failed;
    expect(durations).toEqual([0]);
  });

  it("every seed stays, with everything made before the last one", () => {
    const server = createMockServer();
    const team = { vydon: { accounts: [{ name: "acme" }] } };
    server.seed(team);
    server.vydon.signIn({ email: "ada@example.com" });
    server.seed(team);
    server.vydon.signIn({ email: "grace@example.com" });
    server.reset();
    expect(teams(server)).toBe(2);
    expect(Object.values(server.snapshot().apis["vydon"]?.["users"] ?? {})).toHaveLength(1);
  });

  it("the clock returns to the time of the seed", () => {
    const server = createMockServer();
    server.clock.advance("10d");
    server.seed({ vydon: { accounts: [{ name: "acme" }] } });
    server.clock.advance("10d");
    server.reset();
    expect(server.clock.now()).toBe(Date.UTC(2026, 0, 11));
  });

  it("a timer from before it never fires, and a running clock stops", () => {
    const { server } = openServer();
    let fired = 0;
    server.clock.setTimeout(() => fired++, 1_000);
    server.clock.run();
    server.reset();
    expect(server.clock.isRunning).toBe(false);
    server.clock.advance("1d");
    expect(fired).toBe(0);
  });

  it("a token from before it is refused as always, and the text explains why", async () => {
    const server = createMockServer();
    const vydon = new VydonClient(server.vydon.signIn({ email: "ada@example.com" }).connect());
    const key = server.vydon.signIn({ email: "grace@example.com" });
    const ona = new OnaClient(server.ona.signIn({ email: "ada@example.com" }).connect());
    const session = server.fam.signIn({ email: "ada@example.com" });
    const fam = new FamClient(session.connect());
    server.reset();
    const why = "is from before server.reset() or server.restore(): sign in again";
    for (const call of [
      () => vydon.users.current(),
      () => new VydonClient(key.connect()).users.current(),
      () => ona.accounts.get(),
      () => fam.accounts.list(),
    ]) {
      const error = await failureOf(call());
      expect(error).toBeInstanceOf(UnauthenticatedError);
      expect(String(error)).toContain(why);
    }
    expect(() => server.fam.refresh(session.refreshToken)).toThrow(why);
    // The token of a seed is valid after the reset. If it is revoked later, the reset is not the reason.
    const { server: seeded, client } = openServer();
    seeded.reset();
    seeded.vydon.revoke("ada");
    await expect(client().users.current()).rejects.not.toThrow(why);
    const unknown = new VydonClient({ ...key.connect(), auth: "never-issued" });
    await expect(unknown.users.current()).rejects.not.toThrow(why);
  });

  it("a token from before it never belongs to another person", async () => {
    const server = createMockServer();
    const tokens = (email: string) => {
      const { refreshToken, token } = server.fam.signIn({ email });
      const issued = server.vydon.issuer.signIn({ email });
      return [
        ...[server.vydon.signIn({ email }).token, issued.accessToken, issued.refreshToken],
        ...[server.ona.signIn({ email }).token, token, refreshToken],
      ];
    };
    const before = new Set(tokens("ada@example.com"));
    server.reset();
    expect(tokens("grace@example.com").filter((token) => before.has(token))).toEqual([]);
    server.reset();
    expect(new Set(tokens("ada@example.com"))).toEqual(before);
  });
});

it("restore() ends the calls that are under way", async () => {
  const { server, client } = openServer();
  const snapshot = server.snapshot();
  server.faults.inject({ latencyMs: 60_000 });
  const write = client().accounts.createTeam({ name: "late" });
  const failed = expect(write).rejects.toThrow(/server\.restore\(\) has ended this call/);
  while (server.calls.count === 0) await Promise.resolve();
  server.restore(snapshot);
  await failed;
  expect(teams(server)).toBe(0);
});
