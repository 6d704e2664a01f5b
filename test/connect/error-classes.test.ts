import { inspect } from "node:util";
import { create, toBinary, toJsonString } from "@bufbuild/protobuf";
import {
  ApiError,
  NetworkError,
  NotFoundError,
  PermissionDeniedError,
  RateLimitedError,
  UnauthenticatedError,
  UnavailableError,
  UnexpectedResponseError,
  UnimplementedError,
  VydonClient,
} from "tenantry";
import { GetUserResponseSchema } from "tenantry/proto/vydon";
import { describe, expect, it, onTestFinished } from "vitest";
import { VirtualClock } from "../../src/mock/engine/time/virtual-clock.js";
import { createHttpServer, listenLocally } from "../support/listen-locally.js";
import { apiErrorOf, failureOf } from "../support/promises.js";
import { openedUntilTestEnds, type Way, ways } from "./ways.js";

interface Response {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** The part of the body that is sent. */
  readonly body?: string | Uint8Array;
  /** Whether the server breaks the connection after it. */
  readonly ending?: "break";
}

/** Returns a user in the format of a transport. */
function user({ contentType, protocol }: Way): Uint8Array {
  const message = create(GetUserResponseSchema, { userId: "ada" });
  if (contentType === "application/json") return Buffer.from(toJsonString(GetUserResponseSchema, message));
  const bytes = toBinary(GetUserResponseSchema, message);
  return protocol === "connect" ? bytes : Buffer.from([0, 0, 0, 0, bytes.length, ...bytes]);
}

const html = { "content-type": "text/html" };
const page = "<!doctype html><title>a proxy</title>";

/** Each failure, and the error class that it gives with every transport. */
const failures: readonly [string, (way: Way) => Response, new (message: string) => ApiError, string?][] = [
  ["an HTML page with status 200", () => ({ headers: html, body: page }), UnexpectedResponseError],
  [
    "an HTML page with status 400",
    () => ({ status: 400, headers: html, body: page }),
    UnexpectedResponseError,
  ],
  ["an HTML page with status 401", () => ({ status: 401, headers: html, body: page }), UnauthenticatedError],
  ["an HTML page with status 403", () => ({ status: 403, headers: html, body: page }), PermissionDeniedError],
  ["an HTML page with status 404", () => ({ status: 404, headers: html, body: page }), UnimplementedError],
  ["an HTML page with status 429", () => ({ status: 429, headers: html, body: page }), RateLimitedError],
  [
    "an HTML page with status 500",
    () => ({ status: 500, headers: html, body: page }),
    UnexpectedResponseError,
  ],
  ["an HTML page with status 502", () => ({ status: 502, headers: html, body: page }), UnavailableError],
  ["an HTML page with status 503", () => ({ status: 503, headers: html, body: page }), UnavailableError],
  [
    "a redirect",
    () => ({ status: 302, headers: { location: "https://sign-in.example.com/?next=secret" } }),
    UnexpectedResponseError,
    "a redirect to https://sign-in.example.com. If that is your API,",
  ],
  [
    "an empty response",
    ({ contentType }) => ({ headers: { "content-type": contentType } }),
    UnexpectedResponseError,
  ],
  [
    "an incomplete message",
    (way) => ({ headers: { "content-type": way.contentType }, body: user(way).subarray(0, -1) }),
    UnexpectedResponseError,
  ],
  [
    "a connection that breaks within a message",
    (way) => ({
      headers: { "content-type": way.contentType },
      body: user(way).subarray(0, -1),
      ending: "break",
    }),
    NetworkError,
  ],
  ["a connection that breaks before the response", () => ({ ending: "break" }), NetworkError],
];

/** Creates a client whose calls get this response, without retries. */
async function clientFor(way: Way, { status = 200, headers = {}, body = "", ending }: Response) {
  const requests: unknown[] = [];
  const server = await listenLocally(
    createHttpServer(way.httpVersion, (request, response) => {
      requests.push(request.url);
      request.resume();
      const stop = () => {
        for (const socket of server.sockets) socket.destroy();
      };
      if (ending === "break" && body === "") return stop();
      response.writeHead(status, headers);
      if (ending !== "break") return void response.end(body);
      // The common type of the responses of both servers.
      const stream: NodeJS.WritableStream = response;
      stream.write(body, () => setImmediate(stop));
    }),
  );
  onTestFinished(() => server[Symbol.asyncDispose]());
  const transport = openedUntilTestEnds(way, server.baseUrl);
  return { client: new VydonClient({ transport, auth: "key-1", retry: false }), requests, server };
}

