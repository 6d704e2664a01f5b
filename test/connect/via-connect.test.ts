import type { DescService } from "@bufbuild/protobuf";
import {
  Code,
  ConnectError,
  createRouterTransport,
  type Interceptor,
  type ServiceImpl,
} from "@connectrpc/connect";
import { createConnectTransport } from "@connectrpc/connect-web";
import {
  AlreadyExistsError,
  ApiError,
  InvalidArgumentError,
  OnaClient,
  PermissionDeniedError,
  UnauthenticatedError,
  UnexpectedResponseError,
  VydonClient,
} from "tenantry";
import { viaConnect } from "tenantry/connect";
import { createMockServer } from "tenantry/mock";
import { listen } from "tenantry/mock/node";
import { nodeTransport } from "tenantry/node";
import { AccountService } from "tenantry/proto/ona";
import { UserAccountService } from "tenantry/proto/vydon";
import { getUser } from "tenantry/vydon/methods";
import { describe, expect, it, onTestFinished } from "vitest";
import { ErrorInfoSchema, RetryInfoSchema } from "../../gen/google/rpc/error_details_pb.js";
import { Health } from "../../gen/grpc/health/v1/health_pb.js";
import { failureOf } from "../support/promises.js";
import { untyped } from "../support/untyped.js";
import { openedUntilTestEnds, ways } from "./ways.js";

/** Creates a client over a router in this process. */
function routed(service: Partial<ServiceImpl<typeof UserAccountService>>, ...interceptors: Interceptor[]) {
  const transport = createRouterTransport((router) => router.service(UserAccountService, service), {
    transport: { interceptors },
  });
  return new VydonClient({
    transport: viaConnect(transport, UserAccountService),
    auth: "key-1",
    retry: false,
  });
}

describe("viaConnect with a router in this process", () => {
  it("returns models", async () => {
    const client = routed({ getUserAccounts: () => ({ accounts: [{ id: "1", name: "acme" }] }) });
    expect((await client.accounts.list()).items).toMatchObject([{ id: "1", name: "acme" }]);
  });

  it("rejects with an ApiError that has the details of the ConnectError", async () => {
    const client = routed({
      createTeamAccount: () => {
        throw new ConnectError("acme is taken", Code.AlreadyExists, { "x-request-id": "req-7" }, [
          { desc: ErrorInfoSchema, value: { reason: "NAME_TAKEN" } },
          { desc: RetryInfoSchema, value: { retryDelay: { seconds: 2n } } },
        ]);
      },
    });
    const error = await failureOf(client.accounts.createTeam({ name: "acme" }));
    expect(error).toBeInstanceOf(AlreadyExistsError);
    expect(error).toMatchObject({
      message: "CreateTeamAccount: acme is taken",
      reason: "NAME_TAKEN",
      requestId: "req-7",
      retryAfterMs: 2_000,
      attempts: 1,
    });
  });

  it("keeps the code of an error whose text looks like a gateway's text", async () => {
    const client = routed({
      getUser: () => {
        throw new ConnectError("HTTP 503", Code.NotFound);
      },
    });
    const error = await failureOf(client.users.current());
    expect(error).toMatchObject({ name: "NotFoundError", message: "GetUser: HTTP 503" });
  });

  it("rejects with UnimplementedError if the router lacks the method", async () => {
    expect(await failureOf(routed({}).users.current())).toMatchObject({ name: "UnimplementedError" });
  });
});

describe("viaConnect with wrong arguments", () => {
  const wrong = (value: object) => JSON.parse(JSON.stringify(value));
  const router = createRouterTransport(() => {});

  it.each([
    [
      "a list of services",
      () => viaConnect(router, wrong([UserAccountService.typeName])),
      "services must be services of tenantry/proto, one by one",
    ],
    [
      "a service that is undefined",
      () => viaConnect(router, untyped<DescService>(undefined)),
      "services must be services of tenantry/proto, one by one",
    ],
    ["nothing", () => viaConnect(wrong({})), "transport must have a method `unary`"],
  ])("throws for %s", (_, create, message) => {
    expect(create).toThrow(InvalidArgumentError);
    expect(create).toThrow(message);
  });
});

describe("viaConnect with interceptors", () => {
  it("runs them for each request", async () => {
    const seen: (string | null)[] = [];
    const look: Interceptor = (next) => (request) => {
      seen.push(request.header.get("authorization"));
      return next(request);
    };
    await routed({ getUserAccounts: () => ({}) }, look).accounts.list();
    expect(seen).toEqual(["Bearer key-1"]);
  });

  it("rejects with the error class and details of a ConnectError that an interceptor throws", async () => {
    const refuse: Interceptor = () => () => {
      throw new ConnectError("no", Code.PermissionDenied, {}, [
        { desc: ErrorInfoSchema, value: { reason: "VPN" } },
      ]);
    };
    const error = await failureOf(routed({}, refuse).users.current());
    expect(error).toBeInstanceOf(PermissionDeniedError);
    expect(error).toMatchObject({ reason: "VPN" });
  });

  it("rejects with the code unknown for a ConnectError whose code does not exist", async () => {
    for (const code of [0, 17]) {
      const refuse: Interceptor = () => () => {
        throw new ConnectError("no", code);
      };
      expect(await failureOf(routed({}, refuse).users.current())).toMatchObject({ code: "unknown" });
    }
  });

  it("rejects with the class of an ApiError that an interceptor throws", async () => {
    const refuse: Interceptor = () => () => {
      throw new UnauthenticatedError("sign in first");
    };
    expect(await failureOf(routed({}, refuse).users.current())).toBeInstanceOf(UnauthenticatedError);
  });

  it("rejects with ApiError, not NetworkError, for a TypeError in an interceptor", async () => {
    const broken: Interceptor = () => () => {
      throw new TypeError("cannot read properties of undefined");
    };
    expect(await failureOf(routed({}, broken).users.current())).toMatchObject({
      name: "ApiError",
      code: "unknown",
      attempts: 1,
    });
  });
});

