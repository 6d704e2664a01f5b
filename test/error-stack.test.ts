import { type ClientOptions, VydonClient } from "tenantry";
import { createMockServer } from "tenantry/mock";
import { describe, expect, it } from "vitest";

const server = createMockServer();
const elsewhere = "7a1c4c39-5d0e-4d2c-9a3c-0f6a3a3f9d10";

function clientOfAda(options: Partial<ClientOptions> = {}) {
  return new VydonClient({ ...server.vydon.signIn({ email: "ada@example.com" }).connect(), ...options });
}

/** Each way to fail, in a function of the name that the stack must have. */
const failures: Record<string, (client: VydonClient) => Promise<unknown>> = {
  async inMyCall(client) {
    await client.accounts.createTeam({ name: "NOT A NAME" });
  },
  async inMyResponse(client) {
    await client.accounts.createTeam({ name: "NOT A NAME" }).withResponse();
  },
  async inMyLoop(client) {
    for await (const { email } of client.members.list(elsewhere)) expect(email).toBe("never reached");
  },
  async inMyPages(client) {
    for await (const { items } of client.members.list(elsewhere).pages()) expect(items).toBe("never reached");
  },
  async inMyFirstPage(client) {
    await client.members.list(elsewhere);
  },
  async inMyListResponse(client) {
    await client.members.list(elsewhere).withResponse();
  },
  async inMyArray(client) {
    await client.members.list(elsewhere).toArray();
  },
  async inMyFirstItem(client) {
    await client.members.list(elsewhere).first();
  },
  async inMyWait(client) {
    await client.billing.waitUntilValid(elsewhere);
  },
  async inMyArguments(client) {
    await client.accounts.createTeam({ name: "" });
  },
  async inMyAbort(client) {
    await client.users.current({ signal: AbortSignal.abort() });
  },
};

// V8 alone follows promises to the code that awaits them.
describe("an error's stack names the function that made the call", () => {
  it.each(Object.entries(failures))("%s", async (name, fail) => {
    const error = await fail(clientOfAda()).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ stack: expect.stringContaining(name) });
  });

  it.each(Object.entries(failures))("%s, with hooks and a limit for each attempt", async (name, fail) => {
    const client = clientOfAda({ hooks: { onRequest() {} }, attemptTimeoutMs: 1_000 });
    const error = await fail(client).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ stack: expect.stringContaining(name) });
  });

  it("after retries, too", async () => {
    async function inMyRetriedCall() {
      await clientOfAda().users.current();
    }
    const fault = server.faults.inject({ method: "GetUser", code: "unavailable" });
    const error = await inMyRetriedCall().catch((reason: unknown) => reason);
    fault.remove();
    expect(error).toMatchObject({ attempts: 4, stack: expect.stringContaining("inMyRetriedCall") });
  });

  it("begins with the error's name and text", async () => {
    const error = await clientOfAda()
      .members.list(elsewhere)
      .toArray()
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      stack: expect.stringMatching(/^PermissionDeniedError: GetTeamAccountMembers: user is not in account\n/),
    });
  });
});
