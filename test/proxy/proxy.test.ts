import { once } from "node:events";
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { createClient } from "@connectrpc/connect";
import { createConnectTransport } from "@connectrpc/connect-node";
import { createMockServer } from "tenantry/mock";
import { listen } from "tenantry/mock/node";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { UserAccountService } from "../../gen/mgmt/v1alpha1/user_account_pb.js";
import { type Listening, listenLocally } from "../support/listen-locally.js";
import { run, startCommand } from "../support/run-command.js";

const getUser = "/mgmt.v1alpha1.UserAccountService/GetUser";
const json = { "content-type": "application/json" };

/** A request that the real server received. */
interface Received {
  readonly request: IncomingMessage;
  readonly body: string;
}

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tenantry-proxy-"));
});
afterAll(() => rm(folder, { recursive: true }));

// A server whose response each test can choose.
let real: Listening;
let received: Received[] = [];
let respond: (request: IncomingMessage, response: ServerResponse) => void = () => {};
beforeEach(async () => {
  received = [];
  respond = (_request, response) => {
    response.writeHead(200, json);
    response.end('{"userId":"7a1c4c39-5d0e-4d2c-9a3c-0f6a3a3f9d10"}');
  };
  const server = createServer(async (sent, response) => {
    let body = "";
    for await (const chunk of sent) body += chunk;
    received.push({ request: sent, body });
    respond(sent, response);
  });
  real = await listenLocally(server);
});
afterEach(() => real[Symbol.asyncDispose]());

let files = 0;
const newFile = () => join(folder, `recording-${++files}.jsonl`);
const linesOf = async (file: string) =>
  (await readFile(file, "utf8"))
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));

