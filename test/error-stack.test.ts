import { VydonClient, type VydonClientOptions } from "tenantry";
import { createMockServer } from "tenantry/mock";
import { describe, expect, it } from "vitest";
import { failureOf } from "./support/promises.js";

const server = createMockServer();
const unknownAccountId = "7a1c4c39-5d0e-4d2c-9a3c-0f6a3a3f9d10";

function clientOfAda(options: Partial<VydonClientOptions> = {}) {
  return new VydonClient({ ...server.vydon.signIn({ email: "ada@example.com" }).connect(), ...options });
}

/** Calls that fail, each in a function whose name must be in the stack. */
const failures: Record<string, (client: VydonClient) => Promise<unknown>> = {
  async inMyCall(client) {
    await client.accounts.createTeam({ name: "NOT A NAME" });
  },
  async inMyResponse(client) {
    await client.accounts.createTeam({ name: "NOT A NAME" }).withResponse();
  },
  async inMyLoop(client) {
    for await (const { email } of client.members.list(unknownAccountId)) expect(email).toBe("never reached");
  },
  async inMyPages(client) {
    for await (const { items } of client.members.list(unknownAccountId).pages())
      expect(items).toBe("never reached");
  },
  async inMyFirstPage(client) {
    await client.members.list(unknownAccountId);
  },
  async inMyListResponse(client) {
    await client.members.list(unknownAccountId).withResponse();
  },
  async inMyArray(client) {
    await client.members.list(unknownAccountId).toArray();
  },
  async inMyFirstItem(client) {
    await client.members.list(unknownAccountId).first();
  },
  async inMyWait(client) {
    await client.billing.waitUntilValid(unknownAccountId);
  },
  async inMyArguments(client) {
    await client.accounts.createTeam({ name: "" });
  },
  async inMyAbort(client) {
    await client.users.current({ signal: AbortSignal.abort() });
  },
};

// Only V8 adds the code that awaits a promise to the stack.
describe("an error's stack names the function that made the call", () => {
  it.each(Object.entries(failures))("%s", async (name, fail) => {
    const error = await failureOf(fail(clientOfAda()));
    expect(error).toMatchObject({ stack: expect.stringContaining(name) });
  });

  it.each(Object.entries(failures))("%s, with hooks and `attemptTimeoutMs`", async (name, fail) => {
    const client = clientOfAda({ hooks: { onRequest() {} }, attemptTimeoutMs: 1_000 });
    const error = await failureOf(fail(client));
    expect(error).toMatchObject({ stack: expect.stringContaining(name) });
  });

  it("inMyRetriedCall, after retries", async () => {
    async function inMyRetriedCall() {
      await clientOfAda().users.current();
    }
    const fault = server.faults.inject({ method: "GetUser", code: "unavailable" });
    const error = await failureOf(inMyRetriedCall());
    fault.remove();
    expect(error).toMatchObject({ attempts: 4, stack: expect.stringContaining("inMyRetriedCall") });
  });

  it("in its first line, but for Node's own", async () => {
    async function inMyCall() {
      await clientOfAda().accounts.createTeam({ name: "NOT A NAME" });
    }
    const error = await failureOf(inMyCall());
    // Node's queue of promise callbacks is in the stack or not, which depends on how the response arrived.
    const [first] = String(Reflect.get(Object(error), "stack")).match(/^ +at (?!.*\(node:).*$/m) ?? [];
    expect(first).toContain("inMyCall");
  });

  it("after the error's name and message", async () => {
    const error = await failureOf(clientOfAda().members.list(unknownAccountId).toArray());
    expect(error).toMatchObject({
      stack: expect.stringMatching(/^PermissionDeniedError: GetTeamAccountMembers: user is not in account\n/),
    });
  });
});
