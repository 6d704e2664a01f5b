import { createClient } from "@connectrpc/connect";
import { describe, expect, it, vi } from "vitest";
import { UserAccountService } from "../../../../gen/mgmt/v1alpha1/user_account_pb.js";
import { connectErrorOf } from "../../../../test/contract/world.js";
import { settled } from "../../../../test/support/promises.js";
import { CanceledError } from "../../../index.js";
import { VydonClient } from "../../../vydon/index.js";
import { webTransport } from "../../../web/index.js";
import { createMockServer } from "../../server.js";
import type { FaultOptions } from "./fault-options.js";
import { wireFaults } from "./wire-faults.js";

describe("a fault", () => {
  it.each<[string, Omit<FaultOptions, "method">, number]>([
    ["a code", { code: "aborted", latencyMs: 3_000 }, 8_000],
    ["a wire fault", { wire: "lost_response", latencyMs: 3_000 }, 8_000],
    ["a drip", { wire: "drip", latencyMs: 3_000 }, 8_000],
    ["a drip of the default ten seconds", { wire: "drip" }, 15_000],
    ["latency", { latencyMs: 3_000 }, 9_000],
  ])("adds its latency to the latency of the faults before it: %s", async (_what, fault, ms) => {
    const server = createMockServer();
    server.faults.inject({ latencyMs: 5_000 });
    server.faults.inject(fault);
    // Hits only if the fault before it does not fail the call.
    server.faults.inject({
      latencyMs: 1_000,
      when: () => fault.code === undefined && fault.wire === undefined,
    });
    const start = server.clock.now();
    await connectErrorOf(createClient(UserAccountService, server.transport()).getUser({}));
    expect(server.clock.now() - start).toBe(ms);
  });

  it("with a latency as long as the call's deadline makes the call fail, and nothing is created", async () => {
    const { vydon, fetch, faults, snapshot } = createMockServer();
    const { token } = vydon.signIn({ email: "ada@example.com" });
    faults.inject({ latencyMs: 1_000 });
    const response = await fetch(
      "https://vydon.example.com/mgmt.v1alpha1.UserAccountService/CreateTeamAccount",
      {
        method: "POST",
        headers: {
          "content-type": "application/json",
          "connect-timeout-ms": "1000",
          authorization: `Bearer ${token}`,
        },
        body: JSON.stringify({ name: "acme" }),
      },
    );
    expect(await response.json()).toEqual({
      code: "deadline_exceeded",
      message: "context deadline exceeded",
    });
    expect(snapshot().apis["vydon"]?.["accounts"]).toEqual([]);
  });

  it("rounds the seconds of its Retry-After up", async () => {
    const server = createMockServer();
    server.faults.inject({ code: "unavailable", retryAfter: "1.2s" });
    const rpc = createClient(UserAccountService, server.transport());
    const { metadata } = await connectErrorOf(rpc.getUser({}));
    expect(metadata.get("retry-after")).toBe("2");
  });
});

it.each(wireFaults)("%s leaves no timer of the call's deadline behind", async (wire) => {
  const { vydon, fetch, clock, faults } = createMockServer();
  const { token } = vydon.signIn({ email: "ada@example.com" });
  // The handlers of gRPC-Web end only when their response was read.
  const services = [UserAccountService];
  const transport = webTransport({ baseUrl: "http://localhost", services, protocol: "grpc-web", fetch });
  const client = new VydonClient({ transport, auth: token, clock, retry: false });
  faults.inject({ wire });
  vi.useFakeTimers();
  try {
    await Promise.allSettled([client.users.current({ timeoutMs: 600_000 })]);
    expect(vi.getTimerCount()).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});

it.each([0, 5_000])("latency of %d ms leaves no timer of an aborted call behind", async (latencyMs) => {
  const timers = () => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
  const { vydon, calls, faults } = createMockServer();
  const client = new VydonClient({ ...vydon.signIn({ email: "ada@example.com" }).connect(), retry: false });
  await client.users.current();
  const before = timers();
  faults.inject({ latencyMs });
  const abort = new AbortController();
  const call = client.users.current({ signal: abort.signal, timeoutMs: 600_000 });
  while (calls.count < 2) await Promise.resolve();
  abort.abort();
  await expect(call).rejects.toBeInstanceOf(CanceledError);
  await settled();
  // A timer of an earlier test may have ended.
  expect(timers()).toBeLessThanOrEqual(before);
});
