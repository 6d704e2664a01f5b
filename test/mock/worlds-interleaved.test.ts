import { createClient, type Transport } from "@connectrpc/connect";
import {
  createConnectTransport,
  createGrpcTransport,
  createGrpcWebTransport,
} from "@connectrpc/connect-node";
import { createMockServer, type MockServer } from "tenantry/mock";
import { listen } from "tenantry/mock/node";
import { UserAccountService } from "tenantry/proto/vydon";
import { expect, it } from "vitest";

const email = "ada@example.com";
const seed = { vydon: { accounts: [{ name: "acme", members: [{ email }] }] } };

const tests = 1_000;
const worlds = 64;
const wire = [createConnectTransport, createGrpcTransport, createGrpcWebTransport];

function newServer(): MockServer {
  const server = createMockServer();
  server.seed(seed);
  return server;
}

/**
 * One test of an app, with a token, an id, an error, a fault and time in it. It gets a world as the last test left it, and puts it back
 * first. Returns all that it saw.
 */
async function appTest(world: MockServer, number: number, transport: Transport): Promise<unknown[]> {
  world.reset();
  const { token } = world.vydon.signIn({ email });
  const client = createClient(UserAccountService, transport);
  const options = { headers: { authorization: `Bearer ${token}` } };
  const { accountId } = await client.createTeamAccount({ name: `team-${number}` }, options);
  world.faults.inject({ method: "InviteUserToTeamAccount", code: "unavailable", times: number % 2 });
  const invite = () =>
    client.inviteUserToTeamAccount({ accountId, email: `user-${number}@example.com` }, options).then(
      (response) => response.invite?.token,
      (reason: unknown) => String(reason),
    );
  const invites = [await invite(), await invite()];
  world.clock.advance(number * 1_000);
  const { accounts } = await client.getUserAccounts({}, options);
  return [
    ...[token, accountId, invites, world.clock.now()],
    accounts.map(({ name }) => name),
    world.calls.all().map(({ method, error }) => [method, error?.code]),
  ];
}

/** The tests that a worker of a test runner runs in its world, one after the other. */
async function worker(server: MockServer, index: number, transport: (world: MockServer) => Transport) {
  const world = server.worlds.create(`worker-${index}`);
  const results: [number, unknown[]][] = [];
  for (let number = index; number < tests; number += worlds) {
    results.push([number, await appTest(world, number, transport(world))]);
  }
  return results;
}

const workers = Array.from({ length: worlds }, (_, index) => index);

it("1,000 tests over 64 worlds get the same responses at the same time through one port as one after the other", async () => {
  const alone: unknown[] = [];
  for (const index of workers) alone.push(await worker(newServer(), index, (world) => world.transport()));

  const server = newServer();
  await using listener = await listen(server);
  const together = await Promise.all(
    workers.map((index) => {
      // Some name the world in the path, others only by the token.
      const baseUrl = index % 2 === 0 ? `${listener.url}/w/worker-${index}` : listener.url;
      const transport = wire[index % wire.length]?.({ baseUrl, httpVersion: index % 3 === 0 ? "1.1" : "2" });
      if (transport === undefined) throw new Error("no transport");
      return worker(server, index, () => transport);
    }),
  );
  expect(together.flat().length).toBe(tests);
  expect(together).toEqual(alone);
  expect(server.calls.count).toBe(0);
});
