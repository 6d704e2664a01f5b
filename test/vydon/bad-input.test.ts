import {
  InvalidArgumentError,
  NetworkError,
  OnaClient,
  UnauthenticatedError,
  UnexpectedResponseError,
  VydonClient,
  type VydonClientOptions,
} from "tenantry";
import { createMockServer } from "tenantry/mock";
import { nodeTransport } from "tenantry/node";
import { AuthService } from "tenantry/proto/vydon";
import { webTransport } from "tenantry/web";
import { describe, expect, it, vi } from "vitest";
import { apiErrorOf } from "../support/promises.js";

/** Returns the ApiError that a function throws. */
const failure = (work: () => unknown) => apiErrorOf((async () => work())());

describe("the options of VydonClient", () => {
  it.each([
    ["a baseUrl that is not a URL", { baseUrl: "vydon.example.com" }, /absolute http or https URL/],
    ["another protocol in the URL", { baseUrl: "ftp://vydon.example.com" }, /absolute http or https URL/],
    ["a password in the URL", { baseUrl: "https://ada:secret@vydon.example.com" }, /user, a password/],
    ["a query in the URL", { baseUrl: "https://vydon.example.com/?a=1" }, /query or a fragment/],
    ["plain http with a token", { baseUrl: "http://vydon.example.com", auth: "t" }, /plain http/],
    ["an empty token", { baseUrl: "https://vydon.example.com", auth: "" }, /^auth is empty$/],
    [
      "a token with its scheme",
      { baseUrl: "https://vydon.example.com", auth: "Bearer secret" },
      /^auth must be one word, without "Bearer "$/,
    ],
    [
      "a token of two lines",
      { baseUrl: "https://vydon.example.com", auth: "a\nb" },
      /^auth must be one word, without "Bearer "$/,
    ],
  ] satisfies [string, VydonClientOptions, RegExp][])(
    "make the constructor throw: %s",
    async (_, options, text) => {
      const error = await failure(() => new VydonClient(options));
      expect(error).toBeInstanceOf(InvalidArgumentError);
      expect(error.message).toMatch(text);
      expect(error.message).not.toContain("secret");
    },
  );

  it.each(["http://localhost:4010", "http://127.0.0.1:4010", "http://[::1]:4010", "http://vydon.localhost"])(
    "can have plain http on this machine: %s",
    (baseUrl) => {
      expect(() => new VydonClient({ baseUrl, auth: "t" })).not.toThrow();
    },
  );

  it("can have plain http to another machine with `allowInsecureAuth`, or without a token", () => {
    const baseUrl = "http://vydon.internal";
    expect(() => new VydonClient({ baseUrl, auth: "t", allowInsecureAuth: true })).not.toThrow();
    expect(() => new VydonClient({ baseUrl })).not.toThrow();
  });

  it("without `allowInsecureAuth` make every call with a secret over plain http reject", async () => {
    const baseUrl = "http://vydon.internal";
    const fetch = vi.fn(async () => Response.json({ isEnabled: true }));
    const services = [AuthService];
    for (const client of [
      new VydonClient({ baseUrl, fetch }),
      new VydonClient({ transport: webTransport({ baseUrl, fetch, services }) }),
      new VydonClient({ transport: nodeTransport({ baseUrl }) }),
    ]) {
      for (const call of [
        () => client.auth.login({ code: "c-1", redirectUri: "https://app.example.com" }),
        () => client.auth.refresh("r-1"),
        () => client.auth.status({ headers: { authorization: "Bearer t-1" } }),
      ]) {
        const error = await failure(call);
        expect(error).toBeInstanceOf(InvalidArgumentError);
        expect(error.message).toContain("baseUrl is plain http: use https, or set allowInsecureAuth");
      }
    }
    const ona = new OnaClient({ baseUrl, fetch });
    expect(await failure(() => ona.identity.exchangeToken("e-1"))).toBeInstanceOf(InvalidArgumentError);
    expect(fetch).not.toHaveBeenCalled();
    expect(await new VydonClient({ baseUrl, fetch }).auth.status()).toEqual({ isEnabled: true });
    expect(fetch).toHaveBeenCalledOnce();
    await failure(() => new VydonClient({ baseUrl, fetch, allowInsecureAuth: true }).auth.refresh("r-1"));
    expect(fetch).toHaveBeenCalledTimes(2);
  });
});

describe("the arguments of a call", () => {
  it("make the call reject with the violation if they break a rule of the server", async () => {
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

  it("are not sent if the function `auth` returns an empty token", async () => {
    const client = new VydonClient({ baseUrl: "https://vydon.example.com", auth: () => "" });
    const error = await failure(() => client.users.current());
    expect(error).toBeInstanceOf(UnauthenticatedError);
    expect(error).toMatchObject({ attempts: 0, message: expect.stringContaining("no token to send") });
  });
});

describe("a call to a server that is not the API's", () => {
  const json = { "content-type": "application/json" };
  const html = { "content-type": "text/html" };

  it.each([
    ["HTML", new Response("<h1>Hello</h1>", { headers: html }), /text\/html, not JSON.* Check `baseUrl`/],
    ["binary", new Response("", { headers: { "content-type": "application/proto" } }), /not JSON/],
    ["no content type", new Response(new Uint8Array([123, 125])), /without a type/],
    ["another successful status", new Response(null, { status: 204 }), /HTTP 204.* Check `baseUrl`/],
    ["a JSON array", new Response("[]", { headers: json }), /not a JSON object.* Check `baseUrl`/],
    ["incomplete JSON", new Response('{"userId": "1', { headers: json }), /broken, or it was cut off/],
    ["an empty body", new Response("", { headers: json }), /broken, or it was cut off/],
    [
      "a number instead of a string",
      new Response('{"userId":1}', { headers: json }),
      /field userId must be a string/,
    ],
    ["no user id", new Response("{}", { headers: json }), /field userId is missing/],
  ])("rejects with UnexpectedResponseError for %s", async (_, response, text) => {
    const client = new VydonClient({ baseUrl: "https://vydon.example.com", fetch: async () => response });
    const error = await failure(() => client.users.current());
    expect(error).toBeInstanceOf(UnexpectedResponseError);
    expect(error.message).toMatch(text);
  });

  it("rejects with NetworkError if the server cannot be reached", async () => {
    const client = new VydonClient({ baseUrl: "http://127.0.0.1:9", retry: false });
    const error = await failure(() => client.users.current());
    expect(error).toBeInstanceOf(NetworkError);
    expect(error.message).toContain("No response");
  });
});
