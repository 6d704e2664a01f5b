import { execFile } from "node:child_process";
import { request } from "node:http";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { program } from "../support/program.js";

/** Imports the SDK and the mock anew, as a test file does. */
async function imported() {
  vi.resetModules();
  const [{ VydonClient }, { createMockServer }, { listen }] = await Promise.all([
    import("../../src/index.js"),
    import("../../src/mock/index.js"),
    import("../../src/mock/node/index.js"),
  ]);
  return { VydonClient, createMockServer, listen };
}

describe("a mock that is imported while all timers are fake", () => {
  // As with Jest's `fakeTimers: { enableGlobally: true }`.
  beforeEach(() => {
    vi.useFakeTimers({
      toFake: [
        ...(["setTimeout", "clearTimeout", "setInterval", "clearInterval", "setImmediate"] as const),
        ...(["clearImmediate", "Date", "performance", "hrtime"] as const),
      ],
    });
  });
  afterEach(() => {
    vi.useRealTimers();
    // The next file must not share modules that read the fake timers when they loaded.
    vi.resetModules();
  });

  it("lets a retry's wait and a fault's latency pass", async () => {
    const { VydonClient, createMockServer } = await imported();
    const server = createMockServer();
    const client = new VydonClient(server.vydon.signIn({ email: "ada@example.com" }).connect());
    server.faults.inject({ method: "GetUser", code: "unavailable", times: 2, retryAfter: "3s" });
    server.faults.inject({ method: "GetUser", latencyMs: 5_000 });
    const before = server.clock.now();
    await client.users.current();
    expect(server.clock.now() - before).toBeGreaterThanOrEqual(2 * 3_000 + 5_000);
  });

  it("lets time pass on a clock that runs", async () => {
    const { createMockServer } = await imported();
    const { clock } = createMockServer();
    clock.run();
    const before = clock.now();
    await clock.sleep(5);
    expect(clock.now() - before).toBeGreaterThanOrEqual(5);
  });

  it("breaks a connection of a listener", async () => {
    const { createMockServer, listen } = await imported();
    const server = createMockServer();
    const listener = await listen(server);
    server.faults.inject({ method: "GetUser", wire: "reset" });
    const url = `${listener.url}/mgmt.v1alpha1.UserAccountService/GetUser`;
    const call = request(url, { method: "POST", headers: { "content-type": "application/json" } });
    call.end("{}");
    const error = await new Promise((resolve) => call.once("error", resolve));
    expect(error).toMatchObject({ code: "ECONNRESET" });
    await listener.close();
  });
});

it("a clock that runs does not go back with the machine's date", async () => {
  const { createMockServer } = await imported();
  const { clock } = createMockServer();
  clock.run();
  const before = clock.now();
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() - 3_600_000 });
  try {
    expect(clock.now()).toBeGreaterThanOrEqual(before);
  } finally {
    vi.useRealTimers();
  }
});

it("a program that has waited on the mock's clock ends by itself", async () => {
  const args = [await program("test/mock/wait-on-clock.ts")];
  const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 15_000 });
  expect(stdout).toBe("over\n");
});
