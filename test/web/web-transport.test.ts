import { gzipSync } from "node:zlib";
import { create, toBinary } from "@bufbuild/protobuf";
import {
  InvalidArgumentError,
  NetworkError,
  PermissionDeniedError,
  type RetryOptions,
  UnexpectedResponseError,
} from "tenantry";
import { createMockServer } from "tenantry/mock";
import { VydonClient } from "tenantry/vydon";
import { type BrowserTransportOptions, webTransport } from "tenantry/web";
import { describe, expect, it, vi } from "vitest";
import { getUser } from "../../gen/mgmt/v1alpha1/user_account_methods.js";
import { GetUserResponseSchema, UserAccountService } from "../../gen/mgmt/v1alpha1/user_account_pb.js";
import { VirtualClock } from "../../src/mock/engine/time/virtual-clock.js";
import { failureOf } from "../support/promises.js";
import { rawServer, respond } from "../support/raw-server.js";
import { untyped } from "../support/untyped.js";

const baseUrl = "http://localhost";
const services = [UserAccountService];

function clientFor(
  options: Partial<BrowserTransportOptions>,
  retry: RetryOptions | false = false,
): VydonClient {
  const transport = webTransport({ baseUrl, services, ...options });
  return new VydonClient({ transport, auth: "key-1", retry });
}

describe("the requests of webTransport", () => {
  /** Returns the requests that a client sends to a mock server. */
  async function sentBy(options: Partial<BrowserTransportOptions>, name = "acme"): Promise<Request[]> {
    const server = createMockServer();
    const { token } = server.vydon.signIn({ email: "ada@example.com" });
    const sent: Request[] = [];
    const fetch: typeof globalThis.fetch = (input, init) => {
      sent.push(new Request(input, init));
      return server.fetch(input, init);
    };
    const transport = webTransport({ baseUrl, services, fetch, ...options });
    const client = new VydonClient({ transport, auth: token, clock: server.clock });
    await client.users.current();
    await client.accounts.createTeam({ name });
    return sent;
  }

  it("have binary messages by default, and do not follow redirects", async () => {
    for (const request of await sentBy({})) {
      expect(request.headers.get("content-type")).toBe("application/proto");
      expect(request.redirect).toBe("manual");
    }
  });

  it('have JSON messages with `format: "json"`', async () => {
    const [read] = await sentBy({ format: "json" });
    expect(read?.headers.get("content-type")).toBe("application/json");
  });

  it("use HTTP GET for reads with `useHttpGet`, and POST for writes", async () => {
    const sent = await sentBy({ useHttpGet: true });
    expect(sent.map(({ method }) => method)).toEqual(["GET", "POST"]);
  });

  it.each([
    ["binary", "x"],
    ["binary", "ü"],
    ["json", "x"],
    ["json", "ü"],
  ] as const)("use POST for reads that are too long for a URL: %s, %s…", async (format, letter) => {
    const urls: string[] = [];
    let posts = 0;
    const client = clientFor({
      useHttpGet: true,
      format,
      fetch: async (url, init) => {
        if (init?.method === "GET") urls.push(String(url));
        else posts++;
        const json = format === "json";
        const type = json ? "application/json" : "application/proto";
        return new Response(json ? "{}" : null, { headers: { "content-type": type } });
      },
    });
    for (let length = 1; length < 6_000; length += 100) await client.billing.status(letter.repeat(length));
    const longest = Math.max(...urls.map((url) => url.length));
    expect(longest).toBeGreaterThan(1_000);
    // As for JSON over `fetch`.
    expect(longest).toBeLessThanOrEqual(4_096);
    expect(posts).toBeGreaterThan(0);
  });
});

