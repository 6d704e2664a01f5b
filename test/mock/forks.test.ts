import type { MockServer } from "tenantry/mock";
import { describe, expect, it } from "vitest";
import { ada, as, seeded, teamsOf } from "./seeded.js";

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
