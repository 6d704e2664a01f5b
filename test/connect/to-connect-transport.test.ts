import { create, type DescMessage, type MessageInitShape, toBinary } from "@bufbuild/protobuf";
import { base64Encode } from "@bufbuild/protobuf/wire";
import { NullValue, TimestampSchema, ValueSchema } from "@bufbuild/protobuf/wkt";
import { Code, ConnectError, createClient } from "@connectrpc/connect";
import {
  InvalidArgumentError,
  NotFoundError,
  OnaClient,
  RateLimitedError,
  UnexpectedResponseError,
  VydonClient,
} from "tenantry";
import { toConnectTransport } from "tenantry/connect";
import { createMockServer } from "tenantry/mock";
import { OrganizationService } from "tenantry/proto/ona";
import { LoginCliRequestSchema, UserAccountService } from "tenantry/proto/vydon";
import { describe, expect, it } from "vitest";
import { ErrorInfoSchema, RequestInfoSchema } from "../../gen/google/rpc/error_details_pb.js";
import { failureOf } from "../support/promises.js";
import { untyped } from "../support/untyped.js";

/** Creates a Connect client over an SDK client, with Ada's token, on a mock server. */
function ada() {
  const server = createMockServer();
  const session = server.vydon.signIn({ email: "ada@example.com" });
  const client = new VydonClient({
    baseUrl: "http://localhost",
    fetch: server.fetch,
    auth: session.token,
    clock: server.clock,
    retry: { random: () => 0 },
  });
  return { server, session, users: createClient(UserAccountService, toConnectTransport(client)) };
}

describe("a Connect client over toConnectTransport", () => {
  it("sends the token, and returns messages with Timestamps and 64-bit numbers", async () => {
    const { users, session } = ada();
    expect((await users.getUser({})).userId).toBe(session.userId);
    const { accountId } = await users.createTeamAccount({ name: "acme" });
    const { invite } = await users.inviteUserToTeamAccount({ accountId, email: "grace@example.com" });
    expect(invite?.email).toBe("grace@example.com");
    expect(typeof invite?.expiresAt?.seconds).toBe("bigint");
  });

  it("retries a read", async () => {
    const { server, users, session } = ada();
    server.faults.inject({ method: "GetUser", code: "unavailable", times: 2 });
    expect((await users.getUser({})).userId).toBe(session.userId);
    expect(server.calls.of("GetUser")).toHaveLength(3);
  });

  it("rejects with a ConnectError whose cause is the ApiError", async () => {
    const { server, users } = ada();
    server.faults.inject({ method: "GetUser", code: "not_found" });
    const error = await failureOf(users.getUser({}));
    expect(error).toBeInstanceOf(ConnectError);
    expect(error).toMatchObject({ code: Code.NotFound, cause: expect.any(NotFoundError) });
  });

  it.each([0, -1])(
    "has no deadline with the timeoutMs %d, as with Connect's transports",
    async (timeoutMs) => {
      const { server, users, session } = ada();
      server.faults.inject({ method: "GetUser", latencyMs: 3_600_000 });
      expect((await users.getUser({}, { timeoutMs })).userId).toBe(session.userId);
    },
  );

  it("passes on the signal, the timeoutMs and the headers of a call", async () => {
    const { users, server } = ada();
    expect(await failureOf(users.getUser({}, { signal: AbortSignal.abort() }))).toMatchObject({
      code: Code.Canceled,
    });
    expect(server.calls.of("GetUser")).toHaveLength(0);
    expect(
      await failureOf(users.getUser({}, { headers: { authorization: "Bearer unknown-token" } })),
    ).toMatchObject({ code: Code.Unauthenticated });
    server.faults.inject({ method: "GetUser", latencyMs: 10_000 });
    expect(await failureOf(users.getUser({}, { timeoutMs: 1_000 }))).toMatchObject({
      code: Code.DeadlineExceeded,
    });
  });

  it("rejects a streaming call with unimplemented", async () => {
    const transport = toConnectTransport(new VydonClient({ baseUrl: "http://localhost" }));
    const method = { ...UserAccountService.method.getUser, methodKind: "server_streaming" } as const;
    const nothing = (async function* () {})();
    const error = await failureOf(transport.stream(method, undefined, undefined, undefined, nothing));
    expect(error).toBeInstanceOf(ConnectError);
    expect(error).toMatchObject({
      code: Code.Unimplemented,
      rawMessage: expect.stringContaining("GetUser is a streaming method"),
    });
  });
});