it.each(failures)("the error for %s has the same code through every transport", async (_name, responseOf) => {
  const codes = ways.map(async (way) => {
    const { client } = await clientFor(way, responseOf(way));
    return (await apiErrorOf(client.users.current())).code;
  });
  expect(new Set(await Promise.all(codes)).size).toBe(1);
});

describe.each(ways)("a call through $name", (way) => {
  it.each(failures)("fails with the error class for %s", async (_name, responseOf, expected, text = "") => {
    // Connect's transport over fetch detects a redirect, but not its target.
    const expectedText = way.name.startsWith("viaConnect") ? text.replace(/ to .*/, "") : text;
    const { client, requests } = await clientFor(way, responseOf(way));
    const error = await failureOf(client.users.current());
    expect(error).toBeInstanceOf(expected);
    expect(error).toMatchObject({ name: expected.name, attempts: 1 });
    expect(String(error)).toContain(expectedText);
    expect(String(error)).not.toContain("secret");
    expect(requests).toHaveLength(1);
  });

  it("fails for an HTML page with an error that does not mention maxResponseBytes", async () => {
    const { client } = await clientFor(way, { headers: html, body: page });
    const error = await failureOf(client.users.current());
    expect(error).toBeInstanceOf(UnexpectedResponseError);
    expect(String(error)).not.toContain("maxResponseBytes");
  });

  it("fails with NetworkError without a connection", async () => {
    const { client, server } = await clientFor(way, {});
    await server[Symbol.asyncDispose]();
    expect(await failureOf(client.users.current())).toBeInstanceOf(NetworkError);
  });

  it("fails with the time to wait and the request id of an HTTP 429 page", async () => {
    const headers = { ...html, "retry-after": "7", "x-request-id": "req-7" };
    const { client } = await clientFor(way, { status: 429, headers, body: page });
    const error = await failureOf(client.users.current());
    expect(error).toMatchObject({ name: "RateLimitedError", retryAfterMs: 7_000, requestId: "req-7" });
  });

  it("fails with CanceledError if it is aborted", async () => {
    const { client, requests } = await clientFor(way, {});
    const error = await failureOf(client.users.current({ signal: AbortSignal.abort("enough") }));
    expect(error).toMatchObject({ name: "CanceledError", cause: "enough" });
    expect(requests).toEqual([]);
  });

  it("fails with DeadlineExceededError at its deadline", async () => {
    const clock = new VirtualClock(0);
    await using server = await listenLocally(createHttpServer(way.httpVersion, () => clock.advance(60_000)));
    const transport = openedUntilTestEnds(way, server.baseUrl);
    const client = new VydonClient({ transport, clock, retry: false });
    expect(await failureOf(client.users.current({ timeoutMs: 60_000 }))).toMatchObject({
      name: "DeadlineExceededError",
    });
  });
});

describe.each(ways.filter(({ httpVersion }) => httpVersion === "1.1"))(
  "a call over HTTP/1.1 through $name",
  (way) => {
    it.each([600, 999])(
      "fails with UnexpectedResponseError for an HTML page with status %i",
      async (status) => {
        const { client } = await clientFor(way, { status, headers: html, body: page });
        const error = await failureOf(client.users.current());
        expect(error).toBeInstanceOf(UnexpectedResponseError);
        expect(String(error)).toContain(`an HTTP ${status}, so it is not from this API`);
      },
    );
  },
);

