import { describe, expect, it } from "vitest";
import { useJsdomTimers } from "../../../../../test/support/jsdom-timers.js";
import { until } from "../../../../../test/support/until.js";
import { VydonClient } from "../../../../index.js";
import { createMockServer, type MockServer } from "../../../index.js";
import { listen } from "../listen.js";

/** Listens by the server's own clock, and creates a world over HTTP. */
async function started() {
  const server = createMockServer();
  const listener = await listen(server, { admin: true, clock: server.clock });
  await createWorld(listener.url, "idle");
  return { server, listener, [Symbol.asyncDispose]: () => listener.close() };
}

async function createWorld(url: string, name: string): Promise<void> {
  const response = await fetch(`${url}/worlds`, { method: "POST", body: JSON.stringify({ name }) });
  expect(response.status).toBe(201);
}

const worldsOf = (server: MockServer) => server.worlds.list().map(({ world }) => world);

describe("an idle world whose idle time the server's own clock measures", () => {
  it.each<[string, (server: MockServer) => void]>([
    ["reset", (server) => server.reset()],
    ["restore", (server) => server.restore(createMockServer().snapshot())],
  ])("ends an hour after a %s that sets the clock back", async (_how, setBack) => {
    await using it = await started();
    const { server, listener } = it;
    server.clock.advance("30m");
    setBack(server);
    server.clock.advance("59m");
    expect(worldsOf(server)).toEqual(["idle"]);
    server.clock.advance("1m");
    expect(worldsOf(server)).toEqual([]);

    await createWorld(listener.url, "next");
    server.clock.advance("1h");
    expect(worldsOf(server)).toEqual([]);
  });

  it("ends at a restore that sets the clock forward by more than an hour", async () => {
    await using it = await started();
    const later = createMockServer({ now: "2030-01-01T00:00:00Z" }).snapshot();
    it.server.restore(later);
    expect(worldsOf(it.server)).toEqual([]);
  });

  it("does not end after its listener has closed", async () => {
    await using it = await started();
    await it.listener.close();
    it.server.clock.advance("2h");
    expect(worldsOf(it.server)).toEqual(["idle"]);
  });

  it("does not end while a call is under way, and ends an hour after it", async () => {
    await using it = await started();
    const { server, listener } = it;
    const world = server.worlds.get("idle");
    if (world === undefined) throw new Error("there is no world");
    // A running clock waits in real time, so the call does not end by itself.
    world.clock.run();
    world.faults.inject({ latencyMs: 30_000 });
    const { token } = world.vydon.signIn({ email: "ada@example.com" });
    const client = new VydonClient({ baseUrl: listener.url, auth: token });
    const call = client.users.current();
    await until(() => world.calls.count === 1);

    server.clock.advance("90m");
    expect(worldsOf(server)).toEqual(["idle"]);
    world.clock.advance("30s");
    await call;
    server.clock.advance("59m");
    expect(worldsOf(server)).toEqual(["idle"]);
    server.clock.advance("2m");
    expect(worldsOf(server)).toEqual([]);
  });
});

describe("in Jest's jsdom environment, where setTimeout returns a number", () => {
  it("a world is created over HTTP", async () => {
    useJsdomTimers();
    const server = createMockServer();
    await using listener = await listen(server, { admin: true });
    await createWorld(listener.url, "checkout");
    expect(worldsOf(server)).toEqual(["checkout"]);
  });
});
