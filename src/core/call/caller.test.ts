import { inspect } from "node:util";
import { describe, expect, it, vi } from "vitest";
import { failureOf, settled } from "../../../test/support/promises.js";
import { fromServer, layeredOver, read, write } from "../../../test/support/scripted.js";
import { untyped } from "../../../test/support/untyped.js";
import type { ApiError } from "../errors/api-error.js";
import { InvalidArgumentError, NotFoundError } from "../errors/errors.js";
import type { ListOptions } from "../lists/list.js";

describe("a request", () => {
  it("is built once, and is the same for each attempt", async () => {
    const { caller, sent } = layeredOver(["unavailable", "ok"]);
    const request = vi.fn(() => ({ name: "acme" }));
    await caller({ ...write, idempotency: "idempotent" }, request, () => {});
    expect(request).toHaveBeenCalledOnce();
    expect(sent.map(({ message }) => message)).toEqual([{ name: "acme" }, { name: "acme" }]);
  });

  it("that cannot be built makes the promise reject, and nothing is sent", async () => {
    const { caller, sent } = layeredOver(["ok"]);
    const wrong = new InvalidArgumentError("name must be a string that is not empty");
    const making = () => {
      throw wrong;
    };
    const error = await failureOf(caller(write, making, () => {}));
    expect(error).toBe(wrong);
    expect(error).toMatchObject({ attempts: 0, method: "" });
    expect(sent).toHaveLength(0);
  });
});

describe("the stack of an error", () => {
  it("is kept in WebKit and Bun, which can capture none after an await", async () => {
    const { captureStackTrace } = Error;
    Error.captureStackTrace = (error) => Object.assign(error, { stack: "" });
    try {
      // Errors have a `line` there, and nowhere else.
      const error = Object.assign(new NotFoundError("there is none"), { line: 1 });
      const { caller } = layeredOver(["unknown"]);
      await failureOf(
        caller(
          write,
          () => ({}),
          Boolean,
          {},
          () => error,
        ),
      );
      expect(error.stack).toContain("NotFoundError");
    } finally {
      Error.captureStackTrace = captureStackTrace;
    }
  });
});

describe("a secret of a request", () => {
  const login = (secrets: string[]) => {
    secrets.push("code-1234");
    return { name: "code-1234" };
  };

  it("is not in the error, and does not count as a token that was sent", async () => {
    const echo = fromServer("unauthenticated", {}, "code-1234 is not good");
    const { caller, sent } = layeredOver([echo], { auth: { token: async ({ sent = "fresh" }) => sent } });
    const error = await failureOf(caller(write, login, () => {}));
    expect(error).toMatchObject({ message: "CreateTeamAccount: [secret] is not good" });
    expect(sent).toMatchObject([{ token: "fresh", message: { name: "code-1234" } }]);
  });

  it("does not hide that no token was sent", async () => {
    const { caller } = layeredOver(["unauthenticated"]);
    expect(String(await failureOf(caller(write, login, () => {})))).toContain("set `auth`");
  });
});

describe("an error that a method replaces", () => {
  it("is thrown to the caller and by `withResponse`, and passed to the hooks", async () => {
    const reported: unknown[] = [];
    const hooks = { onError: ({ error }: { error: Error }) => void reported.push(error) };
    const { caller } = layeredOver(["unknown"], { hooks });
    const refine = (cause: ApiError) => new NotFoundError("there is none", { cause });
    const calling = () => caller(write, () => ({}), Boolean, {}, refine);
    const errors = [await failureOf(calling()), await failureOf(calling().withResponse())];
    expect(reported).toEqual(errors);
    for (const error of errors) {
      expect(error).toBeInstanceOf(NotFoundError);
      expect(error).toMatchObject({ cause: { code: "unknown", attempts: 1 } });
    }
  });
});

describe("headers", () => {
  it("of the call override the client's headers, in any letter case", async () => {
    const { call, sent } = layeredOver(["ok"], { headers: { "x-a": "client", "x-b": "client" } });
    await call(read, { headers: { "X-A": "call" } });
    expect(sent[0]?.headers).toEqual({ "x-a": "call", "x-b": "client" });
  });

  it.each(["__proto__", "constructor"])("may have the name %s", async (name) => {
    const { call, sent } = layeredOver(["ok"]);
    await call(read, { headers: [[name, "1"]] });
    expect(Object.entries(sent[0]?.headers ?? {})).toEqual([[name, "1"]]);
  });

  it.each([undefined, null])("with the value %s are an InvalidArgumentError", async (value) => {
    const { call, sent } = layeredOver(["ok"]);
    for (const headers of [{ "x-key": value }, [["x-key", value]]]) {
      const error = await failureOf(call(read, { headers: untyped<HeadersInit>(headers) }));
      expect(error).toBeInstanceOf(InvalidArgumentError);
    }
    expect(sent).toHaveLength(0);
  });

  it("that cannot be sent are an InvalidArgumentError without their value", async () => {
    const { call, sent } = layeredOver(["ok"]);
    const error = await failureOf(call(read, { headers: { "x-key": "secret\nvalue" } }));
    expect(error).toBeInstanceOf(InvalidArgumentError);
    expect(inspect(error, { depth: 9 })).not.toContain("secret");
    expect(sent).toHaveLength(0);
    expect(() => layeredOver(["ok"], { headers: { "x-key": "secret\nvalue" } })).toThrow(
      InvalidArgumentError,
    );
  });
});

it("a call ignores the options of a list", async () => {
  const { call, sent } = layeredOver(["ok"]);
  const options: ListOptions = { limit: 5, cursor: "0:", pageSize: 10, prefetch: true, timeoutMs: 100 };
  await call(read, options);
  expect(sent).toMatchObject([{ headers: {}, timeoutMs: 100, message: {} }]);
});

describe("withResponse", () => {
  it("returns the result with the status, headers, id and attempts, and sends nothing again", async () => {
    const { caller, sent } = layeredOver(["unavailable", () => ({ userId: "ada" })]);
    const calling = caller(
      read,
      () => ({}),
      (json) => json["userId"],
    );
    expect(await calling).toBe("ada");
    expect(await calling.withResponse()).toEqual({
      data: "ada",
      status: 200,
      headers: new Headers({ "x-request-id": "req-2" }),
      requestId: "req-2",
      attempts: 2,
    });
    expect(sent).toHaveLength(2);
  });

  it("rejects with the call's error, and then the promise itself needs no handler", async () => {
    const unhandled = vi.fn();
    process.on("unhandledRejection", unhandled);
    try {
      const { call } = layeredOver([fromServer("not_found")]);
      expect(await failureOf(call(read).withResponse())).toBeInstanceOf(NotFoundError);
      await settled();
      expect(unhandled).not.toHaveBeenCalled();
    } finally {
      process.off("unhandledRejection", unhandled);
    }
  });
});
