import { getEventListeners } from "node:events";
import { createRouterTransport } from "@connectrpc/connect";
import {
  ApiError,
  CanceledError,
  DeadlineExceededError,
  InvalidArgumentError,
  refreshableToken,
  VydonClient,
} from "tenantry";
import { viaConnect } from "tenantry/connect";
import { createMockServer } from "tenantry/mock";
import { nodeTransport } from "tenantry/node";
import { UserAccountService } from "tenantry/proto/vydon";
import { webTransport } from "tenantry/web";
import { describe, expect, it, vi } from "vitest";
import { systemClock } from "../src/core/call/clock.js";
import { ForeignAbortController, withStrictSignals } from "./support/foreign-abort.js";
import { failureOf, settled } from "./support/promises.js";
import { rawServer } from "./support/raw-server.js";
import { until } from "./support/until.js";

const baseUrl = "https://vydon.example.com";
const hang = () => new Promise<never>(() => {});

/** A client whose requests never get a response. */
const hanging = new VydonClient({ baseUrl, fetch: hang, hooks: { onResponse() {} } });
/** A client whose token source never returns a token. */
const withoutToken = new VydonClient({ baseUrl, auth: hang });
/** A token source whose refresh never completes. */
const source = refreshableToken({ refresh: hang });

/** Everything that accepts a `signal`. */
const waits: [string, (signal: AbortSignal) => Promise<unknown>][] = [
  ["a call", (signal) => hanging.users.current({ signal })],
  ["a call that waits for its token", (signal) => withoutToken.users.current({ signal })],
  ["a list", (signal) => hanging.members.list("acc-1", { signal }).toArray()],
  ["the first page of a list", async (signal) => hanging.members.list("acc-1", { signal })],
  ["waitUntilValid", (signal) => hanging.billing.waitUntilValid("acc-1", {}, { signal })],
  ["a token", (signal) => source.token({ signal })],
  ["a sleep", (signal) => systemClock.sleep(1_000_000, signal)],
];

describe("a signal that many calls share", () => {
  it.each(waits)("causes no warning, and its listeners are removed: %s", async (_what, wait) => {
    const warned = vi.fn();
    process.on("warning", warned);
    try {
      const controller = new AbortController();
      const all = Array.from({ length: 30 }, () => failureOf(wait(controller.signal)));
      await settled();
      // They share listeners: some versions of Node warn about more than ten.
      expect(getEventListeners(controller.signal, "abort").length).toBeLessThan(10);
      controller.abort();
      expect(await Promise.all(all)).toHaveLength(30);
      await settled();
      expect(warned).not.toHaveBeenCalled();
      expect(getEventListeners(controller.signal, "abort")).toEqual([]);
    } finally {
      process.off("warning", warned);
    }
  });

  it("still aborts the others after one of them has completed", async () => {
    const controller = new AbortController();
    const { signal } = controller;
    const quick = new VydonClient({ baseUrl, fetch: async () => Response.json({ userId: "ada" }) });
    const slow = failureOf(hanging.users.current({ signal }));
    expect(await quick.users.current({ signal })).toEqual({ id: "ada" });
    expect(await quick.users.current({ signal })).toEqual({ id: "ada" });
    controller.abort();
    expect(await slow).toBeInstanceOf(CanceledError);
  });
});

/** Values that programs pass to `controller.abort()`. */
const reasons: [string, () => unknown][] = [
  ["undefined", () => undefined],
  ["null", () => null],
  ["a string", () => "left the page"],
  ["a symbol", () => Symbol("left")],
  ["a function", () => () => {}],
  ["a frozen object", () => Object.freeze({ page: "left" })],
  ["an object without a prototype", () => Object.create(null)],
  ["a frozen error", () => Object.freeze(new Error("left"))],
  ["an error of a call", () => Object.freeze(new ApiError("left"))],
  [
    "an object that throws",
    () =>
      Object.defineProperty({}, "name", {
        get() {
          throw new Error("no");
        },
      }),
  ],
  [
    "a revoked proxy",
    () => {
      const { proxy, revoke } = Proxy.revocable({}, {});
      revoke();
      return proxy;
    },
  ],
];

describe.each(reasons)("controller.abort() with %s", (_what, make) => {
  it.each(waits.slice(0, 5))(
    "makes %s fail with a CanceledError whose cause is that value",
    async (_wait, wait) => {
      const during = new AbortController();
      const failure = failureOf(wait(during.signal));
      await settled();
      during.abort(make());
      for (const [signal, promise] of [
        [during.signal, failure],
        [AbortSignal.abort(make()), undefined],
      ] as const) {
        const error = await (promise ?? failureOf(wait(signal)));
        expect(error instanceof CanceledError).toBe(true);
        if (error instanceof CanceledError) expect(error.cause === signal.reason).toBe(true);
      }
    },
  );
});