describe("viaConnect with a message that does not match the schema", () => {
  it("rejects with UnexpectedResponseError for a Timestamp out of range in a response", async () => {
    const invites = [{ id: "1", expiresAt: { seconds: 10n ** 15n, nanos: 0 } }];
    const client = routed({ getTeamAccountInvites: () => ({ invites }) });
    const error = await failureOf(Promise.resolve(client.invites.list("a")));
    expect(error).toBeInstanceOf(UnexpectedResponseError);
    expect(error).toMatchObject({ method: "mgmt.v1alpha1.UserAccountService/GetTeamAccountInvites" });
  });

  it("rejects with InvalidArgumentError for an unknown field in a request", async () => {
    const client = routed({});
    const error = await failureOf(client.call({ ...getUser }, JSON.parse('{"nick":"ada"}')));
    expect(error).toBeInstanceOf(InvalidArgumentError);
    expect(String(error)).toContain('a field "nick"');
  });

  it("omits an undefined field, as JSON does", async () => {
    const client = routed({ createTeamAccount: () => ({ accountId: "1" }) });
    const method = {
      service: UserAccountService.typeName,
      name: "CreateTeamAccount",
      idempotency: "unknown",
    } as const;
    expect(await client.call<object, object>(method, { name: "acme", more: undefined })).toEqual({
      accountId: "1",
    });
  });
});

describe("viaConnect with a method that the transport does not have", () => {
  const transport = createRouterTransport(() => {});
  const call = (service: string, name: string) =>
    failureOf(
      new VydonClient({ transport: viaConnect(transport, UserAccountService) }).call<object, object>(
        { service, name, idempotency: "unknown" },
        {},
      ),
    );

  it("rejects with InvalidArgumentError that names the missing service", async () => {
    const error = await call("acme.v1.ReportService", "GetReport");
    expect(error).toBeInstanceOf(InvalidArgumentError);
    expect(String(error)).toContain("acme.v1.ReportService (it has mgmt.v1alpha1.UserAccountService)");
  });

  it("rejects with InvalidArgumentError if the method streams, or if there are no services", async () => {
    const callOf = (service: string, name: string, ...services: DescService[]) =>
      failureOf(
        new VydonClient({ transport: viaConnect(transport, ...services) }).call<object, object>(
          { service, name, idempotency: "unknown" },
          {},
        ),
      );
    expect(String(await callOf(Health.typeName, "Watch", Health))).toContain("no unary method Watch");
    expect(String(await callOf(Health.typeName, "Check"))).toContain("(it has none)");
  });

  it("rejects with InvalidArgumentError that names the missing method", async () => {
    expect(String(await call(UserAccountService.typeName, "GetReport"))).toContain(
      "no unary method GetReport",
    );
  });
});

describe.each(ways)("a mock server through $name", (way) => {
  it("returns responses and errors, and a call is retried", async () => {
    const server = createMockServer();
    const listener = await listen(server);
    onTestFinished(() => listener.close());
    const transport = openedUntilTestEnds(way, listener.url);
    const { token, userId } = server.vydon.signIn({ email: "ada@example.com" });
    const client = new VydonClient({
      transport,
      auth: token,
      clock: server.clock,
      retry: { random: () => 0 },
    });
    expect(await client.users.current()).toEqual({ id: userId });

    const { accountId } = await client.accounts.createTeam({ name: "acme" });
    const invite = await client.invites.create(accountId, { email: "grace@example.com", role: "job_viewer" });
    expect(invite).toMatchObject({
      email: "grace@example.com",
      role: "job_viewer",
      expiresAt: expect.any(Date),
    });

    const taken = await failureOf(client.accounts.createTeam({ name: "acme" }));
    expect(taken).toBeInstanceOf(ApiError);
    expect(taken).toMatchObject({
      attempts: 1,
      method: "mgmt.v1alpha1.UserAccountService/CreateTeamAccount",
    });

    server.faults.inject({ method: "GetUser", code: "unavailable", times: 1 });
    expect(await client.users.current().withResponse()).toMatchObject({ attempts: 2, status: 200 });

    const stranger = new VydonClient({ transport, auth: "unknown-token" });
    expect(await failureOf(stranger.users.current())).toBeInstanceOf(UnauthenticatedError);
  });
});

describe("OnaClient", () => {
  it.each(["connect", "grpc", "grpc-web"] as const)(
    "calls the mock server through nodeTransport with %s",
    async (protocol) => {
      const server = createMockServer();
      await using listener = await listen(server);
      await using transport = nodeTransport({ baseUrl: listener.url, protocol });
      const { token } = server.ona.signIn({ email: "ada@example.com" });
      const client = new OnaClient({ transport, auth: token });
      expect(await client.accounts.get()).toMatchObject({ email: "ada@example.com" });
    },
  );

  it("calls the mock server through viaConnect with connect-web", async () => {
    const server = createMockServer();
    const connect = createConnectTransport({ baseUrl: "http://localhost", fetch: server.fetch });
    const { token } = server.ona.signIn({ email: "ada@example.com" });
    const client = new OnaClient({ transport: viaConnect(connect, AccountService), auth: token });
    expect(await client.accounts.get()).toMatchObject({ email: "ada@example.com" });
  });
});
