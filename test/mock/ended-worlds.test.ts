import { createClient } from "@connectrpc/connect";
import { UnauthenticatedError, VydonClient } from "tenantry";
import { createMockServer } from "tenantry/mock";
import { describe, expect, it } from "vitest";
import { Health } from "../../gen/grpc/health/v1/health_pb.js";
import { failureOf } from "../support/promises.js";

const email = "ada@example.com";

function seeded() {
  const server = createMockServer();
  server.seed({ vydon: { accounts: [{ name: "acme", members: [{ email }] }] } });
  return server;
}

describe("an ended world", () => {
  it("has no calls and waits under way, and its tokens are explained", async () => {
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

  it("does not explain the refusal of a token that the server has, too", async () => {
    const server = createMockServer();
    server.seed({ vydon: { users: [{ email, token: "ada" }] } });
    server.worlds.create("a");
    server.worlds.end("a");
    server.vydon.revoke("ada");
    const client = new VydonClient({
      baseUrl: "https://vydon.example.com",
      auth: "ada",
      fetch: server.fetch,
    });
    expect(String(await failureOf(client.users.current()))).not.toContain("has ended");
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

  it("serves no endpoint and issues no code", async () => {
    const server = createMockServer();
    const world = server.worlds.create("checkout");
    const { refreshToken } = world.vydon.issuer.signIn({ email });
    server.worlds.end("checkout");
    const before = world.snapshot();
    const page = `https://vydon.example.com/vydon/issuer/authorize?login_hint=${email}&redirect_uri=https://app.example.com/`;
    await expect(world.fetch(page)).rejects.toThrow('the world "checkout" has ended');
    await expect(world.fetch("https://ona.example.com/credit-usage/export")).rejects.toThrow("has ended");
    const body = new URLSearchParams({ grant_type: "refresh_token", refresh_token: refreshToken });
    await expect(
      world.fetch("https://vydon.example.com/vydon/issuer/token", { method: "POST", body }),
    ).rejects.toThrow("has ended");
    expect(world.snapshot()).toEqual(before);
  });

  it("reports no service as serving", async () => {
    const server = createMockServer();
    const world = server.worlds.create("checkout");
    const health = createClient(Health, world.transport());
    await expect(health.check({})).resolves.toMatchObject({ status: 1 });
    server.worlds.end("checkout");
    await expect(health.check({})).rejects.toThrow('[canceled] the world "checkout" has ended');
    const response = await world.fetch("https://vydon.example.com/grpc.health.v1.Health/Check", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: "{}",
    });
    expect(await response.json()).toMatchObject({ code: "canceled" });
  });
});