it.each([
  ["any object named TimeoutError", Object.assign(Object.create(null), { name: "TimeoutError" })],
  [
    "a TimeoutError whose message throws",
    Object.defineProperty(Object.assign(new Error(), { name: "TimeoutError" }), "message", {
      get() {
        throw new Error("no");
      },
    }),
  ],
])("an abort with %s gives a DeadlineExceededError", async (_what, reason) => {
  const error = await failureOf(hanging.users.current({ signal: AbortSignal.abort(reason) }));
  expect(error).toBeInstanceOf(DeadlineExceededError);
});

it("an abort with an object that cannot become a string does not end the process with Connect's transports", async () => {
  const uncaught = vi.fn();
  process.on("uncaughtException", uncaught);
  await using server = await rawServer(() => {});
  await using node = nodeTransport({ baseUrl: server.baseUrl, httpVersion: "1.1" });
  const services = [UserAccountService];
  const web = webTransport({ baseUrl: server.baseUrl, services });
  const router = viaConnect(
    createRouterTransport(({ service }) => service(UserAccountService, { getUser: hang })),
    UserAccountService,
  );
  try {
    for (const [sent, transport] of [node, web, router].entries()) {
      const controller = new AbortController();
      const client = new VydonClient({ transport });
      const failure = failureOf(client.users.current({ signal: controller.signal }));
      await (transport === router ? settled() : until(() => server.requests.length > sent));
      controller.abort(Object.create(null));
      expect(await failure).toBeInstanceOf(CanceledError);
      await settled();
    }
    expect(uncaught).not.toHaveBeenCalled();
  } finally {
    process.off("uncaughtException", uncaught);
  }
});

describe("the option `signal`", () => {
  /** Values that JavaScript callers could pass. */
  const wrong: [string, object | string | number][] = [
    ["its controller", new AbortController()],
    ["an object", {}],
    ["another event target", new EventTarget()],
    ["a string", "abort"],
    ["a number", 5],
  ];

  it.each(wrong)(
    "with %s as its value gives an InvalidArgumentError that names `signal`, and nothing is sent",
    async (_what, given) => {
      const fetch = vi.fn(hang);
      const client = new VydonClient({ baseUrl, fetch });
      const options = {};
      Object.assign(options, { signal: given });
      const failures = [
        client.users.current(options),
        client.members.list("acc-1", options).toArray(),
        client.billing.waitUntilValid("acc-1", {}, options),
        source.token(options),
      ].map(failureOf);
      for (const error of await Promise.all(failures)) {
        expect(error).toBeInstanceOf(InvalidArgumentError);
        expect(error).toMatchObject({
          message: expect.stringContaining("signal must be an AbortSignal"),
          violations: [{ field: "signal" }],
        });
      }
      expect(fetch).not.toHaveBeenCalled();
    },
  );

  it("can be null or undefined", async () => {
    const client = new VydonClient({ baseUrl, fetch: async () => Response.json({ userId: "ada" }) });
    const options = {};
    Object.assign(options, { signal: null });
    expect(await client.users.current(options)).toEqual({ id: "ada" });
    expect(await client.users.current({ signal: undefined })).toEqual({ id: "ada" });
  });
});

describe("with the AbortController of a simulated browser", () => {
  it("an abort makes a call fail", async () => {
    const controller = new ForeignAbortController();
    const failure = failureOf(hanging.users.current({ signal: controller.signal }));
    controller.abort("left the page");
    expect(await failure).toMatchObject({ name: "CanceledError", cause: "left the page" });
  });

  it("requests have no signal if `fetch` rejects the simulated one, and an abort still makes the call fail", async () => {
    const server = createMockServer();
    const auth = server.vydon.signIn({ email: "ada@example.com" }).token;
    const sent: unknown[] = [];
    const fetch = withStrictSignals((input, init) => {
      sent.push(init?.signal);
      return sent.length > 1 ? hang() : server.fetch(input, init);
    });
    vi.stubGlobal("AbortController", ForeignAbortController);
    const services = [UserAccountService];
    const controller = new AbortController();
    const client = new VydonClient({ baseUrl, auth, fetch });
    expect(await client.users.current({ signal: controller.signal })).toHaveProperty("id");
    const failure = failureOf(client.users.current({ signal: controller.signal }));
    await settled();
    controller.abort();
    expect(await failure).toBeInstanceOf(CanceledError);
    expect(sent).toEqual([null, null]);

    sent.length = 0;
    const transport = webTransport({ baseUrl, services, fetch });
    expect(await new VydonClient({ auth, transport }).users.current()).toHaveProperty("id");
    expect(sent).toEqual([null]);
  });
});
