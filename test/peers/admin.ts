import { createMockServer } from "tenantry/mock";
import { listen } from "tenantry/mock/node";
import { expect, it } from "vitest";
import type { Peer } from "./peer.js";

const service = "tenantry.mock.v1.AdminService";

/** Tests that a peer can use the admin service for a whole test of an application in another language. */
export function adminFor(peer: Peer): void {
  it(`AdminService, called by ${peer.name}, seeds, injects faults, advances the clock and lists calls`, async () => {
    await using listener = await listen(createMockServer(), { admin: true });
    const call = (rpc: string, request = {}, token?: string) =>
      peer.call(listener.url, { rpc, request, ...(token !== undefined && { token }) });
    const seed = { vydon: { users: [{ email: "ada@example.com", token: "ada" }] } };
    expect(await call(`${service}/Seed`, { seed })).toEqual({ code: "ok", response: {} });
    await call(`${service}/InjectFault`, { fault: { method: "GetUser", code: "unavailable", times: 1 } });
    expect(await call("mgmt.v1alpha1.UserAccountService/GetUser", {}, "ada")).toMatchObject({
      code: "unavailable",
    });
    expect(await call(`${service}/AdvanceClock`, { by: "90000s" })).toEqual({
      code: "ok",
      response: { clock: { now: "2026-01-02T01:00:00Z" } },
    });
    expect(await call(`${service}/ListCalls`)).toMatchObject({
      code: "ok",
      response: { calls: [{ api: "vydon", method: "GetUser", code: "unavailable" }] },
    });
    expect(await call(`${service}/Seed`, { seed: { vydn: {} } })).toMatchObject({
      code: "invalid_argument",
      message: 'seed.vydn is not known: did you mean "vydon"?',
    });
  });
}
