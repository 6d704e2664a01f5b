import {
  ApiError,
  NetworkError,
  RateLimitedError,
  UnauthenticatedError,
  UnavailableError,
  UnexpectedResponseError,
  UnimplementedError,
} from "tenantry";
import { describe, expect, it } from "vitest";
import { respond } from "../support/raw-server.js";
import { failure, html, json } from "./serve.js";

describe("the code of an ApiError", () => {
  const htmlResponses = [
    [201, UnexpectedResponseError, "unknown"],
    [204, UnexpectedResponseError, "unknown"],
    [301, UnexpectedResponseError, "unknown"],
    [302, UnexpectedResponseError, "unknown"],
    [307, UnexpectedResponseError, "unknown"],
    [308, UnexpectedResponseError, "unknown"],
    [400, UnexpectedResponseError, "internal"],
    [401, UnauthenticatedError, "unauthenticated"],
    [403, ApiError, "permission_denied"],
    [404, UnimplementedError, "unimplemented"],
    [408, UnexpectedResponseError, "unknown"],
    [409, UnexpectedResponseError, "unknown"],
    [413, UnexpectedResponseError, "unknown"],
    // Connect maps it to `unavailable`. Then a write would not be retried, although the server did nothing.
    [429, RateLimitedError, "resource_exhausted"],
    [431, UnexpectedResponseError, "unknown"],
    [500, UnexpectedResponseError, "unknown"],
    [501, UnexpectedResponseError, "unknown"],
    [502, UnavailableError, "unavailable"],
    [503, UnavailableError, "unavailable"],
    [504, UnavailableError, "unavailable"],
    [599, UnexpectedResponseError, "unknown"],
  ] as const;

  it.each(htmlResponses)(
    "for HTTP %i with an HTML page depends on the status",
    async (status, expected, code) => {
      const error = await failure(respond(status, html, status === 204 ? "" : "<h1>proxy</h1>"));
      expect(error).toBeInstanceOf(expected);
      expect(error).toMatchObject({ code, attempts: 1, method: "mgmt.v1alpha1.UserAccountService/GetUser" });
    },
  );

  const connectErrors = [
    ["canceled", 499],
    ["unknown", 500],
    ["invalid_argument", 400],
    ["deadline_exceeded", 504],
    ["not_found", 404],
    ["already_exists", 409],
    ["permission_denied", 403],
    ["resource_exhausted", 429],
    ["failed_precondition", 400],
    ["aborted", 409],
    ["out_of_range", 400],
    ["unimplemented", 501],
    ["internal", 500],
    ["unavailable", 503],
    ["data_loss", 500],
    ["unauthenticated", 401],
  ] as const;

  it.each(connectErrors)(
    "is %s if Connect's error JSON has it, for any HTTP status",
    async (code, status) => {
      for (const sent of [status, 418]) {
        const error = await failure(respond(sent, json, JSON.stringify({ code, message: "because" })));
        expect(error.code).toBe(code);
        expect(error.message).toContain("GetUser: because");
        expect(error).not.toBeInstanceOf(UnexpectedResponseError);
        expect(error).not.toBeInstanceOf(NetworkError);
      }
    },
  );

  it("depends on the status if Connect's error JSON has no code or an unknown one", async () => {
    for (const body of ['{"message":"m"}', '{"code":"teapot"}', '{"code":5}', "{}"]) {
      expect((await failure(respond(503, json, body))).code).toBe("unavailable");
      expect((await failure(respond(500, json, body))).code).toBe("unknown");
    }
  });

  it("depends on the status if the body is not a JSON object", async () => {
    for (const body of ["", "null", "[]", '"text"', '{"code":', "<html>"]) {
      expect(await failure(respond(503, json, body))).toBeInstanceOf(UnavailableError);
      expect(await failure(respond(500, json, body))).toBeInstanceOf(UnexpectedResponseError);
    }
  });
});
