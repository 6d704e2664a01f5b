import { Code } from "@connectrpc/connect";
import { describe, expect, it } from "vitest";
import {
  ApiError,
  NetworkError,
  RateLimitedError,
  UnauthenticatedError,
  UnavailableError,
  UnexpectedResponseError,
  UnimplementedError,
} from "../../src/index.js";
import { respond } from "../support/raw-server.js";
import { failure, html, json } from "./serve.js";

describe("client_http_to_rpc_code", () => {
  const bare = [
    [201, UnexpectedResponseError, Code.Unknown],
    [204, UnexpectedResponseError, Code.Unknown],
    [301, UnexpectedResponseError, Code.Unknown],
    [302, UnexpectedResponseError, Code.Unknown],
    [307, UnexpectedResponseError, Code.Unknown],
    [308, UnexpectedResponseError, Code.Unknown],
    [400, UnexpectedResponseError, Code.Internal],
    [401, UnauthenticatedError, Code.Unauthenticated],
    [403, ApiError, Code.PermissionDenied],
    [404, UnimplementedError, Code.Unimplemented],
    [408, UnexpectedResponseError, Code.Unknown],
    [409, UnexpectedResponseError, Code.Unknown],
    [413, UnexpectedResponseError, Code.Unknown],
    // Connect says `unavailable`: then a write would not be repeated, though nothing was done.
    [429, RateLimitedError, Code.ResourceExhausted],
    [431, UnexpectedResponseError, Code.Unknown],
    [500, UnexpectedResponseError, Code.Unknown],
    [501, UnexpectedResponseError, Code.Unknown],
    [502, UnavailableError, Code.Unavailable],
    [503, UnavailableError, Code.Unavailable],
    [504, UnavailableError, Code.Unavailable],
    [599, UnexpectedResponseError, Code.Unknown],
  ] as const;

  it.each(bare)("%i bare", async (status, expected, code) => {
    const error = await failure(respond(status, html, status === 204 ? "" : "<h1>proxy</h1>"));
    expect(error).toBeInstanceOf(expected);
    expect(error).toMatchObject({ code, attempts: 1, method: "mgmt.v1alpha1.UserAccountService/GetUser" });
  });

  const named = [
    ["canceled", Code.Canceled, 499],
    ["unknown", Code.Unknown, 500],
    ["invalid_argument", Code.InvalidArgument, 400],
    ["deadline_exceeded", Code.DeadlineExceeded, 504],
    ["not_found", Code.NotFound, 404],
    ["already_exists", Code.AlreadyExists, 409],
    ["permission_denied", Code.PermissionDenied, 403],
    ["resource_exhausted", Code.ResourceExhausted, 429],
    ["failed_precondition", Code.FailedPrecondition, 400],
    ["aborted", Code.Aborted, 409],
    ["out_of_range", Code.OutOfRange, 400],
    ["unimplemented", Code.Unimplemented, 501],
    ["internal", Code.Internal, 500],
    ["unavailable", Code.Unavailable, 503],
    ["data_loss", Code.DataLoss, 500],
    ["unauthenticated", Code.Unauthenticated, 401],
  ] as const;

  it.each(named)("%s in Connect's JSON, whatever the status", async (name, code, status) => {
    for (const sent of [status, 418]) {
      const error = await failure(respond(sent, json, JSON.stringify({ code: name, message: "because" })));
      expect(error.code).toBe(code);
      expect(error.message).toContain("GetUser: because");
      expect(error).not.toBeInstanceOf(UnexpectedResponseError);
      expect(error).not.toBeInstanceOf(NetworkError);
    }
  });

  it("Connect's JSON without a code, or with one that nobody knows, means the status", async () => {
    for (const body of ['{"message":"m"}', '{"code":"teapot"}', '{"code":5}', "{}"]) {
      expect((await failure(respond(503, json, body))).code).toBe(Code.Unavailable);
      expect((await failure(respond(500, json, body))).code).toBe(Code.Unknown);
    }
  });

  it("JSON that is none, or no object, means the status", async () => {
    for (const body of ["", "null", "[]", '"text"', '{"code":', "<html>"]) {
      expect(await failure(respond(503, json, body))).toBeInstanceOf(UnavailableError);
      expect(await failure(respond(500, json, body))).toBeInstanceOf(UnexpectedResponseError);
    }
  });
});