describe.each(["connect", "grpc-web"] as const)("a call through webTransport with %s", (protocol) => {
  const type = protocol === "connect" ? "application/proto" : "application/grpc-web+proto";

  it("fails if the response is larger than `maxResponseBytes`, and does not read the rest", async () => {
    await using server = await rawServer((socket) => {
      socket.write(`HTTP/1.1 200 OK\r\ncontent-type: ${type}\r\ncontent-length: 1000000000\r\n\r\n`);
      const more = (error?: Error | null) => void (error || socket.write(Buffer.alloc(65_536), more));
      more();
    });
    const client = clientFor({ baseUrl: server.baseUrl, protocol, maxResponseBytes: 200_000 });
    const error = await failureOf(client.users.current());
    expect(error).toBeInstanceOf(UnexpectedResponseError);
    expect(String(error)).toContain("larger than maxResponseBytes (200000 bytes)");
    await server.requests[0]?.closed;
  });

  it("fails with UnexpectedResponseError, not NetworkError, if the response cannot be decompressed", async () => {
    await using server = await rawServer(
      respond(
        200,
        [`content-type: ${type}`, "content-encoding: gzip"],
        gzipSync("x".repeat(999)).fill(7, 12),
      ),
    );
    const error = await failureOf(clientFor({ baseUrl: server.baseUrl, protocol }).users.current());
    expect(error).toBeInstanceOf(UnexpectedResponseError);
  });

  it("fails as a redirect if the browser hides its target", async () => {
    const hidden = Object.defineProperties(new Response(null), {
      type: { value: "opaqueredirect" },
      status: { value: 0 },
    });
    const error = await failureOf(clientFor({ protocol, fetch: async () => hidden }).users.current());
    expect(error).toBeInstanceOf(UnexpectedResponseError);
    expect(String(error)).toContain("The response is a redirect,");
  });

  it.each([204, 205])(
    "fails with UnexpectedResponseError for the status %d, which has no body",
    async (status) => {
      const fetch = async () => new Response(null, { status, headers: { "content-type": type } });
      const error = await failureOf(clientFor({ fetch, protocol }).users.current());
      expect(error).toBeInstanceOf(UnexpectedResponseError);
      expect(String(error)).toContain(protocol === "connect" ? `an HTTP ${status}` : "missing response body");
    },
  );

  it("fails with NetworkError if the connection breaks in the middle of the body", async () => {
    const body = new ReadableStream({ pull: (stream) => stream.error(new TypeError("terminated")) });
    const fetch = async () => new Response(body, { headers: { "content-type": type } });
    expect(await failureOf(clientFor({ fetch, protocol }).users.current())).toBeInstanceOf(NetworkError);
  });

  it("fails with the error of the status if the body of an error breaks", async () => {
    const body = new ReadableStream({ pull: (stream) => stream.error(new TypeError("terminated")) });
    const headers = { "content-type": type, "retry-after": "Thu, 01 Jan 2026 00:00:05 GMT" };
    const fetch = async () => new Response(body, { status: 503, headers });
    const transport = webTransport({ baseUrl, services, fetch, protocol });
    const client = new VydonClient({ transport, clock: new VirtualClock("2026-01-01"), retry: false });
    expect(await failureOf(client.users.current())).toMatchObject({
      name: "UnavailableError",
      retryAfterMs: 5_000,
    });
  });

  it("fails with NetworkError if `fetch` rejects", async () => {
    const fetch = () => Promise.reject(new TypeError("error sending request for url"));
    expect(await failureOf(clientFor({ fetch, protocol }).users.current())).toBeInstanceOf(NetworkError);
  });

  it("fails with the ApiError that `fetch` throws, after one request", async () => {
    const fetch = vi.fn(() => Promise.reject(new PermissionDeniedError("blocked by the proxy")));
    const error = await failureOf(clientFor({ fetch, protocol }, {}).users.current());
    expect(error).toMatchObject({ name: "PermissionDeniedError", rawMessage: "blocked by the proxy" });
    expect(fetch).toHaveBeenCalledTimes(1);
  });

  it("fails with an error that names `fetch`, after one request, if `fetch` returns no unread Response", async () => {
    const used = new Response("{}");
    await used.text();
    for (const returned of [undefined, used]) {
      const fetch = vi.fn(async () => untyped<Response>(returned));
      const error = await failureOf(clientFor({ fetch, protocol }, {}).users.current());
      expect(error).toMatchObject({ message: "GetUser: fetch must return a new Response" });
      expect(fetch).toHaveBeenCalledTimes(1);
    }
  });
});

it("reads a response of exactly `maxResponseBytes`, in any number of pieces", async () => {
  const bytes = toBinary(GetUserResponseSchema, create(GetUserResponseSchema, { userId: "user-1" }));
  const body = new ReadableStream({
    start(stream) {
      for (const byte of bytes) stream.enqueue(Uint8Array.of(byte));
      stream.close();
    },
  });
  const fetch = async () => new Response(body, { headers: { "content-type": "application/proto" } });
  const client = clientFor({ fetch, maxResponseBytes: bytes.length });
  expect(await client.users.current()).toEqual({ id: "user-1" });
});

