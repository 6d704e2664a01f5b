import { FamClient, type TokenSource } from "tenantry";
import { createMockServer } from "tenantry/mock";
import { describe, expect, it } from "vitest";
import { refreshableToken } from "../../src/core/tokens.js";

/** A server where Grace has been invited, and has the secret. */
function invited() {
  const server = createMockServer();
  const token = "from-the-mail";
  const members = [{ email: "ada@example.com" }];
  const invites = [{ email: "grace@example.com", relations: ["admin"], token }];
  server.seed({ fam: { accounts: [{ name: "Acme", members, invites }] } });
  const { auth: _, ...address } = server.fam.signIn({ email: "ada@example.com" }).connect();
  return { server, address, acceptance: { token, password: "correct horse" } };
}

describe("invites.accept", () => {
  it("answers the pair of tokens, to a client without a token", async () => {
    const { address, acceptance } = invited();
    const tokens = await new FamClient(address).invites.accept(acceptance);
    expect(tokens).toEqual({ accessToken: expect.any(String), refreshToken: expect.any(String) });
  });

  it("makes a client's refreshable source that of the new member", async () => {
    const { server, address, acceptance } = invited();
    const { clock } = server;
    const auth = refreshableToken({
      clock,
      refresh: ({ refreshToken }) => server.fam.refresh(refreshToken),
    });
    const client = new FamClient({ ...address, auth });
    await client.invites.accept(acceptance);
    const { userId } = await client.accounts.permissions();
    expect(userId).toBe(server.fam.user("grace@example.com").id);

    // The access token has lapsed, the refresh token has not.
    clock.advance("2h");
    expect((await client.accounts.permissions()).userId).toBe(userId);
  });

  it("hands the pair to a source of one's own, through clients made from one another", async () => {
    const { address, acceptance } = invited();
    const accepted: unknown[] = [];
    const auth: TokenSource = {
      token: async () => "unknown",
      accept: async (tokens) => void accepted.push(tokens),
    };
    const client = new FamClient({ ...address, auth }).withOptions({ timeoutMs: 1_000 });
    expect(accepted).toEqual([]);
    const tokens = await client.invites.accept(acceptance);
    expect(accepted).toEqual([tokens]);
  });

  it("asks for no token: there may be none yet", async () => {
    const { address, acceptance } = invited();
    const auth = () => Promise.reject(new Error("nobody has signed in"));
    const client = new FamClient({ ...address, auth });
    await expect(client.accounts.permissions()).rejects.toThrow("nobody has signed in");
    await client.invites.accept(acceptance);
  });

  it("sends no token, and no less of the rest, through the raw client too", async () => {
    const { server, address } = invited();
    const sent: Headers[] = [];
    const fetch: typeof globalThis.fetch = (input, init) => {
      sent.push(new Headers(init?.headers));
      return server.fetch(input, init);
    };
    const client = new FamClient({
      baseUrl: "https://fam.example.com",
      services: address.services,
      auth: "secret",
      headers: { "x-team": "acme" },
      fetch,
    });
    await client.rpc.members.acceptInvitation({ invitationToken: "t" }).catch(() => {});
    await client.rpc.members.listMembers({ accountId: "1" }).catch(() => {});
    expect(sent.map((headers) => [headers.get("authorization"), headers.get("x-team")])).toEqual([
      [null, "acme"],
      ["Bearer secret", "acme"],
    ]);
  });
});
