import {
  FamClient,
  InvalidArgumentError,
  refreshableToken,
  type TokenSource,
  UnauthenticatedError,
} from "tenantry";
import { createMockServer } from "tenantry/mock";
import { describe, expect, it } from "vitest";
import { failureOf } from "../support/scripted.js";

/** A server on which Grace is invited, and the secret that she got. */
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
  it("returns the pair of tokens, to a client without a token", async () => {
    const { address, acceptance } = invited();
    const tokens = await new FamClient(address).invites.accept(acceptance);
    expect(tokens).toEqual({ accessToken: expect.any(String), refreshToken: expect.any(String) });
  });

  it("signs the client's refreshable source in as the new member", async () => {
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

    // The access token has expired, the refresh token has not.
    clock.advance("2h");
    expect((await client.accounts.permissions()).userId).toBe(userId);
  });

  it("passes the pair to a custom source, also of a client made by `withOptions`", async () => {
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

  it("asks the source for no token", async () => {
    const { address, acceptance } = invited();
    const auth = () => Promise.reject(new Error("nobody has signed in"));
    const client = new FamClient({ ...address, auth });
    await expect(client.accounts.permissions()).rejects.toThrow("nobody has signed in");
    await client.invites.accept(acceptance);
  });

  it("passes the pair to the source once, with `withResponse` too", async () => {
    const { address, acceptance } = invited();
    const accepted: unknown[] = [];
    const auth: TokenSource = {
      token: async () => "unknown",
      accept: async (tokens) => void accepted.push(tokens),
    };
    const { data, status } = await new FamClient({ ...address, auth }).invites
      .accept(acceptance)
      .withResponse();
    expect(status).toBe(200);
    expect(accepted).toEqual([data]);
  });

  it("rejects if the source cannot take the pair", async () => {
    const { address, acceptance } = invited();
    const accept = () => Promise.reject(new Error("the disk is full"));
    const client = new FamClient({ ...address, auth: { token: async () => "unknown", accept } });
    await expect(client.invites.accept(acceptance).withResponse()).rejects.toThrow("the disk is full");
  });

  it("does not ask for a token if the server refuses", async () => {
    const { server, address, acceptance } = invited();
    server.faults.inject({ method: "AcceptInvitation", code: "unauthenticated" });
    const error = await failureOf(new FamClient(address).invites.accept(acceptance));
    expect(error).toBeInstanceOf(UnauthenticatedError);
    expect(String(error)).not.toContain("set `auth`");
  });

  it("sends no token, but all other headers", async () => {
    const { server, address, acceptance } = invited();
    const sent: Headers[] = [];
    const fetch: typeof globalThis.fetch = (input, init) => {
      sent.push(new Headers(init?.headers));
      return server.fetch(input, init);
    };
    const headers = { "x-team": "acme" };
    const client = new FamClient({ ...address, auth: "secret", headers, fetch });
    await client.invites.accept(acceptance);
    await client.accounts.permissions().catch(() => {});
    expect(sent.map((headers) => [headers.get("authorization"), headers.get("x-team")])).toEqual([
      [null, "acme"],
      ["Bearer secret", "acme"],
    ]);
  });
});

describe("a password", () => {
  it("does not show in an error that repeats it", async () => {
    const message = "correct horse is too short for from-the-mail";
    const fetch = async () => Response.json({ code: "invalid_argument", message }, { status: 400 });
    const client = new FamClient({ baseUrl: "https://fam.example.com", fetch });
    const error = await failureOf(
      client.invites.accept({ token: "from-the-mail", password: "correct horse", code: "42" }),
    );
    expect(error).toMatchObject({ message: "AcceptInvitation: [secret] is too short for [secret]" });
  });

  const remote = "http://fam.example.com";

  it.each([
    ["without `auth`", { baseUrl: remote }],
    ["with `auth`", { baseUrl: remote, auth: "t" }],
    ["with a URL object", { baseUrl: new URL(remote) }],
    ["with `allowInsecureAuth: false`", { baseUrl: remote, allowInsecureAuth: false }],
  ])("does not go to another machine over plain http: a client %s is refused", (_what, options) => {
    expect(() => new FamClient(options)).toThrow(InvalidArgumentError);
    expect(() => new FamClient(options)).toThrow(
      "baseUrl is plain http: use https, or set allowInsecureAuth",
    );
  });

  it.each([
    { baseUrl: "http://localhost:4010" },
    { baseUrl: "http://127.0.0.1:4010" },
    { baseUrl: "http://[::1]:4010", auth: "t" },
    { baseUrl: remote, allowInsecureAuth: true },
    { baseUrl: "https://fam.example.com" },
  ])("may go to %j", (options) => {
    expect(() => new FamClient(options).withOptions({ timeoutMs: 1_000 })).not.toThrow();
  });
});
