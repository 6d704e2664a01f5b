import { OnaClient } from "tenantry";
import { describe, expect, it } from "vitest";
import { VirtualClock } from "../../src/mock/engine/time/virtual-clock.js";
import { failureOf } from "../support/promises.js";
import { scripted } from "../support/scripted.js";

describe("OnaClient, if the server is not available", () => {
  /** Returns how often a call is sent. */
  async function attemptsOf(call: (client: OnaClient) => PromiseLike<unknown>): Promise<number> {
    const clock = new VirtualClock();
    const { sent, transport } = scripted(clock, "unavailable");
    await failureOf(Promise.resolve(call(new OnaClient({ transport, clock, retry: { maxAttempts: 3 } }))));
    return sent.length;
  }

  it.each<[string, (client: OnaClient) => PromiseLike<unknown>]>([
    ["organizations.create", ({ organizations }) => organizations.create({ name: "Acme" })],
    ["organizations.delete", ({ organizations }) => organizations.delete("1")],
    ["organizations.join", ({ organizations }) => organizations.join("1")],
    ["members.remove", ({ members }) => members.remove("1", "2")],
    ["invites.create", ({ invites }) => invites.create("1")],
    ["invites.accept", ({ invites }) => invites.accept("1")],
    ["users.delete", ({ users }) => users.delete("1")],
    ["tokens.create", ({ tokens }) => tokens.create("1", { description: "backup" })],
    ["tokens.delete", ({ tokens }) => tokens.delete("1")],
    ["identity.exchangeToken", ({ identity }) => identity.exchangeToken("secret")],
    ["domains.create", ({ domains }) => domains.create("1", { domain: "example.com" })],
    ["domains.verify", ({ domains }) => domains.verify("1")],
    ["domains.delete", ({ domains }) => domains.delete("1")],
  ])("sends %s once", async (_name, call) => {
    expect(await attemptsOf(call)).toBe(1);
  });

  it.each<[string, (client: OnaClient) => PromiseLike<unknown>]>([
    ["organizations.update", ({ organizations }) => organizations.update("1", { name: "Acme" })],
    ["members.setRole", ({ members }) => members.setRole("1", "2", "admin")],
    ["invites.get", ({ invites }) => invites.get("1")],
    ["users.suspend", ({ users }) => users.suspend("1")],
    ["billing.cumulativeUsage", ({ billing }) => billing.cumulativeUsage("1")],
  ])("retries %s, because it is idempotent", async (_name, call) => {
    expect(await attemptsOf(call)).toBe(3);
  });
});
