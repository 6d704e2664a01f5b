import {
  ApiError,
  type ClientOptions,
  InvalidArgumentError,
  NetworkError,
  UnauthenticatedError,
  UnexpectedResponseError,
  VydonClient,
} from "tenantry";
import { createMockServer } from "tenantry/mock";
import { describe, expect, it } from "vitest";

async function failure(work: () => unknown): Promise<ApiError> {
  try {
    await work();
  } catch (error) {
    if (error instanceof ApiError) return error;
    throw error;
  }
  throw new Error("this was to fail");
}

describe("a client's options", () => {
  it.each([
    ["no URL", { baseUrl: "vydon.example.com" }, /absolute http or https URL/],
    ["another protocol", { baseUrl: "ftp://vydon.example.com" }, /absolute http or https URL/],
    ["a password in the URL", { baseUrl: "https://ada:secret@vydon.example.com" }, /user or password/],
    ["a query", { baseUrl: "https://vydon.example.com/?a=1" }, /query or fragment/],
    ["plain http with a token", { baseUrl: "http://vydon.example.com", auth: "t" }, /plain http/],
    ["an empty token", { baseUrl: "https://vydon.example.com", auth: "" }, /auth is no token/],
    ["a token of two lines", { baseUrl: "https://vydon.example.com", auth: "a\nb" }, /auth is no token/],
  ] satisfies [string, ClientOptions, RegExp][])("are refused at once: %s", async (_, options, text) => {
    const error = await failure(() => new VydonClient(options));
    expect(error).toBeInstanceOf(InvalidArgumentError);
    expect(error.message).toMatch(text);
    expect(error.message).not.toContain("secret");
  });

  it.each(["http://localhost:4010", "http://127.0.0.1:4010", "http://[::1]:4010", "http://vydon.localhost"])(
    "may be plain http on this machine: %s",
    (baseUrl) => {
      expect(() => new VydonClient({ baseUrl, auth: "t" })).not.toThrow();
    },
  );

  it("may be plain http elsewhere where one says so, or sends no token", () => {
    const baseUrl = "http://vydon.internal";
    expect(() => new VydonClient({ baseUrl, auth: "t", allowInsecureAuth: true })).not.toThrow();
    expect(() => new VydonClient({ baseUrl })).not.toThrow();
  });
});

describe("a call's arguments", () => {
  it("are refused before anything is sent where they are empty", async () => {
    const server = createMockServer();
    const client = new VydonClient(server.vydon.signIn({ email: "ada@example.com" }).connect());
    const accountId = "7a1c4c39-5d0e-4d2c-9a3c-0f6a3a3f9d10";
    const calls = [
      () => client.members.list("").first(),
      () => client.members.remove(accountId, ""),
      () => client.invites.create(accountId, { email: "" }),
      () => client.invites.accept(""),
      () => client.accounts.createTeam({ name: "" }),
      () => client.billing.status(""),
    ];
    for (const call of calls) {
      const error = await failure(call);
      expect(error).toBeInstanceOf(InvalidArgumentError);
      expect(error.message).toMatch(/^\[invalid_argument\] \w+ must be a string that is not empty$/);
    }
    expect(server.calls.all()).toEqual([]);
  });

  it("are refused by the server's rules otherwise, which the error names", async () => {
    const server = createMockServer();
    const client = new VydonClient(server.vydon.signIn({ email: "ada@example.com" }).connect());
    const error = await failure(() => client.members.list("not-a-uuid"));
    expect(error).toBeInstanceOf(InvalidArgumentError);
    expect(error).toMatchObject({
      method: "mgmt.v1alpha1.UserAccountService/GetTeamAccountMembers",
      attempts: 1,
      violations: [{ field: "account_id", rule: "string.uuid" }],
    });
  });

  it("are refused where a token function answers nothing", async () => {
    const client = new VydonClient({ baseUrl: "https://vydon.example.com", auth: () => "" });
    const error = await failure(() => client.users.current());
    expect(error).toBeInstanceOf(UnauthenticatedError);
    expect(error).toMatchObject({ attempts: 0, message: expect.stringContaining("no token to send") });
  });
});

describe("a server that is none", () => {
  const proto = { "content-type": "application/proto" };
  const json = { "content-type": "application/json" };
  const html = { "content-type": "text/html" };

  it.each([
    ["HTML", "binary", new Response("<h1>Hello</h1>", { headers: html }), /answers text\/html/],
    ["cut JSON", "json", new Response('{"userId": "1', { headers: json }), /cut, or no message/],
    ["an empty body for JSON", "json", new Response("", { headers: json }), /cut, or no message/],
    ["cut binary", "binary", new Response("\n\x20abc", { headers: proto }), /cut, or no message/],
    [
      "the other format",
      "binary",
      new Response("{}", { headers: json }),
      /application\/json, not application\/proto/,
    ],
    ["no content type", "json", new Response(new Uint8Array([123, 125])), /no content type/],
    ["another success", "binary", new Response(null, { status: 204 }), /HTTP 204/],
  ] as const)("answers %s", async (_, format, response, text) => {
    const client = new VydonClient({
      baseUrl: "https://vydon.example.com",
      format,
      fetch: async () => response,
    });
    const error = await failure(() => client.users.current());
    expect(error).toBeInstanceOf(UnexpectedResponseError);
    expect(error.message).toMatch(text);
    expect(error.message).toContain("check that `baseUrl` is the API's");
  });

  it("answers an envelope without its message", async () => {
    const fetch = async () => new Response("", { headers: proto });
    const client = new VydonClient({ baseUrl: "https://vydon.example.com", fetch });
    const error = await failure(() => client.invites.create("a", { email: "ada@example.com" }));
    expect(error).toBeInstanceOf(UnexpectedResponseError);
    expect(error.message).toContain("the answer has no invite");
  });

  it("cannot be reached", async () => {
    const client = new VydonClient({ baseUrl: "http://127.0.0.1:9", retry: false });
    const error = await failure(() => client.users.current());
    expect(error).toBeInstanceOf(NetworkError);
    expect(error.message).toContain("No answer came");
  });
});
