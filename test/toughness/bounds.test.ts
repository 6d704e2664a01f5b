import { createServer } from "node:http";
import { gzipSync } from "node:zlib";
import { type CommonOptions, UnexpectedResponseError, VydonClient } from "tenantry";
import { describe, expect, it } from "vitest";

const megabyte = 2 ** 20;
const proto = { "content-type": "application/proto" };
const json = { "content-type": "application/json" };

/** What reading the answers of a fetch ended with; the call may not be retried, and may not take long. */
async function failureBy(fetch: typeof globalThis.fetch, options: CommonOptions = {}): Promise<unknown> {
  const client = new VydonClient({ ...options, baseUrl: "https://vydon.example.com", fetch, retry: false });
  return client.users.current().then(
    () => "it was answered",
    (error: unknown) => error,
  );
}

/** A body without end, that counts what was taken of it. */
function endless(chunk = new Uint8Array(megabyte)) {
  const taken = { bytes: 0, canceled: false };
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      taken.bytes += chunk.length;
      controller.enqueue(chunk);
    },
    cancel() {
      taken.canceled = true;
    },
  });
  return { body, taken };
}

describe("an answer without end", () => {
  it.each([200, 503])("is given up at maxResponseBytes, with status %i", async (status) => {
    const { body, taken } = endless();
    const error = await failureBy(async () => new Response(body, { status, headers: proto }), {
      maxResponseBytes: 4 * megabyte,
    });
    expect(error).toBeInstanceOf(UnexpectedResponseError);
    expect(taken.canceled).toBe(true);
    expect(taken.bytes).toBeLessThan(7 * megabyte);
  });

  it("is given up at 64 MiB where nothing is said", async () => {
    const { body, taken } = endless();
    const error = await failureBy(async () => new Response(body, { headers: proto }));
    expect(error).toBeInstanceOf(UnexpectedResponseError);
    expect(taken.bytes).toBeLessThan(67 * megabyte);
  });

  it("in crumbs takes no more memory than its bytes", async () => {
    const { body, taken } = endless(new Uint8Array(16));
    const error = await failureBy(async () => new Response(body, { headers: proto }), {
      maxResponseBytes: megabyte,
    });
    expect(error).toBeInstanceOf(UnexpectedResponseError);
    expect(taken.bytes).toBeLessThan(2 * megabyte);
  });

  it("is not even begun where it says that it is 1 GB", async () => {
    const { body, taken } = endless();
    const headers = { ...proto, "content-length": String(1024 * megabyte) };
    expect(await failureBy(async () => new Response(body, { headers }))).toBeInstanceOf(
      UnexpectedResponseError,
    );
    expect(taken.canceled).toBe(true);
    // A stream fills its own buffer before anybody reads.
    expect(taken.bytes).toBeLessThanOrEqual(megabyte);
  });
});

describe("a compressed bomb", () => {
  it("over HTTP is given up at maxResponseBytes, and memory with it", async () => {
    // 1 GB in 64 parts of one compressed file.
    const part = gzipSync(new Uint8Array(16 * megabyte), { level: 9 });
    await using server = await listening((response) => {
      response.writeHead(200, { ...proto, "content-encoding": "gzip" });
      for (let index = 0; index < 64; index++) response.write(part);
      response.end();
    });
    const before = process.memoryUsage();
    const client = new VydonClient({ baseUrl: server.url, retry: false, maxResponseBytes: 8 * megabyte });
    const error: unknown = await client.users.current().catch((reason) => reason);
    const after = process.memoryUsage();
    expect(error).toBeInstanceOf(UnexpectedResponseError);
    expect(after.arrayBuffers - before.arrayBuffers).toBeLessThan(64 * megabyte);
    expect(after.heapUsed - before.heapUsed).toBeLessThan(64 * megabyte);
  });

  it("that is cut is no answer", async () => {
    const whole = gzipSync(new Uint8Array(megabyte));
    await using server = await listening((response) => {
      response.writeHead(200, { ...proto, "content-encoding": "gzip" });
      response.end(whole.subarray(0, whole.length / 2));
    });
    const client = new VydonClient({ baseUrl: server.url, retry: false });
    await expect(client.users.current()).rejects.toBeInstanceOf(UnexpectedResponseError);
  });
});

describe("depth", () => {
  const deep = (open: string, inner: string, close: string) =>
    open.repeat(10_000) + inner + close.repeat(10_000);
  const nested = {
    "arrays in an unknown field": `{"later":${deep("[", "1", "]")}}`,
    "objects in an unknown field": `{"later":${deep('{"a":', "1", "}")}}`,
    "arrays in a field": `{"userId":${deep("[", "1", "]")}}`,
    "arrays alone": deep("[", "1", "]"),
    "arrays that never close": "[".repeat(10_000),
  };

  it.each(Object.entries(nested))("of JSON: %s", async (_name, body) => {
    const options: CommonOptions = { format: "json" };
    const outcome = await failureBy(async () => new Response(body, { headers: json }), options);
    if (outcome !== "it was answered") expect(outcome).toBeInstanceOf(UnexpectedResponseError);
  });

  it("of an error's JSON", async () => {
    const body = `{"code":"not_found","details":${deep("[", "1", "]")},"message":${deep("[", "1", "]")}}`;
    const error = await failureBy(async () => new Response(body, { status: 404, headers: json }));
    expect(error).toMatchObject({ code: 5 });
  });

  it("of groups in binary", async () => {
    // Field 9, which no version has: group in group in group.
    const body = new Uint8Array(20_000).fill((9 << 3) | 3, 0, 10_000).fill((9 << 3) | 4, 10_000);
    const error = await failureBy(async () => new Response(body, { headers: proto }));
    expect(error).toBeInstanceOf(UnexpectedResponseError);
  });
});

async function listening(answer: (response: import("node:http").ServerResponse) => void) {
  const server = createServer((request, response) => {
    request.resume();
    // The client hangs up in the middle.
    response.on("error", () => {});
    answer(response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
