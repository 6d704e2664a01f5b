import { afterEach, describe, expect, it, vi } from "vitest";
import { ApiError } from "./api-error.js";
import * as errors from "./errors.js";
import { SignInAgainError } from "./token-errors.js";

describe("an error that a test creates", () => {
  it("needs only a message", () => {
    expect(new errors.NotFoundError("no such user")).toMatchObject({
      name: "NotFoundError",
      code: "not_found",
      message: "no such user",
      rawMessage: "no such user",
      method: "",
      attempts: 0,
      violations: [],
      details: [],
    });
  });

  it("accepts all other fields of an error", () => {
    const context = {
      code: "unknown",
      method: "acme.v1.Users/Get",
      attempts: 3,
      requestId: "req-1",
      retryAfterMs: 100,
      reason: "QUOTA",
      partial: { id: "1" },
      cause: new Error("deeper"),
    } as const;
    expect(new errors.UnexpectedResponseError("m", context)).toMatchObject(context);
  });

  it("has no property `cause` if it has no cause, so no log prints one", () => {
    expect("cause" in new ApiError("m")).toBe(false);
    expect("cause" in new ApiError("m", { cause: undefined })).toBe(false);
  });
});

describe("instanceof", () => {
  afterEach(() => vi.resetModules());

  it("works across two copies of the package", async () => {
    vi.resetModules();
    const copy = await import("./errors.js");
    const base = await import("./api-error.js");
    expect(copy.NotFoundError).not.toBe(errors.NotFoundError);
    for (const [name, here] of Object.entries(errors)) {
      const there = Object.entries(copy).find(([key]) => key === name)?.[1];
      if (there === undefined) throw new Error(`the copy has no ${name}`);
      expect(new there("m")).toBeInstanceOf(here);
      expect(new there("m")).toBeInstanceOf(ApiError);
      expect(new base.ApiError("m")).not.toBeInstanceOf(here);
    }
    expect(new base.ApiError("m")).toBeInstanceOf(ApiError);
    expect(new copy.NotFoundError("m")).not.toBeInstanceOf(errors.AlreadyExistsError);
  });

  it("works across two copies for a subclass of another error class", async () => {
    vi.resetModules();
    const copy = await import("./token-errors.js");
    expect(copy.SignInAgainError).not.toBe(SignInAgainError);
    const there = new copy.SignInAgainError("m");
    expect(there).toBeInstanceOf(SignInAgainError);
    expect(there).toBeInstanceOf(errors.UnauthenticatedError);
    expect(there).toBeInstanceOf(ApiError);
    expect(there).not.toBeInstanceOf(errors.NotFoundError);
    const base = await import("./errors.js");
    expect(new base.UnauthenticatedError("m")).not.toBeInstanceOf(SignInAgainError);
  });

  it("is true only for its own errors in a user's subclass", () => {
    class QuotaError extends errors.RateLimitedError {}
    expect(new QuotaError("m")).toBeInstanceOf(QuotaError);
    expect(new QuotaError("m")).toBeInstanceOf(errors.RateLimitedError);
    expect(new QuotaError("m")).toBeInstanceOf(ApiError);
    expect(new errors.RateLimitedError("m")).not.toBeInstanceOf(QuotaError);
  });

  it.each([null, undefined, "text", {}, new Error("m"), { name: "NotFoundError", code: "not_found" }])(
    "is false for %s",
    (value) => {
      expect(value instanceof ApiError).toBe(false);
      expect(value instanceof errors.NotFoundError).toBe(false);
    },
  );
});

it("an error's name can be replaced, as some test runners and frameworks do", () => {
  const error: Error = new errors.NotFoundError("m");
  error.name = "Renamed";
  expect(error.name).toBe("Renamed");
  expect(error).toBeInstanceOf(errors.NotFoundError);
});
