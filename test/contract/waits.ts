import { Code } from "@connectrpc/connect";
import { describe, expect, it } from "vitest";
import { connectErrorOf, openWorld, signInAda, type TestedTransport } from "./world.js";

/** Tests deadlines and cancellation. */
export function waits(tested: TestedTransport): void {
  describe("a slow call", () => {
    const world = openWorld(tested);

    it("fails with deadline_exceeded at the caller's deadline", async () => {
      const { rpc } = signInAda(world);
      world.server.faults.inject({ method: "GetUser", latencyMs: 24 * 3_600_000 });
      const before = world.server.clock.now();
      const error = await connectErrorOf(rpc.getUser({}, { timeoutMs: 60_000 }));
      expect(error.code).toBe(Code.DeadlineExceeded);
      expect(world.server.clock.now() - before).toBeLessThanOrEqual(60_000);
    });

    it("fails with canceled at once if its signal aborts", async () => {
      const { rpc } = signInAda(world);
      // A running clock waits in real time, so the call is still pending when it is canceled.
      world.server.clock.run();
      world.server.faults.inject({ method: "GetUser", latencyMs: 3_600_000 });
      const controller = new AbortController();
      const call = connectErrorOf(rpc.getUser({}, { signal: controller.signal }));
      controller.abort();
      expect((await call).code).toBe(Code.Canceled);
    });

    it("is canceled on the server too if its signal aborts after the server received it", async () => {
      const { rpc } = signInAda(world);
      const { calls } = world.server;
      world.server.clock.run();
      world.server.faults.inject({ method: "GetUser", latencyMs: 3_600_000 });
      const controller = new AbortController();
      const call = connectErrorOf(rpc.getUser({}, { signal: controller.signal }));
      await until(() => calls.count === 1);
      controller.abort();
      expect((await call).code).toBe(Code.Canceled);
      if (tested.hidesCancel !== true) await until(() => calls.all()[0]?.error?.code === Code.Canceled);
    });

    it("is not sent if its signal has aborted before", async () => {
      const { rpc } = signInAda(world);
      const error = await connectErrorOf(
        rpc.createTeamAccount({ name: "acme" }, { signal: AbortSignal.abort() }),
      );
      expect(error.code).toBe(Code.Canceled);
      expect((await rpc.getUserAccounts({})).accounts).toEqual([]);
    });
  });
}

/**
 * Waits until a condition is true. This can need a message between client and server. The helper of the other tests needs vitest,
 * which a browser does not have.
 */
async function until(condition: () => boolean): Promise<void> {
  for (let turn = 0; turn < 1_000; turn++) {
    if (condition()) return;
    await new Promise((resolve) => setTimeout(resolve));
  }
  throw new Error("the condition did not become true");
}
