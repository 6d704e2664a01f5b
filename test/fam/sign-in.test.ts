import {
  ApiError,
  CanceledError,
  DeadlineExceededError,
  FamClient,
  InvalidArgumentError,
  refreshableToken,
  type TokenSource,
  UnauthenticatedError,
} from "tenantry";
import { createMockServer } from "tenantry/mock";
import { describe, expect, it } from "vitest";
import { failureOf } from "../support/promises.js";

/** Creates a server with an invite for Grace, and her invite token. */
function inviteGrace() {
  const server = createMockServer();
  const token = "from-the-mail";
  const members = [{ email: "ada@example.com" }];
  const invites = [{ email: "grace@example.com", relations: ["admin"], token }];
  server.seed({ fam: { accounts: [{ name: "Acme", members, invites }] } });
  const { auth: _, ...address } = server.fam.signIn({ email: "ada@example.com" }).connect();
  return { server, address, acceptance: { token, password: "correct horse" } };
}

describe("FamClient.invites.accept()", () => {
  it("returns an access and a refresh token, and needs no token", async () => {
    const { address, acceptance } = inviteGrace();
    const tokens = await new FamClient(address).invites.accept(acceptance);
    expect(tokens).toEqual({ accessToken: expect.any(String), refreshToken: expect.any(String) });
  });

  it("signs the client's refreshableToken in as the new member", async () => {
    const { server, address, acceptance } = inviteGrace();
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

  it("passes the tokens to a custom TokenSource, also after withOptions()", async () => {
    const { address, acceptance } = inviteGrace();
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

  it("does not call `auth` for a token", async () => {
    const { address, acceptance } = inviteGrace();
    const auth = () => Promise.reject(new Error("not signed in"));
    const client = new FamClient({ ...address, auth });
    await expect(client.accounts.permissions()).rejects.toThrow("not signed in");
    await client.invites.accept(acceptance);
  });

  it("passes the tokens to the TokenSource once if withResponse() is used", async () => {
    const { address, acceptance } = inviteGrace();
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

  it("rejects with the new tokens in `error.partial` if the TokenSource's accept() rejects", async () => {
    const { address, acceptance } = inviteGrace();
    const accept = () => Promise.reject(new Error("the disk is full"));
    const client = new FamClient({ ...address, auth: { token: async () => "unknown", accept } });
    const error = await failureOf(client.invites.accept(acceptance).withResponse());
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({
      message: expect.stringContaining("the disk is full"),
      partial: { accessToken: expect.any(String), refreshToken: expect.any(String) },
    });
  });

  it("ends at its time limit or abort, also while the TokenSource's accept() is under way", async () => {
    for (const how of ["time limit", "abort"]) {
      const { server, address, acceptance } = inviteGrace();
      const controller = new AbortController();
      const accept = () => {
        if (how === "abort") controller.abort();
        else server.clock.advance(5_000);
        return new Promise<void>(() => {});
      };
      const client = new FamClient({ ...address, auth: { token: async () => "unknown", accept } });
      const options = { timeoutMs: 5_000, signal: controller.signal };
      const error = await failureOf(client.invites.accept(acceptance, options));
      expect(error).toBeInstanceOf(how === "abort" ? CanceledError : DeadlineExceededError);
    }
  });

  it("rejects without advice to set `auth` if the server responds with unauthenticated", async () => {
    const { server, address, acceptance } = inviteGrace();
    server.faults.inject({ method: "AcceptInvitation", code: "unauthenticated" });
    const error = await failureOf(new FamClient(address).invites.accept(acceptance));
    expect(error).toBeInstanceOf(UnauthenticatedError);
    expect(String(error)).not.toContain("set `auth`");
  });

  it("sends no authorization header, and all other headers", async () => {
    const { server, address, acceptance } = inviteGrace();
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

describe("FamClient and passwords", () => {
  it("a password in the server's message is replaced by [secret]", async () => {
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
  ])("the constructor throws for plain http to another machine %s", (_what, options) => {
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
  ])("the constructor accepts %j", (options) => {
    expect(() => new FamClient(options).withOptions({ timeoutMs: 1_000 })).not.toThrow();
  });
});
