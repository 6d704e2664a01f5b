import { UnauthenticatedError, VydonClient } from "tenantry";
import { createMockServer } from "tenantry/mock";
import { describe, expect, it, vi } from "vitest";
import { failureOf } from "../support/promises.js";

const email = "ada@example.com";
const seed = { vydon: { accounts: [{ name: "acme", members: [{ email }] }] } };

function seeded() {
  const server = createMockServer();
  server.seed(seed);
  return server;
}

const namesOf = async (client: VydonClient) =>
  (await client.accounts.list().toArray()).map(({ name }) => name);

describe("a world", () => {
  it("begins with the seed, without later changes, and is independent", async () => {
    const server = seeded();
    await new VydonClient(server.vydon.signIn({ email }).connect()).accounts.createTeam({ name: "later" });
    server.faults.inject({ method: "GetUser", code: "unavailable" });
    server.clock.advance("25h");

    const world = server.worlds.create("checkout-7");
    expect([world.world, server.world]).toEqual(["checkout-7", undefined]);
    expect([world.calls.count, world.faults.all(), new Date(world.clock.now()).toISOString()]).toEqual([
      ...[0, [], "2026-01-01T00:00:00.000Z"],
    ]);
    const ada = new VydonClient(world.vydon.signIn({ email }).connect());
    await ada.accounts.createTeam({ name: "mine" });
    expect(await namesOf(ada)).toEqual(["acme", "mine"]);
    expect(() => server.vydon.account("mine")).toThrow("there is no account");

    server.seed({ vydon: { accounts: [{ name: "newer" }] } });
    expect(await namesOf(ada)).toEqual(["acme", "mine"]);
    world.reset();
    expect(() => world.vydon.account("mine")).toThrow("there is no account");
    expect(server.vydon.account("later").name).toBe("later");
  });

  it("has ids and tokens of its own, the same on every run", () => {
    const tokens = (name: string) => {
      const world = seeded().worlds.create(name);
      return [world.vydon, world.ona, world.fam].map((api) => api.signIn({ email }).token);
    };
    expect(tokens("a")).toEqual(tokens("a"));
    const all = ["a", "b", "c"].flatMap(tokens);
    expect(new Set(all).size).toBe(9);

    // Two worlds that go on from one snapshot still differ.
    const server = seeded();
    const snapshot = server.snapshot();
    const [a, b] = ["a", "b"].map((name) => {
      const world = server.worlds.create(name);
      world.restore(snapshot);
      return world.vydon.signIn({ email }).token;
    });
    expect(a).not.toBe(b);
    // A reset gives the same ids again.
    const world = server.worlds.create("c");
    const first = world.vydon.signIn({ email }).token;
    world.reset();
    expect(world.vydon.signIn({ email }).token).toBe(first);
  });

  it("is found by a token that was made in it", () => {
    const server = seeded();
    const before = server.vydon.signIn({ email }).token;
    server.seed({});
    const [a, b] = [server.worlds.create("a"), server.worlds.create("b")];
    for (const world of [server, a, b]) {
      for (const api of [world.vydon, world.ona, world.fam]) {
        const { token } = api.signIn({ email });
        for (let round = 0; round < 2; round++) expect(server.worlds.byToken(token)).toBe(world);
      }
      expect(server.worlds.byToken(world.vydon.issuer.signIn({ email }).accessToken)).toBe(world);
    }
    expect(server.worlds.byToken(before)).toBe(server);
    expect(server.worlds.byToken("nobody's")).toBe(server);
    // A token from before a reset is still that world's, which can explain it.
    const { token } = a.vydon.signIn({ email: "grace@example.com" });
    a.reset();
    expect(server.worlds.byToken(token)).toBe(a);
    expect(a.worlds).toBe(server.worlds);
  });

  it("does not share a token that a snapshot gave to several, also if it was used before", () => {
    const server = seeded();
    const [a, b] = [server.worlds.create("a"), server.worlds.create("b")];
    const { token } = a.vydon.signIn({ email });
    expect(server.worlds.byToken(token)).toBe(a);
    b.restore(a.snapshot());
    expect(() => server.worlds.byToken(token)).toThrow('the worlds "a" and "b" both have this token');
  });

  it("does not share a token that a seed gave to several", () => {
    const server = seeded();
    const grace = { vydon: { users: [{ email: "grace@example.com", token: "grace" }] } };
    const [a, b] = [server.worlds.create("a"), server.worlds.create("b")];
    a.seed(grace);
    expect(server.worlds.byToken("grace")).toBe(a);
    b.seed(grace);
    expect(() => server.worlds.byToken("grace")).toThrow(
      'the worlds "a" and "b" both have this token: choose one by the path of the base URL, such as /w/a',
    );
    server.seed(grace);
    expect(server.worlds.byToken("grace")).toBe(server);
  });

  it("ends, with its calls and waits", async () => {
    const server = seeded();
    const world = server.worlds.create("a");
    const session = world.vydon.signIn({ email });
    const client = new VydonClient({ ...session.connect(), retry: false });
    const wait = world.clock.sleep(3_600_000);
    world.faults.inject({ latencyMs: 60_000 });
    const underWay = client.accounts.createTeam({ name: "late" });
    const outcomes = Promise.allSettled([wait, underWay]);
    await Promise.resolve();
    expect(server.worlds.end("a")).toBe(true);
    expect((await outcomes).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect(() => world.vydon.account("late")).toThrow("there is no account");
    await expect(client.users.current()).rejects.toThrow('the world "a" has ended');

    expect([server.worlds.get("a"), server.worlds.list(), server.worlds.end("a")]).toEqual([
      ...[undefined, [], false],
    ]);
    expect(server.worlds.byToken(session.token)).toBe(server);
    const stray = new VydonClient({ ...session.connect(), fetch: server.fetch });
    const refused = await failureOf(stray.users.current());
    expect(refused).toBeInstanceOf(UnauthenticatedError);
    expect(refused).toMatchObject({ message: expect.stringContaining('of the world "a", which has ended') });
    // The next world of that name makes the same token.
    const again = server.worlds.create("a");
    expect(again.vydon.signIn({ email }).token).toBe(session.token);
    expect(server.worlds.byToken(session.token)).toBe(again);
  });

  it("stays ended after a reset and a restore", async () => {
    const server = seeded();
    const world = server.worlds.create("a");
    server.worlds.end("a");
    world.reset();
    world.restore(world.snapshot());
    const client = new VydonClient({ ...world.vydon.signIn({ email }).connect(), retry: false });
    await expect(client.users.current()).rejects.toThrow('the world "a" has ended');
  });

  it("has a name that fits into a path, and that no other world has", () => {
    const { worlds } = createMockServer();
    const names = [worlds.create(), worlds.create("world-2"), worlds.create()].map(({ world }) => world);
    expect(names).toEqual(["world-1", "world-2", "world-3"]);
    expect(worlds.list().map(({ world }) => world)).toEqual(names);
    expect(() => worlds.create("world-1")).toThrow('there is a world "world-1" already: end it first');
    for (const name of ["", "a/b", "a b", "é", ".", "..", "x".repeat(65)]) {
      expect(() => worlds.create(name)).toThrow(
        `${JSON.stringify(name)} is not a name for a world: give 1 to 64`,
      );
    }
    expect(worlds.create("v1.2_A-z").world).toBe("v1.2_A-z");
  });

  it("has a clock that runs if its server's clock runs", () => {
    const server = seeded();
    expect(server.worlds.create("still").clock.isRunning).toBe(false);
    server.clock.run();
    const world = server.worlds.create("runs");
    expect(world.clock.isRunning).toBe(true);
    world.clock.freeze();
    expect(server.clock.isRunning).toBe(true);
    server.clock.freeze();
  });

  it("begins without the real time in which its server's clock stood still", () => {
    const server = seeded();
    const start = server.clock.now();
    let real = 1_000;
    vi.stubGlobal(
      "Event",
      class {
        readonly timeStamp = real;
      },
    );
    const begin = () => {
      const world = server.worlds.create();
      return world.clock.now() - start;
    };
    server.clock.run();
    real += 50;
    expect(begin()).toBe(50);
    server.clock.freeze();
    real += 600_000;
    server.clock.run();
    real += 7;
    expect(begin()).toBe(57);
    // A reset begins at the seed again.
    server.reset();
    real += 600_000;
    server.clock.run();
    real += 3;
    expect(begin()).toBe(3);
    server.clock.freeze();
  });
});
