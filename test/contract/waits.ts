import { Code } from "@connectrpc/connect";
import { describe, expect, it } from "vitest";
import { openWorld, refusal, signInAda, type TestedTransport } from "./world.js";

/** Calls that take too long, and calls that their caller has canceled. */
export function waits(tested: TestedTransport): void {
  describe("a call that takes long", () => {
    const world = openWorld(tested);

    it("takes no longer than the caller's deadline", async () => {
      const { rpc } = signInAda(world);
      world.server.faults.inject({ method: "GetUser", latencyMs: 24 * 3_600_000 });
      const before = world.server.clock.now();
      const error = await refusal(rpc.getUser({}, { timeoutMs: 60_000 }));
      expect(error.code).toBe(Code.DeadlineExceeded);
      expect(world.server.clock.now() - before).toBeLessThanOrEqual(60_000);
    });

    it("ends at once if it is canceled", async () => {
      const { rpc } = signInAda(world);
      // A running clock waits as the wall does, so that there is something to cancel.
      world.server.clock.run();
      world.server.faults.inject({ method: "GetUser", latencyMs: 3_600_000 });
      const controller = new AbortController();
      const call = refusal(rpc.getUser({}, { signal: controller.signal }));
      controller.abort();
      expect((await call).code).toBe(Code.Canceled);
    });

    it("ends at the server, too, if it is canceled there", async () => {
      const { rpc } = signInAda(world);
      const { calls } = world.server;
      world.server.clock.run();
      world.server.faults.inject({ method: "GetUser", latencyMs: 3_600_000 });
      const controller = new AbortController();
      const call = refusal(rpc.getUser({}, { signal: controller.signal }));
      await until(() => calls.count === 1);
      controller.abort();
      expect((await call).code).toBe(Code.Canceled);
      if (tested.outlives !== true) await until(() => calls.all()[0]?.error?.code === Code.Canceled);
    });

    it("does nothing if it was canceled before", async () => {
      const { rpc } = signInAda(world);
      const error = await refusal(rpc.createTeamAccount({ name: "acme" }, { signal: AbortSignal.abort() }));
      expect(error.code).toBe(Code.Canceled);
      expect((await rpc.getUserAccounts({})).accounts).toEqual([]);
    });
  });
}

/** Resolves when a condition holds. That may need a message from one side to the other. */
async function until(holds: () => boolean): Promise<void> {
  for (let turn = 0; turn < 1_000; turn++) {
    if (holds()) return;
    await new Promise((resolve) => setTimeout(resolve));
  }
  throw new Error("the condition never held");
}
