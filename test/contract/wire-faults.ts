import { Code } from "@connectrpc/connect";
import type { WireFault } from "tenantry/mock";
import { describe, expect, it } from "vitest";
import { connectErrorOf, openWorld, signInAda, type TestedTransport, waitOf } from "./world.js";

const beforeServer: readonly WireFault[] = ["html_502", "html_429", "reset"];
const afterServer: readonly WireFault[] = ["lost_response", "cut_json", "cut_body", "wrong_content_type"];

/** Tests the wire faults that a transport can produce, and the error for those that it cannot. */
export function wireFaults(tested: TestedTransport): void {
  const { cannot = [], forgives = [] } = tested;
  const can = (wire: WireFault) => !cannot.includes(wire) && !forgives.includes(wire);

  describe("wire faults", () => {
    const world = openWorld(tested);

    it.each(beforeServer.filter(can))("%s makes a call fail before the server handles it", async (wire) => {
      const { rpc } = signInAda(world);
      world.server.faults.inject({ method: "CreateTeamAccount", wire, times: 1 });
      await connectErrorOf(rpc.createTeamAccount({ name: "acme" }));
      expect((await rpc.getUserAccounts({})).accounts).toEqual([]);
      expect(world.server.calls.of("CreateTeamAccount")).toMatchObject([{ wire, response: undefined }]);
      await rpc.createTeamAccount({ name: "acme" });
    });

    it.each(afterServer.filter(can))("%s makes a call fail after the server has handled it", async (wire) => {
      const { rpc } = signInAda(world);
      world.server.faults.inject({ method: "CreateTeamAccount", wire, times: 1 });
      await connectErrorOf(rpc.createTeamAccount({ name: "acme" }));
      const { accounts } = await rpc.getUserAccounts({});
      expect(accounts).toMatchObject([{ name: "acme" }]);
      const [call] = world.server.calls.of("CreateTeamAccount");
      expect(call).toMatchObject({ wire, error: undefined, caller: { kind: "user" } });
      expect(call?.response?.accountId).toBe(accounts[0]?.id);
    });

    it.each(forgives)("%s does not make a call fail, because the client accepts it", async (wire) => {
      const { rpc, userId } = signInAda(world);
      world.server.faults.inject({ method: "GetUser", wire });
      expect((await rpc.getUser({})).userId).toBe(userId);
      expect(world.server.calls.of("GetUser")).toMatchObject([{ wire }]);
    });

    it("cut_json also works for an empty response", async () => {
      const { rpc, userId } = signInAda(world);
      const { accountId } = await rpc.createTeamAccount({ name: "acme" });
      world.server.faults.inject({ method: "RemoveTeamAccountMember", wire: "cut_json" });
      await connectErrorOf(rpc.removeTeamAccountMember({ accountId, userId }));
      expect((await rpc.isUserInAccount({ accountId })).ok).toBe(false);
    });

    it("drip delivers the whole response, after `latencyMs` of the server's clock", async () => {
      const { rpc, userId } = signInAda(world);
      world.server.faults.inject({ method: "GetUser", wire: "drip", latencyMs: 60_000 });
      const started = world.server.clock.now();
      expect((await rpc.getUser({})).userId).toBe(userId);
      expect(world.server.clock.now() - started).toBe(60_000);
    });

    it("html_429 with `retryAfter` makes the error contain the time to wait", async () => {
      const { rpc } = signInAda(world);
      world.server.faults.inject({ method: "GetUser", wire: "html_429", retryAfter: "30s" });
      const { metadata } = await connectErrorOf(rpc.getUser({}));
      expect(Object.fromEntries(metadata)).toMatchObject(waitOf(tested, 30));
    });

    it.each(cannot)(
      "%s makes the call fail with an error that explains why it cannot apply, and writes nothing",
      async (wire) => {
        const { rpc } = signInAda(world);
        world.server.faults.inject({ method: "CreateTeamAccount", wire, times: 1 });
        const error = await connectErrorOf(rpc.createTeamAccount({ name: "acme" }));
        expect(error.code).toBe(Code.Internal);
        expect(error.rawMessage).toBe(
          `the fault "${wire}" cannot be applied to vydon.CreateTeamAccount: the call came through server.transport(), which has ` +
            "no connection to break. Use server.fetch (session.connect() has it) or the URL of a listener (tenantry/mock/node).",
        );
        expect((await rpc.getUserAccounts({})).accounts).toEqual([]);
      },
    );
  });
}
