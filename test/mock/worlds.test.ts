import { VydonClient } from "tenantry";
import { createMockServer } from "tenantry/mock";
import { describe, expect, it, vi } from "vitest";

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

  it("has a name that fits into a path, and that no other world has", () => {
    const { worlds } = createMockServer();
    const names = [worlds.create(), worlds.create("world-2"), worlds.create()].map(({ world }) => world);
    expect(names).toEqual(["world-1", "world-2", "world-3"]);
    expect(worlds.list().map(({ world }) => world)).toEqual(names);
    expect(() => worlds.create("world-1")).toThrow('there is a world "world-1" already: end it first');
    for (const name of ["", "a/b", "a b", "é", ".", "..", "x".repeat(65)]) {
      expect(() => worlds.create(name)).toThrow(
        `${JSON.stringify(name)} is not a name for a world: give 1 to 64 letters, digits, "-", "_" or ".", but not only "." or ".."`,
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
