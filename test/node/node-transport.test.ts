import { PassThrough } from "node:stream";
import { Code, ConnectError, type ConnectRouter, type HandlerContext } from "@connectrpc/connect";
import { connectNodeAdapter } from "@connectrpc/connect-node";
import {
  AlreadyExistsError,
  FailedPreconditionError,
  InvalidArgumentError,
  NetworkError,
  RateLimitedError,
  UnavailableError,
  UnexpectedResponseError,
} from "tenantry";
import { nodeTransport } from "tenantry/node";
import { OnaClient } from "tenantry/ona";
import { VydonClient } from "tenantry/vydon";
import { describe, expect, it } from "vitest";
import { BillingService } from "../../gen/gitpod/v1/billing_pb.js";
import { IdentityService } from "../../gen/gitpod/v1/identity_pb.js";
import { OrganizationService } from "../../gen/gitpod/v1/organization_service_pb.js";
import { UserService } from "../../gen/gitpod/v1/user_pb.js";
import { RetryInfoSchema } from "../../gen/google/rpc/error_details_pb.js";
import { ApiKeyService } from "../../gen/mgmt/v1alpha1/api_key_pb.js";
import { AuthService } from "../../gen/mgmt/v1alpha1/auth_pb.js";
import { UserAccountService } from "../../gen/mgmt/v1alpha1/user_account_pb.js";
import { VirtualClock } from "../../src/mock/engine/time/virtual-clock.js";
import { createHttpServer } from "../support/listen-locally.js";
import { failureOf, settled } from "../support/promises.js";
import { untyped } from "../support/untyped.js";
import { listening, openTransport } from "./support/until-test-ends.js";

/** The error of a real server's database for a name that is taken. */
const duplicateKey =
  'ERROR: duplicate key value violates unique constraint "account_api_keys_account_id_key_name" (SQLSTATE 23505)';

/** A listener of our own on a free port. */
function listen(...server: Parameters<typeof createHttpServer>) {
  return listening(createHttpServer(...server));
}

/** Vydon's service with one method, on connect-node's own handlers. */
function serve(version: "1.1" | "2", getUser: (context: HandlerContext) => Promise<string> | string) {
  const routes = (router: ConnectRouter) =>
    router.service(UserAccountService, {
      getUser: async (_request, context) => ({ userId: await getUser(context) }),
    });
  return listen(version, connectNodeAdapter({ routes }));
}

const ways = [
  { protocol: "connect", httpVersion: "1.1" },
  { protocol: "connect", httpVersion: "2" },
  { protocol: "grpc", httpVersion: "2" },
  { protocol: "grpc-web", httpVersion: "1.1" },
  { protocol: "grpc-web", httpVersion: "2" },
] as const;

it("supports every service of VydonClient, and a failure has the same class as over fetch", async () => {
  const routes = (router: ConnectRouter) =>
    router.service(AuthService, { getAuthStatus: () => ({ isEnabled: true }) }).service(ApiKeyService, {
      getAccountApiKeys: () => ({}),
      createAccountApiKey() {
        throw new ConnectError(duplicateKey, Code.Unknown);
      },
    });
  const { baseUrl } = await listen("2", connectNodeAdapter({ routes }));
  const transport = openTransport({ baseUrl, protocol: "grpc" });
  const client = new VydonClient({ transport, auth: "jwt" });
  expect(await client.auth.status()).toEqual({ isEnabled: true });
  expect(await client.apiKeys.list("acc-1").toArray()).toEqual([]);
  const creating = client.apiKeys.create("acc-1", { name: "nightly", expiresAt: new Date() });
  expect(await failureOf(creating)).toBeInstanceOf(AlreadyExistsError);
});