describe.each(ways.filter(({ name }) => name.startsWith("webTransport")))(
  "a call through $name, if the response is a gateway's JSON",
  (way) => {
    const ofConnect = way.protocol === "connect";
    const cases: readonly [string, number, new (message: string) => ApiError, string][] = [
      ['{"message":"slow down"}', 429, RateLimitedError, ofConnect ? "slow down" : "HTTP 429"],
      ['{"error":"slow down"}', 429, RateLimitedError, "HTTP 429"],
      ['{"code":429,"message":"slow down"}', 429, RateLimitedError, ofConnect ? "slow down" : "HTTP 429"],
      ['{"error":"oops"}', 500, UnexpectedResponseError, "HTTP 500"],
      ['{"error":"away"}', 503, UnavailableError, "HTTP 503"],
      ['{"status":"created"}', 201, UnexpectedResponseError, "so it is not from this API"],
    ];
    it.each(cases)(
      "fails with the error class for %s with status %i",
      async (body, status, expected, text) => {
        const headers = { "content-type": "application/json", "retry-after": "3" };
        const { client } = await clientFor(way, { status, headers, body });
        const error = await failureOf(client.users.current());
        expect(error).toMatchObject({ name: expected.name });
        expect(String(error)).toContain(text);
        if (status === 429) expect(error).toMatchObject({ retryAfterMs: 3_000 });
      },
    );
  },
);

describe.each(ways.filter(({ protocol }) => protocol === "connect"))(
  "a call through $name, if the response is JSON",
  (way) => {
    it.each([
      ["[]", 401, "UnauthenticatedError"],
      ["[]", 403, "PermissionDeniedError"],
      ["[]", 404, "UnimplementedError"],
      ["[]", 502, "UnavailableError"],
      ["[]", 503, "UnavailableError"],
      ['{"message":7}', 503, "UnavailableError"],
      ["[]", 504, "UnavailableError"],
    ])(
      "fails with the request id and the time to wait of the headers for %s with status %i",
      async (body, status, name) => {
        const headers = { "content-type": "application/json", "retry-after": "3", "x-request-id": "req-1" };
        const { client } = await clientFor(way, { status, headers, body });
        const failure = await failureOf(client.users.current());
        expect(failure).toMatchObject({ name, requestId: "req-1", retryAfterMs: 3_000 });
      },
    );

    const error = (body: string, status: number) => ({
      status,
      headers: { "content-type": "application/json" },
      body,
    });

    const bodies: readonly [string, number, new (message: string) => ApiError][] = [
      ['{"code":"not_found","message":"no such user"}', 404, NotFoundError],
      ['{"code":"not_found","message":"HTTP 404"}', 404, NotFoundError],
      ['{"code":"internal","message":"cannot decode"}', 500, ApiError],
      ['{"code":"resource_exhausted"}', 429, RateLimitedError],
      ['{"code":"weird"}', 503, UnavailableError],
      ["{", 502, UnavailableError],
      ["[]", 429, RateLimitedError],
    ];
    // connect-web loses the status if it expects JSON and gets something else.
    const testedBodies = way.name.startsWith("viaConnect") ? bodies.filter(([body]) => body !== "{") : bodies;

    it.each(testedBodies)(
      "fails with the error class for %s with status %i",
      async (body, status, expected) => {
        const { client } = await clientFor(way, error(body, status));
        const failure = await failureOf(client.users.current());
        expect(failure).toMatchObject({ name: expected.name });
      },
    );
  },
);

describe.each(ways.filter(({ name, protocol }) => protocol === "grpc-web" && !name.startsWith("viaConnect")))(
  "a call through $name, if a trailer is not a valid header",
  (way) => {
    it.each(["grpc-message: s3cr3t\0", "grpc-message: s3cr3t €", "an s3cr3t: 1"])(
      "fails with UnexpectedResponseError, and shows no part of it: %j",
      async (line) => {
        const trailers = Buffer.from(`grpc-status: 5\r\n${line}\r\n`);
        const body = Buffer.from([0, 0, 0, 0, 0, 0x80, 0, 0, 0, trailers.length, ...trailers]);
        const { client } = await clientFor(way, {
          headers: { "content-type": way.contentType },
          body,
        });
        const error = await failureOf(client.users.current());
        expect(error).toBeInstanceOf(UnexpectedResponseError);
        expect(inspect(error, { depth: 9 })).not.toContain("s3cr3t");
      },
    );
  },
);