describe("tenantry mock --proxy forwards a call", () => {
  it("to the base path with its path, headers and body, without the headers of the connection", async () => {
    await using proxy = await startCommand("--proxy", `${real.baseUrl}/api/v2/`, "--quiet");
    const sent = request(`${proxy.url}/any/prefix${getUser}`, {
      method: "POST",
      headers: {
        ...json,
        authorization: "Bearer secret-1",
        "connect-timeout-ms": "2500",
        "accept-encoding": "zstd, gzip;q=0.5",
        connection: "keep-alive, x-only-here",
        "x-only-here": "1",
        "keep-alive": "timeout=5",
        te: "trailers",
        "x-mine": "yes",
      },
    });
    sent.end("{}");
    const [response] = await once(sent, "response");
    response.resume();
    await once(response, "end");
    expect(response.statusCode).toBe(200);
    const [{ request: got, body } = { request: undefined, body: "" }] = received;
    expect(got?.url).toBe(`/api/v2${getUser}`);
    expect(body).toBe("{}");
    expect(got?.headers).toMatchObject({
      host: new URL(real.baseUrl).host,
      authorization: "Bearer secret-1",
      "connect-timeout-ms": "2500",
      "accept-encoding": "gzip;q=0.5",
      "content-length": "2",
      "x-mine": "yes",
    });
    for (const name of ["x-only-here", "te"]) expect(got?.headers).not.toHaveProperty(name);
  });

  it("and returns the response unchanged: status, headers, trailers as headers, and the compressed body", async () => {
    const compressed = gzipSync('{"code":"not_found","message":"unable to find user"}');
    respond = (_request, response) => {
      response.writeHead(404, {
        ...json,
        "content-encoding": "gzip",
        "trailer-x-cost": "7",
        "set-cookie": ["a=1", "b=2"],
      });
      response.end(compressed);
    };
    const file = newFile();
    await using proxy = await startCommand("--proxy", real.baseUrl, "--record", file, "--quiet");
    const sent = request(proxy.url + getUser, {
      method: "POST",
      headers: { ...json, "accept-encoding": "gzip" },
    });
    sent.end("{}");
    const [response] = await once(sent, "response");
    const parts: Buffer[] = [];
    for await (const part of response) parts.push(part);
    expect(response.statusCode).toBe(404);
    expect(response.headers).toMatchObject({
      "content-encoding": "gzip",
      "trailer-x-cost": "7",
      "set-cookie": ["a=1", "b=2"],
    });
    expect(Buffer.concat(parts).equals(compressed)).toBe(true);
    expect(await linesOf(file)).toMatchObject([
      { step: 0 },
      {
        step: 1,
        as: null,
        httpStatus: 404,
        code: "not_found",
        message: "unable to find user",
        response: null,
      },
    ]);
  });

  it("sent by GET, in the binary format, or over HTTP/2", async () => {
    const server = createMockServer();
    await using listener = await listen(server);
    const { token, userId } = server.vydon.signIn({ email: "ada@example.com" });
    const file = newFile();
    await using proxy = await startCommand("--proxy", listener.url, "--record", file, "--quiet");
    for (const httpVersion of ["1.1", "2"] as const) {
      for (const useBinaryFormat of [true, false]) {
        const transport = createConnectTransport({
          baseUrl: proxy.url,
          httpVersion,
          useBinaryFormat,
          useHttpGet: useBinaryFormat,
        });
        const client = createClient(UserAccountService, transport);
        const headers = { authorization: `Bearer ${token}` };
        expect((await client.getUser({}, { headers })).userId).toBe(userId);
        await client.createTeamAccount({ name: "acme" }, { headers }).catch(() => {});
      }
    }
    const [, ...lines] = await linesOf(file);
    expect(lines).toHaveLength(8);
    for (const line of lines) expect(line).toMatchObject({ as: "<secret:1>" });
    for (const { method, request: sent } of lines) {
      expect(sent).toEqual(method === "GetUser" ? {} : { name: "<name:1>" });
    }
    expect(lines[0]?.response).toEqual({ userId: "<uuid:1>" });
  });

  it("without following a redirect", async () => {
    respond = (_request, response) => {
      response.writeHead(307, { location: `${real.baseUrl}/elsewhere?secret=1` });
      response.end();
    };
    await using proxy = await startCommand("--proxy", real.baseUrl, "--quiet");
    const response = await fetch(proxy.url + getUser, {
      method: "POST",
      headers: json,
      body: "{}",
      redirect: "manual",
    });
    expect(response.status).toBe(307);
    expect(received).toHaveLength(1);
  });

  it("and cancels it if the client closes the connection", async () => {
    const arrived = new Promise<IncomingMessage>((resolve) => {
      respond = (sent) => resolve(sent);
    });
    await using proxy = await startCommand("--proxy", real.baseUrl);
    const controller = new AbortController();
    const call = fetch(proxy.url + getUser, {
      method: "POST",
      headers: json,
      body: "{}",
      signal: controller.signal,
    });
    const sent = await arrived;
    const closed = once(sent.socket, "close");
    controller.abort();
    await expect(call).rejects.toMatchObject({ name: "AbortError" });
    await closed;
    await vi.waitUntil(() => proxy.out().includes("the client went away"));
  });

  it("to a service that the mock does not have, and does not record it", async () => {
    const file = newFile();
    await using proxy = await startCommand("--proxy", real.baseUrl, "--record", file);
    const path = "/mgmt.v1alpha1.JobService/GetJobs";
    expect((await fetch(proxy.url + path, { method: "POST", headers: json, body: "{}" })).status).toBe(200);
    expect(proxy.out()).toContain(`${path.slice(1)} 200 not recorded\n`);
    expect(await linesOf(file)).toHaveLength(1);
  });
});

