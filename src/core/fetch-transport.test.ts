import { create, toBinary } from "@bufbuild/protobuf";
import { Code } from "@connectrpc/connect";
import { afterEach, describe, expect, it, vi } from "vitest";
import { failureOf, layeredOver, read, settled } from "../../test/support/scripted.js";
import { CanceledError, NetworkError, UnexpectedResponseError } from "./errors.js";
import { fetchTransport } from "./fetch-transport.js";
import type { CommonOptions } from "./options.js";
import { RetryBudget } from "./retry.js";
import { layered } from "./transport.js";

const baseUrl = "https://vydon.example.com/api";
const ada = toBinary(read.output, create(read.output, { userId: "ada" }));
const answer = () => new Response(ada, { headers: { "content-type": "application/proto" } });

/** A call through all layers to a fetch of one's own. */
function call(fetch: CommonOptions["fetch"], options: CommonOptions & { signal?: AbortSignal } = {}) {
  const { clock } = layeredOver([]);
  const all = { clock, fetch, retry: false as const, ...options };
  const over = layered(fetchTransport(baseUrl, all), all, { source: undefined, budget: new RetryBudget() });
  return over.unary(read, options.signal, undefined, undefined, {});
}

afterEach(() => vi.unstubAllGlobals());

describe("the fetch that is used", () => {
  it("is the platform's at the time of the call", async () => {
    const pending = fetchTransport(baseUrl, {});
    const stub = vi.fn(async (_input: unknown, _init?: RequestInit) => answer());
    vi.stubGlobal("fetch", stub);
    await pending.unary(read, undefined, undefined, undefined, {});
    const [url, init] = stub.mock.calls[0] ?? [];
    expect(url).toBe(`${baseUrl}/mgmt.v1alpha1.UserAccountService/GetUser`);
    expect(init).toMatchObject({ method: "POST", redirect: "manual" });
    expect(Object.fromEntries(new Headers(init?.headers))).toEqual({
      "connect-protocol-version": "1",
      "content-type": "application/proto",
    });
  });

  it("may throw at once, or reject: both are a NetworkError, with the deepest reason in its text", async () => {
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

  it("may ignore the signal, before the answer and within its body", async () => {
    const body = new ReadableStream<Uint8Array>({ pull: () => new Promise(() => {}) });
    const silent = new Response(body, { headers: { "content-type": "application/proto" } });
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
});

describe("an answer of a browser's", () => {
  it("that hides where it redirects to is refused all the same", async () => {
    const opaque = Object.defineProperties(new Response(null), {
      type: { value: "opaqueredirect" },
      status: { value: 0 },
    });
    const error = await failureOf(call(async () => opaque));
    expect(error).toBeInstanceOf(UnexpectedResponseError);
    expect(error).toMatchObject({ message: expect.stringContaining("the server redirects, where") });
  });

  it("without a body is an empty message", async () => {
    const headers = { "content-type": "application/proto" };
    expect(await call(async () => new Response(null, { headers }))).toMatchObject({
      message: { userId: "" },
    });
  });
});

it("does not stream, and says so", () => {
  const transport = fetchTransport(baseUrl, {});
  expect(() => Reflect.apply(transport.stream, transport, [])).toThrow(
    expect.objectContaining({ code: Code.Unimplemented }),
  );
});
