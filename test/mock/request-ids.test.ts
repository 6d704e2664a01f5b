import { createClient } from "@connectrpc/connect";
import {
  createConnectTransport,
  createGrpcTransport,
  createGrpcWebTransport,
} from "@connectrpc/connect-node";
import { VydonClient } from "tenantry";
import { createMockServer } from "tenantry/mock";
import { listen } from "tenantry/mock/node";
import { UserAccountService } from "tenantry/proto/vydon";
import { describe, expect, it } from "vitest";
import { connectErrorOf } from "../contract/world.js";
import { apiErrorOf } from "../support/promises.js";

const email = "ada@example.com";

/** The request ids of a call that succeeds and of one that fails. */
async function idsOf(options: { requestIds?: boolean; randomSeed?: number }) {
  const server = createMockServer(options);
  const client = new VydonClient({ ...server.vydon.signIn({ email }).connect(), retry: false });
  const { requestId } = await client.accounts.createTeam({ name: "acme" }).withResponse();
  const error = await apiErrorOf(client.accounts.createTeam({ name: "No!" }));
  return { server, ids: [requestId, error.requestId] };
}

describe("request ids", () => {
  it("are not sent by default, as by the real servers", async () => {
    const { server, ids } = await idsOf({});
    expect(ids).toEqual([undefined, undefined]);
    expect(server.calls.all().map(({ requestId }) => requestId)).toEqual([undefined, undefined]);
  });

  it("are sent if a test of an error page needs them, and are in the log", async () => {
    const { server, ids } = await idsOf({ requestIds: true });
    expect(new Set(ids).size).toBe(2);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f-]{36}$/);
    expect(server.calls.all().map(({ requestId }) => requestId)).toEqual(ids);
  });

  it("are sent with the page of a gateway, too", async () => {
    const server = createMockServer({ requestIds: true });
    const client = new VydonClient({ ...server.vydon.signIn({ email }).connect(), retry: false });
    server.faults.inject({ wire: "html_502" });
    const { requestId } = await apiErrorOf(client.users.current());
    expect(requestId).toBeTypeOf("string");
    expect(server.calls.all()).toMatchObject([{ requestId }]);
  });

  it("come from the random seed, and change no other id", async () => {
    const first = await idsOf({ requestIds: true });
    expect((await idsOf({ requestIds: true })).ids).toEqual(first.ids);
    expect((await idsOf({ requestIds: true, randomSeed: 2 })).ids).not.toEqual(first.ids);
    const accountId = ({ server }: typeof first) => server.vydon.account("acme").id;
    expect(accountId(first)).toBe(accountId(await idsOf({})));
    const world = first.server.worlds.create("a");
    const { requestId } = await new VydonClient(world.vydon.signIn({ email }).connect()).users
      .current()
      .withResponse();
    expect(first.ids).not.toContain(requestId);
    first.server.reset();
    const again = new VydonClient(first.server.vydon.signIn({ email }).connect());
    expect((await again.users.current().withResponse()).requestId).toBe(first.ids[0]);
  });

  it.each([
    ["Connect", createConnectTransport, "1.1"],
    ["gRPC", createGrpcTransport, "2"],
    ["gRPC-Web", createGrpcWebTransport, "1.1"],
  ] as const)("arrive by %s", async (_, create, httpVersion) => {
    const server = createMockServer({ requestIds: true });
    await using listener = await listen(server);
    const { token } = server.vydon.signIn({ email });
    const client = createClient(UserAccountService, create({ baseUrl: listener.url, httpVersion }));
    let ofResponse: string | null = null;
    await client.getUser(
      {},
      {
        headers: { authorization: `Bearer ${token}` },
        onHeader: (headers) => {
          ofResponse = headers.get("x-request-id");
        },
      },
    );
    const { metadata } = await connectErrorOf(client.getUser({}));
    const logged = server.calls.all().map(({ requestId }) => requestId);
    expect(logged).toEqual([expect.any(String), expect.any(String)]);
    expect([ofResponse, metadata.get("x-request-id")]).toEqual(logged);
  });
});