it("supports every service of OnaClient", async () => {
  const routes = (router: ConnectRouter) =>
    router
      .service(OrganizationService, { getOrganizationInvite: () => ({ invite: { inviteId: "invite-1" } }) })
      .service(UserService, {
        createPersonalAccessToken: ({ validFor }) => ({ token: `${validFor?.seconds} s` }),
      })
      .service(IdentityService, { exchangeToken: ({ exchangeToken }) => ({ accessToken: exchangeToken }) })
      .service(BillingService, { getCumulativeCreditUsage: () => ({ orgUsage: { totalCredits: 1.5 } }) });
  const { baseUrl } = await listen("2", connectNodeAdapter({ routes }));
  const client = new OnaClient({ transport: openTransport({ baseUrl, protocol: "grpc" }), auth: "pat" });
  expect(await client.invites.get("org-1")).toEqual({ id: "invite-1" });
  const token = { description: "backup", validForMs: 90_000 };
  expect(await client.tokens.create("user-1", token)).toEqual({ token: "90 s" });
  expect(await client.identity.exchangeToken("secret")).toEqual({ accessToken: "secret" });
  expect((await client.billing.cumulativeUsage("org-1")).orgUsage?.totalCredits).toBe(1.5);
});

describe.each(ways)("$protocol over HTTP/$httpVersion", ({ protocol, httpVersion }) => {
  const connect = async (getUser: (context: HandlerContext) => Promise<string> | string) => {
    const { baseUrl, sockets } = await serve(httpVersion, getUser);
    const transport = openTransport({ baseUrl, protocol, httpVersion });
    return { transport, sockets, client: new VydonClient({ transport, auth: "key-1", retry: false }) };
  };

  it("responds to a call that carries the token", async () => {
    const { client } = await connect(({ requestHeader }) => requestHeader.get("authorization") ?? "");
    expect(await client.users.current()).toEqual({ id: "Bearer key-1" });
  });

  it("sends a read by GET with `useHttpGet`, if the protocol is Connect", async () => {
    const { baseUrl } = await serve(httpVersion, ({ requestMethod }) => requestMethod);
    const transport = openTransport({ baseUrl, protocol, httpVersion, useHttpGet: true });
    const { id } = await new VydonClient({ transport }).users.current();
    expect(id).toBe(protocol === "connect" ? "GET" : "POST");
  });

  it("carries an error with its details", async () => {
    const { client } = await connect(() => {
      throw new ConnectError("slow down", Code.ResourceExhausted, { "x-request-id": "req-7" }, [
        { desc: RetryInfoSchema, value: { retryDelay: { seconds: 7n } } },
      ]);
    });
    const error = await failureOf(client.users.current());
    expect(error).toBeInstanceOf(RateLimitedError);
    expect(error).toMatchObject({ retryAfterMs: 7_000, requestId: "req-7", attempts: 1 });
  });

  it("sends the deadline, and an abort", async () => {
    let left: number | undefined;
    let gone = (_value: unknown) => {};
    const ended = new Promise((resolve) => {
      gone = resolve;
    });
    const controller = new AbortController();
    const { client } = await connect((context) => {
      left = context.timeoutMs();
      context.signal.addEventListener("abort", gone);
      setImmediate(() => controller.abort());
      return new Promise<string>(() => {});
    });
    const error = await failureOf(client.users.current({ signal: controller.signal, timeoutMs: 50_000 }));
    expect(error).toMatchObject({ code: "canceled" });
    expect(left).toBeGreaterThan(40_000);
    expect(left).toBeLessThanOrEqual(50_000);
    await ended;
  });

  it("sends each attempt the time that is left", async () => {
    const clock = new VirtualClock();
    const left: number[] = [];
    const { transport } = await connect((context) => {
      left.push(context.timeoutMs() ?? 0);
      if (left.length > 1) return "ada";
      clock.advance("10s");
      throw new ConnectError("try again", Code.Unavailable);
    });
    const client = new VydonClient({ transport, clock, retry: { random: () => 0 } });
    await client.users.current({ timeoutMs: 50_000 });
    expect(left).toHaveLength(2);
    expect(left[0]).toBeGreaterThan(40_000);
    expect(left[1]).toBeGreaterThan(30_000);
    expect(left[1]).toBeLessThanOrEqual(40_000);
  });

  it("a connection that breaks is a NetworkError", async () => {
    const { client, sockets } = await connect(() => {
      for (const socket of sockets) socket.destroy();
      return new Promise<string>(() => {});
    });
    expect(await failureOf(client.users.current())).toBeInstanceOf(NetworkError);
  });

  it("no connection is a NetworkError, after which a write is tried again too", async () => {
    const listener = await serve(httpVersion, () => "");
    await listener[Symbol.asyncDispose]();
    const { baseUrl } = listener;
    const transport = openTransport({ baseUrl, protocol, httpVersion });
    const client = new VydonClient({ transport, retry: { maxAttempts: 2, initialDelayMs: 0 } });
    const error = await failureOf(client.accounts.createTeam({ name: "acme" }));
    expect(error).toBeInstanceOf(NetworkError);
    expect(error).toMatchObject({ attempts: 2 });
  });

  it("closes what it opened; calls under way fail, later ones are refused", async () => {
    let received = 0;
    const { client, transport, sockets } = await connect(() => {
      received++;
      void transport.close();
      return new Promise<string>(() => {});
    });
    const underWay = await failureOf(client.users.current());
    expect(underWay).toBeInstanceOf(FailedPreconditionError);
    expect(String(underWay)).toContain("The transport was closed during the call");
    await Promise.all([...sockets].map((socket) => new Promise((resolve) => socket.once("close", resolve))));
    const later = await failureOf(client.users.current());
    expect(later).toBeInstanceOf(FailedPreconditionError);
    expect(String(later)).toContain("The transport is closed");
    expect(received).toBe(1);
    await transport.close();
  });
});

