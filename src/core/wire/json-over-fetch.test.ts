import { describe, expect, it, vi } from "vitest";
import { failureOf, settled } from "../../../test/support/promises.js";
import { read, write } from "../../../test/support/scripted.js";
import { VirtualClock } from "../../mock/engine/time/virtual-clock.js";
import type { Method } from "../call/method.js";
import type { CallOptions, CommonOptions } from "../call/options.js";
import { type PipelineOptions, pipeline } from "../call/pipeline.js";
import { CanceledError, NetworkError, UnexpectedResponseError } from "../errors/errors.js";
import { retryBudget } from "../retry/retry-budget.js";
import { jsonOverFetch } from "./json-over-fetch.js";

const baseUrl = "https://vydon.example.com/api";
const json = { "content-type": "application/json" };
const ada = () => new Response('{"userId":"ada"}', { headers: json });

/** A call of `GetUser` through all layers to this fetch. */
function call(fetch: CommonOptions["fetch"], options: PipelineOptions & Pick<CallOptions, "signal"> = {}) {
  const all: PipelineOptions = { clock: new VirtualClock(0), fetch, retry: false, ...options };
  const connection = {
    transport: jsonOverFetch(baseUrl, all),
    baseUrl,
    budget: retryBudget(),
    source: undefined,
  };
  const { signal } = options;
  return pipeline(connection, all)(
    read,
    () => ({}),
    (body) => body,
    { signal },
  );
}

/** Sends one request without the layers. */
function send(options: CommonOptions, method: Method = read, message: object = {}) {
  return jsonOverFetch(baseUrl, options).send({
    method,
    message,
    headers: {},
    signal: undefined,
    timeoutMs: undefined,
    clock: new VirtualClock(0),
  });
}

describe("a token in a header", () => {
  const plain = "http://vydon.example.com";
  const request = {
    method: read,
    message: {},
    headers: { authorization: "Bearer s3cr3t" },
    signal: undefined,
    timeoutMs: undefined,
    clock: new VirtualClock(0),
  };

  it("is never sent over plain http", async () => {
    const fetch = vi.fn<typeof globalThis.fetch>(async () => ada());
    const error = await failureOf(jsonOverFetch(plain, { fetch }).send(request));
    expect(error).toMatchObject({ name: "InvalidArgumentError", violations: [{ field: "baseUrl" }] });
    expect(String(error)).not.toContain("s3cr3t");
    expect(fetch).not.toHaveBeenCalled();
  });

  it.each([
    [plain, { allowInsecureAuth: true }],
    ["http://localhost:4010", {}],
    ["https://vydon.example.com", {}],
  ])("goes to %s with %j", async (url, options) => {
    const fetch = vi.fn<typeof globalThis.fetch>(async () => ada());
    await jsonOverFetch(url, { fetch, ...options }).send(request);
    expect(fetch).toHaveBeenCalledTimes(1);
  });

  it("is the reason why plain http is refused: a request without a secret is sent", async () => {
    const fetch = vi.fn<typeof globalThis.fetch>(async () => ada());
    const transport = jsonOverFetch(plain, { fetch });
    expect(await transport.send({ ...request, headers: {} })).toMatchObject({ body: { userId: "ada" } });
    expect(await failureOf(transport.send({ ...request, headers: {}, hasSecret: true }))).toMatchObject({
      name: "InvalidArgumentError",
    });
    expect(fetch).toHaveBeenCalledTimes(1);
  });
});

