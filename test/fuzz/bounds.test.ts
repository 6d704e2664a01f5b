import { createServer, type ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";
import { type CommonOptions, UnexpectedResponseError, VydonClient } from "tenantry";
import { describe, expect, it } from "vitest";
import { listenLocally } from "../support/listen-locally.js";
import { failureOf } from "../support/promises.js";

const megabyte = 2 ** 20;
const json = { "content-type": "application/json" };

/** Makes a call with this fetch, without retries. Returns its error. */
async function failureBy(fetch: typeof globalThis.fetch, options: CommonOptions = {}): Promise<unknown> {
  const client = new VydonClient({ ...options, baseUrl: "https://vydon.example.com", fetch, retry: false });
  return client.users.current().then(
    () => "no failure",
    (error: unknown) => error,
  );
}

/** Creates an endless body that counts the bytes read from it. */
function endless(chunk = new Uint8Array(megabyte)) {
  const read = { bytes: 0, canceled: false };
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      read.bytes += chunk.length;
      controller.enqueue(chunk);
    },
    cancel() {
      read.canceled = true;
    },
  });
  return { body, read };
}

describe("an endless response", () => {
  it.each([200, 503])("with status %i is read up to `maxResponseBytes`", async (status) => {
    const { body, read } = endless();
    const error = await failureBy(async () => new Response(body, { status, headers: json }), {
      maxResponseBytes: 4 * megabyte,
    });
    expect(error).toBeInstanceOf(UnexpectedResponseError);
    expect(read.canceled).toBe(true);
    expect(read.bytes).toBeLessThan(7 * megabyte);
  });

  it("is read up to 64 MiB by default", async () => {
    const { body, read } = endless();
    const error = await failureBy(async () => new Response(body, { headers: json }));
    expect(error).toBeInstanceOf(UnexpectedResponseError);
    expect(read.bytes).toBeLessThan(67 * megabyte);
  });

  it("in small chunks is read up to `maxResponseBytes`", async () => {
    const { body, read } = endless(new Uint8Array(16));
    const error = await failureBy(async () => new Response(body, { headers: json }), {
      maxResponseBytes: megabyte,
    });
    expect(error).toBeInstanceOf(UnexpectedResponseError);
    expect(read.bytes).toBeLessThan(2 * megabyte);
  });

  it.each(["1", "0", "1073741824", "-1", "many"])(
    "with the content-length %s is read up to `maxResponseBytes`",
    async (length) => {
      const { body, read } = endless();
      const headers = { ...json, "content-length": length };
      const error = await failureBy(async () => new Response(body, { headers }), {
        maxResponseBytes: 4 * megabyte,
      });
      expect(error).toBeInstanceOf(UnexpectedResponseError);
      expect(read.canceled).toBe(true);
      expect(read.bytes).toBeLessThan(7 * megabyte);
    },
  );

  it("is accepted if it ends, even if it is longer than its content-length", async () => {
    const headers = { ...json, "content-length": "2" };
    expect(await failureBy(async () => new Response('{"userId":"ada"}', { headers }))).toBe("no failure");
  });
});

describe("a compressed response that expands to 1 GB", () => {
  it("is read up to `maxResponseBytes`, and uses little memory", async () => {
    // 1 GB in 64 parts of one compressed file.
    const part = gzipSync(new Uint8Array(16 * megabyte), { level: 9 });
    await using server = await listening((response) => {
      response.writeHead(200, { ...json, "content-encoding": "gzip" });
      for (let index = 0; index < 64; index++) response.write(part);
      response.end();
    });
    const before = process.memoryUsage();
    const client = new VydonClient({ baseUrl: server.baseUrl, retry: false, maxResponseBytes: 8 * megabyte });
    const error = await failureOf(client.users.current());
    const after = process.memoryUsage();
    expect(error).toBeInstanceOf(UnexpectedResponseError);
    expect(after.arrayBuffers - before.arrayBuffers).toBeLessThan(64 * megabyte);
    expect(after.heapUsed - before.heapUsed).toBeLessThan(64 * megabyte);
  });

  it("is an UnexpectedResponseError if it is incomplete", async () => {
    const whole = gzipSync(new Uint8Array(megabyte));
    await using server = await listening((response) => {
      response.writeHead(200, { ...json, "content-encoding": "gzip" });
      response.end(whole.subarray(0, whole.length / 2));
    });
    const client = new VydonClient({ baseUrl: server.baseUrl, retry: false });
    await expect(client.users.current()).rejects.toBeInstanceOf(UnexpectedResponseError);
  });
});

describe("JSON nested 10,000 levels deep", () => {
  const deep = (open: string, inner: string, close: string) =>
    open.repeat(10_000) + inner + close.repeat(10_000);
  const nested = {
    "arrays in an unknown field": `{"userId":"ada","later":${deep("[", "1", "]")}}`,
    "objects in an unknown field": `{"userId":"ada","later":${deep('{"a":', "1", "}")}}`,
    "arrays in a field": `{"userId":${deep("[", "1", "]")}}`,
    "arrays alone": deep("[", "1", "]"),
    "arrays that never close": "[".repeat(10_000),
  };

  it.each(Object.entries(nested))("in a response causes no stack overflow: %s", async (name, body) => {
    const outcome = await failureBy(async () => new Response(body, { headers: json }));
    if (name.includes("unknown")) expect(outcome).toBe("no failure");
    else expect(outcome).toBeInstanceOf(UnexpectedResponseError);
  });

  it("in an error response causes no stack overflow", async () => {
    const body = `{"code":"not_found","details":${deep("[", "1", "]")},"message":${deep("[", "1", "]")}}`;
    const error = await failureBy(async () => new Response(body, { status: 404, headers: json }));
    expect(error).toMatchObject({ code: "not_found", details: [] });
  });
});

/** Starts a server that responds to each request with `respond`. */
function listening(respond: (response: ServerResponse) => void) {
  const server = createServer((request, response) => {
    request.resume();
    // The client closes the connection before the end.
    response.on("error", () => {});
    respond(response);
  });
  return listenLocally(server);
}