describe("the error class of a response that is not from the API", () => {
  const cases = [
    [429, RateLimitedError],
    [502, UnavailableError],
    [200, UnexpectedResponseError],
    [302, UnexpectedResponseError],
  ] as const;
  describe.each(["1.1", "2"] as const)("over HTTP/%s", (httpVersion) => {
    it.each(cases)("a page with status %i", async (status, expected) => {
      const requests: unknown[] = [];
      const { baseUrl } = await listen(httpVersion, (request, response) => {
        requests.push(request.url);
        response.writeHead(status, { "content-type": "text/html", location: "/elsewhere" });
        response.end("<h1>proxy</h1>");
      });
      const transport = openTransport({ baseUrl, httpVersion });
      const client = new VydonClient({ transport, auth: "key-1", retry: false });
      expect(await failureOf(client.users.current())).toBeInstanceOf(expected);
      // A redirect is not followed.
      expect(requests).toHaveLength(1);
    });

    it("a response larger than the limit", async () => {
      const { baseUrl } = await serve(httpVersion, () => "x".repeat(2_000));
      const transport = openTransport({ baseUrl, httpVersion, maxResponseBytes: 1_000 });
      const error = await failureOf(new VydonClient({ transport }).users.current());
      expect(error).toBeInstanceOf(UnexpectedResponseError);
      expect(error).toMatchObject({ attempts: 1 });
    });

    it.each([
      ["json", 200],
      ["json", 503],
      ["binary", 200],
    ] as const)(
      "a response in %s of unknown length, with status %i, that passes the limit",
      async (format, status) => {
        const { baseUrl } = await listen(httpVersion, (_request, response) => {
          const type = status === 200 && format === "binary" ? "application/proto" : "application/json";
          response.writeHead(status, { "content-type": type });
          const endless = new PassThrough();
          endless.pipe(response);
          endless.write("x".repeat(2_000));
        });
        const transport = openTransport({ baseUrl, httpVersion, format, maxResponseBytes: 1_000 });
        const error = await failureOf(new VydonClient({ transport }).users.current());
        expect(error).toBeInstanceOf(UnexpectedResponseError);
        expect(error).toMatchObject({
          attempts: 1,
          message: "GetUser: The response is larger than maxResponseBytes (1000 bytes).",
        });
      },
    );
  });

  it("an HTTP/2 stream that the server resets", async () => {
    const { baseUrl } = await listen("2", (_request, response) => {
      if ("stream" in response) response.stream.close(2);
    });
    const transport = openTransport({ baseUrl });
    const error = await failureOf(new VydonClient({ transport, retry: false }).users.current());
    expect(error).toBeInstanceOf(NetworkError);
  });
});