describe("toConnectTransport", () => {
  it("throws for a value that is not a client", () => {
    const noClient = JSON.parse("{}");
    expect(() => toConnectTransport(noClient)).toThrow("client must have a method `call`");
  });

  it("retries a method that is safe to retry after a lost connection, and no other write", async () => {
    const sent: string[] = [];
    const client = new OnaClient({
      baseUrl: "http://localhost",
      clock: createMockServer().clock,
      retry: { maxAttempts: 2, random: () => 0 },
      async fetch(url) {
        sent.push(String(url).split("/").at(-1) ?? "");
        throw new TypeError("fetch failed", {
          cause: Object.assign(new Error("reset"), { code: "ECONNRESET" }),
        });
      },
    });
    const organizations = createClient(OrganizationService, toConnectTransport(client));
    const organizationId = "00000000-0000-4000-8000-000000000001";
    await failureOf(organizations.updateOrganization({ organizationId }));
    await failureOf(organizations.createOrganization({ name: "acme" }));
    expect(sent).toEqual(["UpdateOrganization", "UpdateOrganization", "CreateOrganization"]);
  });

  it("passes an error's details, request id and time to wait to the Connect client", async () => {
    const details = [
      { type: "google.rpc.ErrorInfo", value: "CgVRVU9UQQ" },
      { type: "broken", value: "?" },
    ];
    const client = new VydonClient({
      baseUrl: "http://localhost",
      retry: false,
      fetch: async () =>
        Response.json(
          { code: "resource_exhausted", message: "slow down", details },
          { status: 429, headers: { "retry-after": "7", "x-request-id": "req-7" } },
        ),
    });
    const users = createClient(UserAccountService, toConnectTransport(client));
    const error = ConnectError.from(await failureOf(users.getUser({})));
    expect(error.rawMessage).toBe("slow down");
    expect(error.code).toBe(Code.ResourceExhausted);
    expect(Object.fromEntries(error.metadata)).toEqual({ "retry-after-ms": "7000", "x-request-id": "req-7" });
    expect(error.findDetails(ErrorInfoSchema)).toMatchObject([{ reason: "QUOTA" }]);
    expect(error.cause).toBeInstanceOf(RateLimitedError);
  });

  it("reads a field `code` that the message has, and rejects one that it does not have as an error", async () => {
    const client = new VydonClient({
      baseUrl: "http://localhost",
      fetch: async () => Response.json({ code: "c", redirectUri: "r", message: "m" }),
    });
    const { unary } = toConnectTransport(client);
    const { getUser } = UserAccountService.method;
    const respond = (output: DescMessage) =>
      unary({ ...getUser, output }, undefined, undefined, undefined, {}, undefined);
    expect((await respond(LoginCliRequestSchema)).message).toMatchObject({ code: "c", redirectUri: "r" });
    expect(await failureOf(respond(getUser.output))).toMatchObject({ code: Code.Internal });
  });

  it("rejects a request whose JSON is not an object, and sends nothing", async () => {
    let sent = 0;
    const client = new VydonClient({
      baseUrl: "http://localhost",
      fetch: async () => {
        sent++;
        return Response.json({});
      },
    });
    const method = { ...UserAccountService.method.getUser, input: ValueSchema };
    const requests: MessageInitShape<typeof ValueSchema>[] = [
      { kind: { case: "nullValue", value: NullValue.NULL_VALUE } },
      { kind: { case: "numberValue", value: 1 } },
      { kind: { case: "listValue", value: { values: [] } } },
    ];
    for (const request of requests) {
      const call = toConnectTransport(client).unary(method, undefined, undefined, undefined, request);
      expect(await failureOf(call)).toMatchObject({ code: Code.InvalidArgument });
    }
    expect(sent).toBe(0);
  });

  it("rejects a request that JSON cannot contain as a wrong argument, and sends nothing", async () => {
    const { server, users } = ada();
    const expiresAt = create(TimestampSchema, { seconds: 10n ** 15n });
    const error = await failureOf(users.inviteUserToTeamAccount({ accountId: "a", email: untyped(5) }));
    expect(error).toMatchObject({ code: Code.InvalidArgument, cause: expect.any(InvalidArgumentError) });
    expect(await failureOf(users.createTeamAccount({ name: untyped(expiresAt) }))).toMatchObject({
      code: Code.InvalidArgument,
      rawMessage: expect.stringContaining("CreateTeamAccountRequest.name to JSON"),
    });
    expect(server.calls.count).toBe(0);
  });

  it.each([
    ["is not the message", { accountId: 7 }],
    ["is a proxy's error with a success status", { error: "quota" }],
  ])(
    "has the method, the attempts and the request id in the error for a response that %s",
    async (_, body) => {
      const client = new VydonClient({
        baseUrl: "http://localhost",
        fetch: async () => Response.json(body, { headers: { "x-request-id": "req-9" } }),
      });
      const users = createClient(UserAccountService, toConnectTransport(client));
      const error = ConnectError.from(await failureOf(users.createTeamAccount({ name: "acme" })));
      expect(error.metadata.get("x-request-id")).toBe("req-9");
      expect(error.cause).toMatchObject({
        method: "mgmt.v1alpha1.UserAccountService/CreateTeamAccount",
        attempts: 1,
        requestId: "req-9",
      });
    },
  );

  it("ignores a field that the message does not have, and rejects a field of the wrong type", async () => {
    const usersWith = (body: object) => {
      const client = new VydonClient({ baseUrl: "http://localhost", fetch: async () => Response.json(body) });
      return createClient(UserAccountService, toConnectTransport(client));
    };
    expect((await usersWith({ userId: "ada", later: [1] }).getUser({})).userId).toBe("ada");
    expect(await failureOf(usersWith({ userId: 7 }).getUser({}))).toMatchObject({
      code: Code.Internal,
      cause: expect.any(UnexpectedResponseError),
      rawMessage:
        "The response is not a mgmt.v1alpha1.GetUserResponse: cannot decode field mgmt.v1alpha1.GetUserResponse.user_id from JSON.",
    });
  });

  it("leaves out a request id that cannot be in a header", async () => {
    const value = base64Encode(toBinary(RequestInfoSchema, create(RequestInfoSchema, { requestId: "a\nb" })));
    const details = [{ type: "google.rpc.RequestInfo", value }];
    const client = new VydonClient({
      baseUrl: "http://localhost",
      fetch: async () => Response.json({ code: "not_found", details }, { status: 404 }),
    });
    const users = createClient(UserAccountService, toConnectTransport(client));
    const error = ConnectError.from(await failureOf(users.getUser({})));
    expect(error.code).toBe(Code.NotFound);
    expect(error.findDetails(RequestInfoSchema)).toMatchObject([{ requestId: "a\nb" }]);
    expect([...error.metadata]).toEqual([]);
  });

  it("separates trailers from headers", async () => {
    const client = new VydonClient({
      baseUrl: "http://localhost",
      fetch: async () => Response.json({ userId: "ada" }, { headers: { "x-a": "1", "trailer-x-b": "2" } }),
    });
    const users = createClient(UserAccountService, toConnectTransport(client));
    const seen: Record<string, string>[] = [];
    const note = (headers: Headers) => void seen.push(Object.fromEntries(headers));
    await users.getUser({}, { onHeader: note, onTrailer: note });
    expect(seen).toEqual([{ "content-type": "application/json", "x-a": "1" }, { "x-b": "2" }]);
  });
});
