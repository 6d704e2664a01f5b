import { Code } from "@connectrpc/connect";
import { describe, expect, it } from "vitest";
import type { WireFault } from "../../src/mock/index.js";
import { openWorld, refusal, signInAda, type TestedTransport, waitOf } from "./world.js";

const before: readonly WireFault[] = ["html_502", "html_429", "reset"];
const after: readonly WireFault[] = ["lost_answer", "cut_json", "cut_body", "wrong_content_type"];

/** Faults of responses on their way, through transports that can produce them and through those that cannot. */
export function wireFaults(tested: TestedTransport): void {
  const { cannot = [], forgives = [] } = tested;
  const can = (wire: WireFault) => !cannot.includes(wire) && !forgives.includes(wire);

  describe("wire faults", () => {
    const world = openWorld(tested);

    it.each(before.filter(can))("%s fails a call that the server never sees", async (wire) => {
      const { rpc } = signInAda(world);
      world.server.faults.inject({ method: "CreateTeamAccount", wire, times: 1 });
      await refusal(rpc.createTeamAccount({ name: "acme" }));
      expect((await rpc.getUserAccounts({})).accounts).toEqual([]);
      expect(world.server.calls.of("CreateTeamAccount")).toMatchObject([{ wire, response: undefined }]);
      await rpc.createTeamAccount({ name: "acme" });
    });

    it.each(after.filter(can))("%s fails a call that the server has answered", async (wire) => {
      const { rpc } = signInAda(world);
      world.server.faults.inject({ method: "CreateTeamAccount", wire, times: 1 });
      await refusal(rpc.createTeamAccount({ name: "acme" }));
      const { accounts } = await rpc.getUserAccounts({});
      expect(accounts).toMatchObject([{ name: "acme" }]);
      const [call] = world.server.calls.of("CreateTeamAccount");
      expect(call).toMatchObject({ wire, error: undefined, caller: { kind: "user" } });
      expect(call?.response?.accountId).toBe(accounts[0]?.id);
    });

    it.each(forgives)("%s is forgiven", async (wire) => {
      const { rpc, userId } = signInAda(world);
      world.server.faults.inject({ method: "GetUser", wire });
      expect((await rpc.getUser({})).userId).toBe(userId);
      expect(world.server.calls.of("GetUser")).toMatchObject([{ wire }]);
    });

    it("an empty answer can be cut, too", async () => {
      const { rpc, userId } = signInAda(world);
      const { accountId } = await rpc.createTeamAccount({ name: "acme" });
      world.server.faults.inject({ method: "RemoveTeamAccountMember", wire: "cut_json" });
      await refusal(rpc.removeTeamAccountMember({ accountId, userId }));
      expect((await rpc.isUserInAccount({ accountId })).ok).toBe(false);
    });

    it("an answer that drips comes in the end, on the server's clock", async () => {
      const { rpc, userId } = signInAda(world);
      world.server.faults.inject({ method: "GetUser", wire: "drip", latencyMs: 60_000 });
      const started = world.server.clock.now();
      expect((await rpc.getUser({})).userId).toBe(userId);
      expect(world.server.clock.now() - started).toBe(60_000);
    });

    it("a page that asks for patience says how long", async () => {
      const { rpc } = signInAda(world);
      world.server.faults.inject({ method: "GetUser", wire: "html_429", retryAfter: "30s" });
      const { metadata } = await refusal(rpc.getUser({}));
      expect(Object.fromEntries(metadata)).toMatchObject(waitOf(tested, 30));
    });

    it.each(cannot)("%s fails the call with an explanation, and nothing is written", async (wire) => {
      const { rpc } = signInAda(world);
      world.server.faults.inject({ method: "CreateTeamAccount", wire, times: 1 });
      const error = await refusal(rpc.createTeamAccount({ name: "acme" }));
      expect(error.code).toBe(Code.Internal);
      expect(error.rawMessage).toBe(
        `the fault "${wire}" cannot be applied to vydon.CreateTeamAccount: the call came through server.transport(), which has ` +
          "no connection to break. Use server.fetch (session.connect() has it) or the URL of a listener (tenantry/mock/node).",
      );
      expect((await rpc.getUserAccounts({})).accounts).toEqual([]);
    });
  });
}