describe("the token", () => {
  it("does not go over plain http to another host, unless that is allowed", async () => {
    const tokens: unknown[] = [];
    const { port } = await serve("2", ({ requestHeader }) => {
      tokens.push(requestHeader.get("authorization"));
      return "ada";
    });
    // It does not count as this machine, but a connection to it reaches this machine.
    const remote = { baseUrl: `http://0.0.0.0:${port}` };
    const refused = new VydonClient({ transport: openTransport(remote), auth: "key-1" });
    expect(await failureOf(refused.users.current())).toBeInstanceOf(InvalidArgumentError);

    const allowed = openTransport({ ...remote, allowInsecureAuth: true });
    const client = new VydonClient({ transport: allowed, auth: "key-1", retry: false });
    expect(await client.users.current()).toEqual({ id: "ada" });
    expect(tokens).toEqual(["Bearer key-1"]);
  });
});

describe("options", () => {
  it("that are wrong are refused", () => {
    const baseUrl = "https://vydon.example.com";
    expect(() => nodeTransport({ baseUrl: "vydon" })).toThrow(InvalidArgumentError);
    expect(() => nodeTransport({ baseUrl, protocol: "grpc", httpVersion: "1.1" })).toThrow(
      /needs httpVersion "2"/,
    );
  });

  it.each([
    { protocol: "soap" },
    { httpVersion: "3" },
    { format: "xml" },
    { useHttpGet: "yes" },
    { maxResponseBytes: 0 },
    { maxResponseBytes: 2 ** 32 },
    { allowInsecureAuth: "yes" },
    { tls: "cert.pem" },
    { pingIntervalMs: 0 },
    { idleConnectionTimeoutMs: -1 },
  ])("must not have %j", (wrong) => {
    const options = JSON.parse(JSON.stringify(wrong));
    const [name] = Object.keys(wrong);
    expect(() => nodeTransport({ baseUrl: "https://vydon.example.com", ...options })).toThrow(
      `${name} must be`,
    );
  });

  it.each([
    { key: "garbage", cert: "garbage" },
    { minVersion: untyped<"TLSv1.3">("TLSv9") },
    { ciphers: "NOPE" },
    { ca: untyped<string>(5) },
  ])("must not have a `tls` that cannot be used: %j", (tls) => {
    const create = () => nodeTransport({ baseUrl: "https://vydon.example.com", tls });
    expect(create).toThrow(InvalidArgumentError);
    expect(create).toThrow("tls cannot be used: ");
  });

  it.each([
    { maxResponseBytes: 1, pingIntervalMs: 1, idleConnectionTimeoutMs: 0 },
    { maxResponseBytes: 2 ** 32 - 1 },
  ])("may be %j", (options) => {
    expect(() => openTransport({ baseUrl: "https://vydon.example.com", ...options })).not.toThrow();
  });

  it("one connection serves all calls, and `await using` closes it", async () => {
    const { baseUrl, sockets } = await serve("2", () => "ada");
    {
      await using transport = nodeTransport({ baseUrl });
      const client = new VydonClient({ transport });
      await Promise.all(Array.from({ length: 20 }, () => client.users.current()));
      expect(sockets.size).toBe(1);
    }
    await Promise.all([...sockets].map((socket) => new Promise((resolve) => socket.once("close", resolve))));
    await settled();
  });
});