describe("an error response that is JSON, but not of Connect", () => {
  it("has the code of its status, and the server's message", async () => {
    const fetch = async () => Response.json({ message: "slow down" }, { status: 429 });
    const error = await failureOf(clientFor({ fetch }).users.current());
    expect(error).toMatchObject({ code: "resource_exhausted", rawMessage: "slow down" });
  });

  it.each(['{"oops":true}', "not JSON", ""])(
    "has the code of its status without a message: %j",
    async (body) => {
      const headers = { "content-type": "application/json" };
      const fetch = async () => new Response(body, { status: 503, headers });
      expect(await failureOf(clientFor({ fetch }).users.current())).toMatchObject({ code: "unavailable" });
    },
  );

  it("is not from the API if its status has no code either", async () => {
    const fetch = async () => Response.json({ oops: true }, { status: 500 });
    const error = await failureOf(clientFor({ fetch }).users.current());
    expect(String(error)).toContain("The response is an HTTP 500, so it is not from this API.");
  });
});

it.each([{ error: { message: "quota" } }, { code: "permission_denied", message: "no" }])(
  "a proxy's error with the status 200 is not an empty success: %j",
  async (body) => {
    const fetch = async () => Response.json(body, { headers: { "x-request-id": "req-9" } });
    const error = await failureOf(clientFor({ fetch, format: "json" }).members.remove("a", "u"));
    expect(error).toBeInstanceOf(UnexpectedResponseError);
    expect(error).toMatchObject({ requestId: "req-9", message: expect.stringMatching(/: (quota|no)\.$/) });
  },
);

describe("a gRPC-Web response without a content type", () => {
  const failing = (headers: Record<string, string>) =>
    failureOf(
      clientFor({ protocol: "grpc-web", fetch: async () => new Response(null, { headers }) }).users.current(),
    );

  it("is an error of the API if it has a grpc-status", async () => {
    expect(await failing({ "grpc-status": "5", "grpc-message": "no user" })).toMatchObject({
      name: "NotFoundError",
      rawMessage: "no user",
    });
  });

  it("is not from the API otherwise", async () => {
    expect(String(await failing({}))).toContain(
      "The response is without a type, so it is not from this API.",
    );
  });
});

describe("webTransport and tokens", () => {
  it("rejects a call with a token over plain http to another host, unless `allowInsecureAuth` is set", async () => {
    const sent: unknown[] = [];
    const fetch: typeof globalThis.fetch = async (url) => {
      sent.push(url);
      throw new TypeError("fetch failed");
    };
    const remote = { baseUrl: "http://vydon.example.com", fetch };
    expect(await failureOf(clientFor(remote).users.current())).toBeInstanceOf(InvalidArgumentError);
    expect(sent).toEqual([]);
    await failureOf(clientFor({ ...remote, allowInsecureAuth: true }).users.current());
    expect(sent).toHaveLength(1);
  });

  it.each([{ headers: {}, hasSecret: true }, { headers: { authorization: "Bearer key-1" } }])(
    "rejects every request with a secret over plain http to another host: %j",
    async (secret) => {
      const transport = webTransport({ baseUrl: "http://vydon.example.com", services });
      const request = { method: getUser, message: {}, signal: undefined, timeoutMs: undefined };
      const error = await failureOf(transport.send({ ...request, ...secret, clock: new VirtualClock(0) }));
      expect(error).toBeInstanceOf(InvalidArgumentError);
    },
  );

  it("rejects a call whose hook sets a token as well, and no call without a token", async () => {
    const fetch = () => Promise.reject(new TypeError("fetch failed"));
    const transport = webTransport({ baseUrl: "http://vydon.example.com", services, fetch });
    const bare = new VydonClient({ transport, retry: false });
    expect(await failureOf(bare.users.current())).toBeInstanceOf(NetworkError);
    const withHook = bare.withOptions({
      hooks: { onRequest: (_attempt, { setHeader }) => setHeader("authorization", "Bearer key-1") },
    });
    expect(await failureOf(withHook.users.current())).toBeInstanceOf(InvalidArgumentError);
  });
});

describe("the options of webTransport", () => {
  it.each([
    { baseUrl: "vydon" },
    { protocol: "grpc" },
    { format: "xml" },
    { maxResponseBytes: Number.NaN },
    { maxResponseBytes: 0 },
    { useHttpGet: "yes" },
    { allowInsecureAuth: "yes" },
    { fetch: "node-fetch" },
    { services: "UserAccountService" },
  ])("must not have %j", (wrong) => {
    const options = JSON.parse(JSON.stringify(wrong));
    expect(() => webTransport({ baseUrl, services, ...options })).toThrow(InvalidArgumentError);
  });
});