describe("the request", () => {
  it("is a POST of JSON, which refuses redirects", async () => {
    const fetch = vi.fn<typeof globalThis.fetch>(async () => ada());
    await send({ fetch }, write, { name: "acme" });
    expect(fetch).toHaveBeenCalledExactlyOnceWith(
      `${baseUrl}/mgmt.v1alpha1.UserAccountService/CreateTeamAccount`,
      {
        method: "POST",
        headers: {
          "user-agent": expect.stringMatching(/^tenantry\//),
          "content-type": "application/json",
          "connect-protocol-version": "1",
        },
        body: '{"name":"acme"}',
        redirect: "manual",
        signal: null,
      },
    );
  });

  it("has well-formed text: a lone surrogate is escaped, as JSON.stringify does it", async () => {
    const fetch = vi.fn<typeof globalThis.fetch>(async () => ada());
    await send({ fetch }, write, { name: "\ud800" });
    expect(fetch.mock.calls[0]?.[1]?.body).toBe('{"name":"\\ud800"}');
  });
});

describe("the fetch that is used", () => {
  it("is the platform's at the time of the call", async () => {
    const transport = jsonOverFetch(baseUrl, {});
    const stub = vi.fn<typeof globalThis.fetch>(async () => ada());
    vi.stubGlobal("fetch", stub);
    const request = { method: read, message: {}, headers: {}, signal: undefined, timeoutMs: undefined };
    await transport.send({ ...request, clock: new VirtualClock(0) });
    expect(stub).toHaveBeenCalledOnce();
  });

  it("may throw at once or reject: both are a NetworkError, with the deepest reason in its text", async () => {
    const reason = new TypeError("fetch failed", { cause: new Error("self-signed certificate") });
    const fetches = [
      () => {
        throw reason;
      },
      () => Promise.reject(reason),
    ];
    for (const fetch of fetches) {
      const error = await failureOf(call(fetch));
      expect(error).toBeInstanceOf(NetworkError);
      expect(error).toMatchObject({ message: expect.stringContaining("GetUser: self-signed certificate.") });
    }
  });

  it("may break in the body of an error: the status counts", async () => {
    for (const [status, name] of [
      [401, "UnauthenticatedError"],
      [429, "RateLimitedError"],
      [503, "UnavailableError"],
    ] as const) {
      const body = new ReadableStream({ pull: (stream) => stream.error(new TypeError("terminated")) });
      const headers = { ...json, "x-request-id": "req-1" };
      const error = await failureOf(call(async () => new Response(body, { status, headers })));
      expect(error).toMatchObject({ name, requestId: "req-1" });
    }
  });

  it("may fail with a text that ends with a line break, as OpenSSL's do", async () => {
    const fetch = () => Promise.reject(new TypeError("fetch failed: wrong version number\n"));
    expect(await failureOf(call(fetch))).toMatchObject({
      message: "GetUser: fetch failed: wrong version number. No response: check the network and `baseUrl`.",
    });
  });

  it.each([
    ["nothing", "null"],
    ["a body that was parsed", '{ "userId": "ada" }'],
    ["an object without a body", '{ "ok": true, "status": 200, "headers": {} }'],
  ])(
    "must return a Response: %s is an error that names `fetch`, and is not repeated",
    async (_, returned) => {
      const fetch = vi.fn<typeof globalThis.fetch>(async () => JSON.parse(returned));
      expect(await failureOf(call(fetch, { retry: {} }))).toMatchObject({
        name: "UnexpectedResponseError",
        message: "GetUser: fetch must return a new Response",
      });
      expect(fetch).toHaveBeenCalledTimes(1);
    },
  );

  it("must not return the same Response again", async () => {
    const fetch = vi.fn<typeof globalThis.fetch>().mockResolvedValue(ada());
    expect(await call(fetch)).toEqual({ userId: "ada" });
    expect(await failureOf(call(fetch))).toMatchObject({
      message: "GetUser: fetch must return a new Response",
    });
  });

  it("may ignore the signal, before the response and in its body", async () => {
    const body = new ReadableStream<Uint8Array>({ pull: () => new Promise(() => {}) });
    const silent = new Response(body, { headers: json });
    for (const fetch of [() => new Promise<Response>(() => {}), async () => silent]) {
      const controller = new AbortController();
      const ended = failureOf(call(fetch, { signal: controller.signal }));
      await settled();
      controller.abort();
      expect(await ended).toBeInstanceOf(CanceledError);
    }
  });

  it("gets a signal that ends its request", async () => {
    let seen: AbortSignal | null | undefined;
    const controller = new AbortController();
    const ended = failureOf(
      call(
        (_input, init) => {
          seen = init?.signal;
          return new Promise(() => {});
        },
        { signal: controller.signal },
      ),
    );
    await settled();
    controller.abort("left");
    await ended;
    expect(seen?.reason).toBe("left");
  });

  it("is not called again without the signal after an abort, or if there was no signal", async () => {
    const controller = new AbortController();
    const { signal } = controller;
    const fetch = vi.fn<typeof globalThis.fetch>(async () => {
      controller.abort("left");
      throw new TypeError("the AbortSignal has aborted");
    });
    expect(await failureOf(call(fetch, { signal }))).toBeInstanceOf(CanceledError);
    const failure = await failureOf(send({ fetch }));
    expect(failure).toBeInstanceOf(NetworkError);
    expect(String(failure)).toContain("the AbortSignal has aborted");
    expect(fetch).toHaveBeenCalledTimes(2);
  });
});

describe("the response", () => {
  it("comes with its status and headers", async () => {
    const headers = { ...json, "x-request-id": "req-1" };
    const reply = await send({ fetch: async () => new Response('{ "userId":  "ada" }', { headers }) });
    expect(reply).toMatchObject({ body: { userId: "ada" }, status: 200 });
    expect(reply.headers.get("x-request-id")).toBe("req-1");
  });

  it("may have as many bytes as `maxResponseBytes`, 64 MiB by default, and is cut off after that", async () => {
    const fetch = async () => ada();
    expect(await send({ fetch, maxResponseBytes: 16 })).toMatchObject({ body: { userId: "ada" } });
    expect(await failureOf(send({ fetch, maxResponseBytes: 15 }))).toBeInstanceOf(UnexpectedResponseError);
    const chunk = new Uint8Array(2 ** 20);
    let chunks = 0;
    const cancel = vi.fn();
    const body = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          chunks++;
          controller.enqueue(chunk);
        },
        cancel,
      },
      { highWaterMark: 0 },
    );
    const error = await failureOf(send({ fetch: async () => new Response(body, { headers: json }) }));
    expect(String(error)).toContain("larger than maxResponseBytes (67108864 bytes)");
    expect(chunks).toBe(65);
    expect(cancel).toHaveBeenCalledOnce();
  });

  it("of a browser that hides the target of a redirect is refused too", async () => {
    const opaque = Object.defineProperties(new Response(null), {
      type: { value: "opaqueredirect" },
      status: { value: 0 },
    });
    const error = await failureOf(call(async () => opaque));
    expect(error).toBeInstanceOf(UnexpectedResponseError);
    expect(error).toMatchObject({
      message: "GetUser: The response is a redirect, so it is not from this API. Check `baseUrl`.",
    });
  });

  it.each([
    ["/sign-in?next=secret", " to https://vydon.example.com. If that is your API, set `baseUrl` to it."],
    ["http://", ", so it is not from this API. Check `baseUrl`."],
  ])("that is a redirect to %s is refused, and its error has the request id", async (location, rest) => {
    const headers = { location, "x-request-id": "req-1" };
    const error = await failureOf(call(async () => new Response(null, { status: 302, headers })));
    expect(error).toMatchObject({
      name: "UnexpectedResponseError",
      message: `GetUser: The response is a redirect${rest}`,
      requestId: "req-1",
    });
  });

  it("without a body is not JSON", async () => {
    const error = await failureOf(call(async () => new Response(null, { headers: json })));
    expect(error).toBeInstanceOf(UnexpectedResponseError);
  });

  it("may begin with a byte order mark", async () => {
    const body = `\ufeff{"userId":"ada"}`;
    expect(await call(async () => new Response(body, { headers: json }))).toEqual({ userId: "ada" });
  });

  it("may come in chunks that cut a character in two", async () => {
    const bytes = new TextEncoder().encode('{"userId":"ädä 日本 😀"}');
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
        controller.close();
      },
    });
    expect(await call(async () => new Response(body, { headers: json }))).toEqual({ userId: "ädä 日本 😀" });
  });

  it("may be of a fetch whose body is not a web stream", async () => {
    const response = ada();
    Object.defineProperty(response, "body", { value: { pipe() {} } });
    response.arrayBuffer = async () => new TextEncoder().encode('{"userId":"ada"}').buffer;
    expect(await call(async () => response, { maxResponseBytes: 16 })).toEqual({ userId: "ada" });
    expect(await failureOf(call(async () => response, { maxResponseBytes: 15 }))).toMatchObject({
      name: "UnexpectedResponseError",
      message: expect.stringContaining("larger than maxResponseBytes (15 bytes)"),
    });
  });

  it("may be nested 10,000 levels deep in a field that is not read", async () => {
    const deep = `{"userId":"ada","later":${"[".repeat(10_000)}${"]".repeat(10_000)}}`;
    expect(await call(async () => new Response(deep, { headers: json }))).toMatchObject({ userId: "ada" });
  });
});
