import { inspect } from "node:util";
import { create, toBinary } from "@bufbuild/protobuf";
import {
  AlreadyExistsError,
  InvalidArgumentError,
  UnauthenticatedError,
  UnexpectedResponseError,
} from "tenantry";
import { describe, expect, it } from "vitest";
import { BadRequestSchema, RetryInfoSchema } from "../../gen/google/rpc/error_details_pb.js";
import { VirtualClock } from "../../src/mock/engine/time/virtual-clock.js";
import { failureOf } from "../support/promises.js";
import { respond } from "../support/raw-server.js";
import { failure, html, json, serve } from "./serve.js";

describe("an error response", () => {
  const detail = (type: string, bytes: Uint8Array) => ({
    type,
    value: Buffer.from(bytes).toString("base64").replace(/=+$/, ""),
  });
  const violation = { field: "name", reason: "string.pattern", description: "must be lower case" };
  const badRequest = detail(
    "google.rpc.BadRequest",
    toBinary(BadRequestSchema, create(BadRequestSchema, { fieldViolations: [violation] })),
  );
  const retryInfo = detail(
    "google.rpc.RetryInfo",
    toBinary(RetryInfoSchema, create(RetryInfoSchema, { retryDelay: { seconds: 2n, nanos: 500_000_000 } })),
  );
  const fail = (status: number, code: string, details: unknown, ...headers: string[]) =>
    failure(respond(status, [...json, ...headers], JSON.stringify({ code, message: "m", details })));

  it("with details gives an error with the violations, the time to wait and the decoded details", async () => {
    const error = await fail(400, "invalid_argument", [badRequest, retryInfo]);
    expect(error).toBeInstanceOf(InvalidArgumentError);
    expect(error).toMatchObject({
      violations: [{ field: "name", rule: "string.pattern", message: "must be lower case" }],
      retryAfterMs: 2_500,
    });
    expect(error.details).toEqual([
      { ...badRequest, base64: badRequest.value, value: { fieldViolations: [violation] } },
      { ...retryInfo, base64: retryInfo.value, value: { retryDelay: { seconds: 2, nanos: 500_000_000 } } },
    ]);
  });

  it("with some invalid details gives an error of the same class, with the valid details", async () => {
    const broken = [
      null,
      7,
      {},
      { type: 1, value: "AA" },
      { type: "google.rpc.BadRequest" },
      { type: "google.rpc.BadRequest", value: "%%%" },
      { type: "google.rpc.BadRequest", value: "////" },
      { type: "of.another.Schema", value: "AAAA" },
      badRequest,
    ];
    const error = await fail(400, "invalid_argument", broken);
    expect(error).toMatchObject({ violations: [{ field: "name" }] });
    for (const odd of [null, "text", {}, 7]) {
      expect(await fail(409, "already_exists", odd)).toBeInstanceOf(AlreadyExistsError);
    }
  });

  it("without a message gives an error with a default message", async () => {
    const error = await failure(respond(409, json, '{"code":"already_exists"}'));
    expect(error.message).toBe("GetUser: the server sent no reason");
  });

  it("with another JSON object, such as a gateway's, gives an error whose message has the HTTP status", async () => {
    const ofGateway = '{"error":"upstream request timeout"}';
    const away = await failure(respond(503, json, ofGateway));
    expect([away.name, away.message]).toEqual(["UnavailableError", "GetUser: HTTP 503"]);

    const odd = await failure(respond(500, json, ofGateway));
    expect(odd).toBeInstanceOf(UnexpectedResponseError);
    expect(odd.message).toContain("an HTTP 500, so it is not from this API");

    const told = await failure(respond(500, json, '{"message":"Internal server error"}'));
    expect([told.code, told.message]).toEqual(["unknown", "GetUser: Internal server error"]);
  });

  it("that is not declared as JSON is not the API's, although its text is JSON", async () => {
    const error = await failure(respond(404, html, '{"code":"not_found","message":"no such page"}'));
    expect(error).toMatchObject({ name: "UnimplementedError", rawMessage: "HTTP 404" });
  });

  it("gives an error with the request id and the time to wait from headers or trailers, and no other header", async () => {
    for (const prefix of ["", "trailer-"]) {
      const headers = ["x-request-id: req-1", "retry-after: 9", "set-cookie: session=s3cr3t"];
      const error = await fail(
        429,
        "resource_exhausted",
        [retryInfo],
        ...headers.map((header) => prefix + header),
      );
      expect(error).toMatchObject({ requestId: "req-1", retryAfterMs: 9_000 });
      expect(inspect(error, { depth: 9, showHidden: true })).not.toContain("s3cr3t");
    }
  });

  it.each([
    ["retry-after: 2", 2_000],
    ["retry-after: 0", 0],
    ["retry-after: 1.5", 1_500],
    ["retry-after: Thu, 01 Jan 1970 00:01:00 GMT", 60_000],
    ["retry-after: Wed, 31 Dec 1969 23:59:00 GMT", 0],
    ["retry-after-ms: 250", 250],
    ["retry-after: -1", undefined],
    ["retry-after: soon", undefined],
    ["retry-after: Infinity", undefined],
    ["retry-after:", undefined],
  ])('with "%s" gives the retryAfterMs %s', async (header, retryAfterMs) => {
    const error = await failure(respond(503, [...html, header]), { clock: new VirtualClock(0) });
    expect(error).toMatchObject({ retryAfterMs });
  });

  it("with status 401 makes the client request another token once, for any body", async () => {
    for (const answer of [
      respond(401, json, '{"code":"unauthenticated"}'),
      respond(401, html, "<h1>401</h1>"),
    ]) {
      const auth = {
        token: async ({ rejected }: { rejected?: string | undefined }) => (rejected ? "new" : "old"),
      };
      const { server, client } = await serve(answer, { auth });
      expect(await failureOf(client.users.current())).toBeInstanceOf(UnauthenticatedError);
      expect(server.requests.map((request) => request.header("authorization"))).toEqual([
        "Bearer old",
        "Bearer new",
      ]);
    }
  });
});