describe("tenantry mock --proxy rejects", () => {
  const call = async (url: string, path: string, init: RequestInit) => {
    const response = await fetch(url + path, init);
    const body: unknown = await response.json();
    return { status: response.status, body };
  };

  it.each([
    ["gRPC", getUser, { method: "POST", headers: { "content-type": "application/grpc" } }, 415],
    ["gRPC-Web", getUser, { method: "POST", headers: { "content-type": "application/grpc-web+proto" } }, 415],
    ["a plain GET", getUser, { method: "GET" }, 415],
    ["a path that is not an RPC", "/index.html", { method: "GET" }, 404],
  ])("%s", async (_what, path, init, status) => {
    await using proxy = await startCommand("--proxy", real.baseUrl, "--quiet");
    const refused = await call(proxy.url, path, init);
    expect(refused).toMatchObject({
      status,
      body: { code: "unimplemented", message: expect.stringContaining("the proxy only passes") },
    });
    expect(received).toEqual([]);
  });

  it("a call with unavailable if the server switches the protocol", async () => {
    respond = (sent) =>
      sent.socket.write("HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n");
    await using proxy = await startCommand("--proxy", real.baseUrl, "--quiet");
    expect(await call(proxy.url, getUser, { method: "POST", headers: json, body: "{}" })).toMatchObject({
      status: 503,
      body: { code: "unavailable", message: expect.stringContaining("no response from the server") },
    });
  });

  it("a call with a token over plain http to another machine, without --allow-insecure-auth", async () => {
    const headers = { ...json, authorization: "Bearer secret-1" };
    {
      await using proxy = await startCommand("--proxy", "http://vydon.invalid", "--quiet");
      expect(await call(proxy.url, getUser, { method: "POST", headers, body: "{}" })).toMatchObject({
        status: 400,
        body: { code: "failed_precondition", message: expect.stringContaining("--allow-insecure-auth") },
      });
    }
    await using proxy = await startCommand(
      "--proxy",
      "http://vydon.invalid",
      "--allow-insecure-auth",
      "--quiet",
    );
    expect(await call(proxy.url, getUser, { method: "POST", headers, body: "{}" })).toMatchObject({
      status: 503,
      body: { code: "unavailable", message: expect.stringContaining("no response from the server") },
    });
  });

  it("requests of pages of another origin, and allows pages of this machine", async () => {
    await using proxy = await startCommand("--proxy", real.baseUrl, "--quiet");
    const ask = (origin: string) =>
      fetch(proxy.url + getUser, {
        method: "OPTIONS",
        headers: { origin, "access-control-request-method": "POST" },
      });
    expect((await ask("https://evil.example")).status).toBe(403);
    expect((await ask("https://evil.example")).headers.get("access-control-allow-origin")).toBeNull();
    expect((await ask("http://localhost:5173")).headers.get("access-control-allow-origin")).toBe(
      "http://localhost:5173",
    );
  });
});

it("tenantry mock --proxy rejects a request with a foreign Host header, as in DNS rebinding", async () => {
  await using proxy = await startCommand("--proxy", real.baseUrl, "--quiet");
  const headers = { ...json, host: "evil.example" };
  const sent = request(proxy.url + getUser, { method: "POST", headers });
  sent.end("{}");
  const [response] = await once(sent, "response");
  response.resume();
  expect(response.statusCode).toBe(403);
  expect(received).toEqual([]);
});

describe("tenantry mock --proxy --record", () => {
  it("fails if the file is not empty, unless --force is set", async () => {
    const file = newFile();
    await writeFile(file, "mine\n");
    const { code, err } = await run("mock", "--port", "0", "--proxy", real.baseUrl, "--record", file);
    expect({ code, err }).toEqual({
      code: 1,
      err: `tenantry: ${file} is not empty: name another file, or overwrite this one with --force\n`,
    });
    expect(await readFile(file, "utf8")).toBe("mine\n");
    expect(
      (await run("mock", "--port", "0", "--proxy", real.baseUrl, "--record", file, "--force")).code,
    ).toBe(0);
    expect(await linesOf(file)).toHaveLength(1);
  });

  it("sets the mode of an existing empty file to 0600", async () => {
    const file = newFile();
    await writeFile(file, "");
    await chmod(file, 0o644);
    expect((await run("mock", "--port", "0", "--proxy", real.baseUrl, "--record", file)).code).toBe(0);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it("writes each call to the file before it returns the response", async () => {
    const file = newFile();
    await using proxy = await startCommand("--proxy", real.baseUrl, "--record", file, "--quiet");
    for (const count of [1, 2, 3]) {
      await fetch(proxy.url + getUser, { method: "POST", headers: json, body: "{}" });
      expect(await linesOf(file)).toHaveLength(count + 1);
    }
  });

  it("fails if the file cannot be written", async () => {
    const file = join(folder, "no", "such", "folder.jsonl");
    const { code, err } = await run("mock", "--port", "0", "--proxy", real.baseUrl, "--record", file);
    expect(code).toBe(1);
    expect(err).toContain(`cannot write the recording ${file}: `);
  });
});
