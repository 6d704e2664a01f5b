import { createMockServer } from "tenantry/mock";
import { describe, expect, it } from "vitest";

const email = "ada@example.com";

function seeded() {
  const server = createMockServer();
  server.seed({ vydon: { accounts: [{ name: "acme", members: [{ email }] }] } });
  return server;
}

const users = { vydon: { users: [{ email, token: "ada" }] } };

/** A server without the token that its seed created, which only a world has. */
function withTokenInOneWorld() {
  const server = createMockServer();
  server.seed(users);
  const world = server.worlds.create();
  server.vydon.revoke("ada");
  expect(server.worlds.byToken("ada")).toBe(world);
  return server;
}

describe("the world of a token", () => {
  it("is the one in which it was made", () => {
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

  it("is the same after the token was revoked or deleted, whether it was used before or not", () => {
    const server = seeded();
    const world = server.worlds.create();
    const { token } = world.vydon.signIn({ email });
    const key = world.vydon.apiKey("acme");
    const pat = world.ona.signIn({ email: "grace@example.com" }).token;
    expect(server.worlds.byToken(token)).toBe(world);
    world.vydon.revoke(token);
    world.vydon.revoke(key.token);
    world.ona.revoke(pat);
    server.worlds.create();
    for (const each of [token, key.token, pat]) expect(server.worlds.byToken(each)).toBe(world);
  });

  it("is unknown if a snapshot gave the token to several, also if it was used before", () => {
    const server = seeded();
    const [a, b] = [server.worlds.create("a"), server.worlds.create("b")];
    const { token } = a.vydon.signIn({ email });
    expect(server.worlds.byToken(token)).toBe(a);
    b.restore(a.snapshot());
    expect(() => server.worlds.byToken(token)).toThrow('the worlds "a" and "b" both have this token');
  });

  it("is unknown if a seed gave the token to several", () => {
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

  it("is the server's own, after a reset that brings the token back", () => {
    const server = withTokenInOneWorld();
    server.reset();
    expect(server.worlds.byToken("ada")).toBe(server);
  });

  it("is unknown as soon as a second world has the token", () => {
    const server = withTokenInOneWorld();
    server.worlds.create();
    expect(() => server.worlds.byToken("ada")).toThrow("both have this token");
  });
});
