import { ApiError, type Hooks, InvalidArgumentError, OnaClient, VydonClient } from "tenantry";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { failureOf, settled } from "./support/promises.js";

const baseUrl = "https://vydon.example.com";
const succeed = async () => Response.json({ userId: "ada" });

describe("hooks that freeze their arguments, as some state stores do", () => {
  const freezing: Hooks = {
    onCallStart: (call) => void Object.freeze(call),
    onRequest: (attempt) => void Object.freeze(attempt),
    onError: ({ error }) => void Object.freeze(error),
  };

  it("do not affect a call", async () => {
    const ended = vi.fn();
    const hooks = { ...freezing, onResponse: ended };
    const client = new VydonClient({ baseUrl, fetch: succeed, hooks });
    expect(await client.users.current()).toEqual({ id: "ada" });
    expect(ended).toHaveBeenCalledOnce();
  });

  it("do not hide the error of a list", async () => {
    const page = { tokens: [], pagination: { nextToken: "page-2" } };
    const fetch = vi
      .fn(async () => Response.json({ code: "not_found", message: "gone" }, { status: 404 }))
      .mockImplementationOnce(async () => Response.json(page));
    const client = new OnaClient({ fetch, hooks: freezing });
    const error = await failureOf(client.tokens.list().toArray());
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ code: "not_found", rawMessage: "gone" });
  });
});

it("a call whose arguments or options the client refuses calls no hook, and is not logged", async () => {
  const called = vi.fn();
  const hooks: Hooks = { onCallStart: called, onError: called, onCallEnd: called };
  const logger = { error: called, warn: called, info: called, debug: called };
  const client = new VydonClient({ baseUrl, fetch: succeed, hooks, logger });
  expect(await failureOf(client.accounts.createTeam({ name: "" }))).toBeInstanceOf(InvalidArgumentError);
  expect(await failureOf(client.users.current({ timeoutMs: -1 }))).toBeInstanceOf(InvalidArgumentError);
  expect(called).not.toHaveBeenCalled();
});

describe("a logger whose async methods reject", () => {
  const unhandled = vi.fn();
  beforeEach(() => void process.on("unhandledRejection", unhandled));
  afterEach(() => {
    process.off("unhandledRejection", unhandled);
    unhandled.mockClear();
  });

  it.each([
    ["a call that succeeds", succeed],
    ["a call that fails after retries", async () => new Response("", { status: 503 })],
  ])("causes no unhandled rejection: %s", async (_, fetch) => {
    let lines = 0;
    // Not a `vi.fn`, which handles the promises that it returns.
    const send = async () => {
      lines++;
      throw new Error("the log server is down");
    };
    const logger = { error: send, warn: send, info: send, debug: send };
    const retry = { initialDelayMs: 0 };
    const client = new VydonClient({ baseUrl, fetch, logger, logLevel: "debug", retry });
    await client.users.current().catch(() => {});
    await new Promise(setImmediate);
    await settled();
    expect(lines).toBeGreaterThan(1);
    expect(unhandled).not.toHaveBeenCalled();
  });
});
