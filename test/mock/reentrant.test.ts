import { createClient } from "@connectrpc/connect";
import { describe, expect, it } from "vitest";
import { Health } from "../../gen/grpc/health/v1/health_pb.js";
import { CanceledError, VydonClient } from "../../src/index.js";
import { createMockServer } from "../../src/mock/index.js";
import { settled } from "../support/promises.js";

const email = "ada@example.com";

function signedIn() {
  const server = createMockServer();
  const client = new VydonClient({ ...server.vydon.signIn({ email }).connect(), retry: false });
  return { server, client };
}

describe("a timer may change the clock that calls it", () => {
  it("a reset in a timer returns to the time of the start, and the advance ends there", () => {
    const server = createMockServer();
    const start = server.clock.now();
    const fired: string[] = [];
    server.clock.setTimeout(() => server.reset(), 1_000);
    server.clock.setTimeout(() => fired.push("late"), 2_000);
    server.clock.advance("1h");
    expect([server.clock.now(), fired]).toEqual([start, []]);
  });

  it("an earlier time that a timer sets stays, and later timers still wait", () => {
    const { clock } = createMockServer();
    const start = clock.now();
    const fired: number[] = [];
    clock.setTimeout(() => clock.set(start), 1_000);
    clock.setTimeout(() => fired.push(clock.now() - start), 2_000);
    clock.advance("1h");
    expect([clock.now() - start, fired]).toEqual([0, []]);
    clock.advance("2s");
    expect([clock.now() - start, fired]).toEqual([2_000, [2_000]]);
  });

  it("a running clock that a timer freezes stands still", () => {
    const { clock } = createMockServer();
    const running: boolean[] = [];
    clock.run();
    clock.setTimeout(() => {
      running.push(clock.isRunning);
      clock.freeze();
    }, 1_000);
    clock.advance("1m");
    expect([running, clock.isRunning]).toEqual([[true], false]);
  });

  it("a reset in a timer of a running clock stops it", () => {
    const server = createMockServer();
    const start = server.clock.now();
    server.clock.run();
    server.clock.setTimeout(() => server.reset(), 1_000);
    server.clock.advance("1m");
    expect([server.clock.isRunning, server.clock.now()]).toEqual([false, start]);
  });

  it("a running clock that a timer advances runs on", () => {
    const { clock } = createMockServer();
    clock.run();
    clock.setTimeout(() => clock.advance("1h"), 1_000);
    clock.advance("1s");
    expect(clock.isRunning).toBe(true);
    clock.freeze();
  });
});

describe("the watchers of calls may change during a call", () => {
  it("a watcher that is started again during a call gets each call once", async () => {
    const { server, client } = signedIn();
    const told: string[] = [];
    const watch = () => {
      const stop = server.calls.watch(({ method }) => {
        if (told.push(method) > 10) return;
        stop();
        watch();
      });
    };
    watch();
    await client.users.current();
    await client.users.current();
    expect(told).toEqual(["GetUser", "GetUser"]);
  });

  it("a watcher that another one has stopped gets no more calls", async () => {
    const { server, client } = signedIn();
    const told: string[] = [];
    server.calls.watch(() => stop());
    const stop = server.calls.watch(({ method }) => told.push(method));
    await client.users.current();
    expect(told).toEqual([]);
  });
});

describe("an ended world", () => {
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

describe("the world of a token", () => {
  const seed = { vydon: { users: [{ email, token: "ada" }] } };

  it("is the server's own, after a reset that brings the token back", () => {
    const server = createMockServer();
    server.seed(seed);
    const world = server.worlds.create();
    server.vydon.revoke("ada");
    expect(server.worlds.byToken("ada")).toBe(world);
    server.reset();
    expect(server.worlds.byToken("ada")).toBe(server);
  });

  it("is unknown as soon as a second world has the token", () => {
    const server = createMockServer();
    server.seed(seed);
    const world = server.worlds.create();
    server.vydon.revoke("ada");
    expect(server.worlds.byToken("ada")).toBe(world);
    server.worlds.create();
    expect(() => server.worlds.byToken("ada")).toThrow("both have this token");
  });
});

describe("a response that drips", () => {
  const url = "https://vydon.example.com/mgmt.v1alpha1.UserAccountService/GetUser";

  it.each(["reset", "end"] as const)("does not move the clock after the world's %s", async (how) => {
    const server = createMockServer();
    const world = server.worlds.create("checkout");
    const { token } = world.vydon.signIn({ email });
    world.faults.inject({ wire: "drip", latencyMs: 10_000 });
    const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
    const response = await world.fetch(url, { method: "POST", headers, body: "{}" });
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
  });
});

describe("a call that is aborted", () => {
  const timers = () => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;

  it.each([0, 5_000])("with a fault of %d ms leaves no timer", async (latencyMs) => {
    const { server, client } = signedIn();
    await client.users.current();
    const before = timers();
    server.faults.inject({ latencyMs });
    const abort = new AbortController();
    const call = client.users.current({ signal: abort.signal, timeoutMs: 600_000 });
    while (server.calls.count < 2) await Promise.resolve();
    abort.abort();
    await expect(call).rejects.toBeInstanceOf(CanceledError);
    await settled();
    // A timer of an earlier test may have ended.
    expect(timers()).toBeLessThanOrEqual(before);
  });
});
