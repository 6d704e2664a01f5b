import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { createClient } from "@connectrpc/connect";
import { createMockServer, type MockServer } from "tenantry/mock";
import { describe, expect, it } from "vitest";
import { UserAccountService } from "../../gen/mgmt/v1alpha1/user_account_pb.js";
import { withToken } from "../contract/world.js";

/** Does what one test file might do, with a time and faults of its own. Returns what it has seen. */
async function scenario(server: MockServer, name: string, index: number): Promise<unknown> {
  const { userId, token } = server.vydon.signIn({ email: `${name}@example.com` });
  const rpc = createClient(UserAccountService, withToken(server.transport(), token));
  server.faults.inject({ method: "CreateTeamAccount", code: "unavailable", times: index % 3 });
  for (let failed = 0; failed < index % 3; failed++) await rpc.createTeamAccount({ name }).catch(() => {});
  const { accountId } = await rpc.createTeamAccount({ name });
  server.clock.advance(index);
  await rpc.inviteUserToTeamAccount({ accountId, email: "grace@example.com" });
  server.faults.inject({ method: "GetTeamAccountInvites", latencyMs: index });
  const { invites } = await rpc.getTeamAccountInvites({ accountId });
  const { users } = await rpc.getTeamAccountMembers({ accountId });
  const { accounts } = await rpc.getUserAccounts({});
  return {
    ids: [userId, accountId, invites[0]?.id],
    invites: invites.length,
    members: users.map(({ email }) => email),
    accounts: accounts.map((account) => account.name),
    now: server.clock.now(),
    calls: server.calls.all().map(({ method, error }) => [method, error?.code]),
  };
}

const names = Array.from({ length: 50 }, (_, index) => `user-${index}`);

describe("fifty servers at once", () => {
  it("never see each other's state", async () => {
    const alone: unknown[] = [];
    for (const [index, name] of names.entries()) alone.push(await scenario(createMockServer(), name, index));
    const together = await Promise.all(names.map((name, index) => scenario(createMockServer(), name, index)));
    expect(together).toEqual(alone);
  });

  it("never see each other's state if they are forks of one server", async () => {
    const template = createMockServer();
    template.seed({ vydon: { accounts: [{ name: "acme", members: [{ email: "ada@example.com" }] }] } });
    const before = template.snapshot();
    const alone: unknown[] = [];
    for (const [index, name] of names.entries()) alone.push(await scenario(template.fork(), name, index));
    const forks = names.map(() => template.fork());
    const together = await Promise.all(forks.map((fork, index) => scenario(fork, names[index] ?? "", index)));
    expect(together).toEqual(alone);
    expect(template.snapshot()).toEqual(before);
    expect(template.calls.count).toBe(0);
  });
});

describe("ten thousand forks", () => {
  it("are freed when they are dropped", () => {
    const template = createMockServer();
    const members = Array.from({ length: 1_000 }, (_, index) => ({ email: `user-${index}@example.com` }));
    template.seed({ vydon: { accounts: [{ name: "acme", members }] } });
    const fork = () => template.fork().vydon.signIn({ email: "user-7@example.com" });
    for (let index = 0; index < 100; index++) fork();
    const before = heap();
    for (let index = 0; index < 10_000; index++) fork();
    // If they were kept, with the rows that each wrote, they would take hundreds of megabytes.
    expect(heap() - before).toBeLessThan(5 * 2 ** 20);
  });
});

/** Returns the size of the objects that are still in use, in bytes. */
function heap(): number {
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
  return process.memoryUsage().heapUsed;
}
