import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { gzipSync } from "node:zlib";
import { createClient } from "@connectrpc/connect";
import { createConnectTransport } from "@connectrpc/connect-node";
import { createMockServer } from "tenantry/mock";
import { listen } from "tenantry/mock/node";
import { describe, expect, it } from "vitest";
import { UserAccountService } from "../../gen/mgmt/v1alpha1/user_account_pb.js";
import { startCommand } from "../support/run-command.js";
import { until } from "../support/until.js";
import { getUser, json, linesOf, openFolder, openRealServer } from "./real-server.js";

const real = openRealServer();
const files = openFolder();

describe("tenantry mock --proxy forwards a call", () => {
  it("to the base path with its path, headers and body, without the headers of the connection", async () => {
    await using proxy = await startCommand("--proxy", `${real.url}/api/v2/`, "--quiet");
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
        expect: "100-continue",
        "x-mine": "yes",
      },
    });
    sent.end("{}");
    const [response] = await once(sent, "response");
    response.resume();
    await once(response, "end");
    expect(response.statusCode).toBe(200);
    const [{ request: got, body } = { request: undefined, body: "" }] = real.received;
    expect(got?.url).toBe(`/api/v2${getUser}`);
    expect(body).toBe("{}");
    expect(got?.headers).toMatchObject({
      host: new URL(real.url).host,
      authorization: "Bearer secret-1",
      "connect-timeout-ms": "2500",
      "accept-encoding": "gzip;q=0.5",
      "content-length": "2",
      "x-mine": "yes",
    });
    for (const name of ["x-only-here", "te", "expect"]) expect(got?.headers).not.toHaveProperty(name);
  });

  it("and returns the response unchanged: status, headers, trailers as headers, and the compressed body", async () => {
    const compressed = gzipSync('{"code":"not_found","message":"unable to find user"}');
    real.respond = (_request, response) => {
      response.writeHead(404, {
        ...json,
        "content-encoding": "gzip",
        "trailer-x-cost": "7",
        "set-cookie": ["a=1", "b=2"],
      });
      response.end(compressed);
    };
    const file = files.next();
    await using proxy = await startCommand("--proxy", real.url, "--record", file, "--quiet");
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

  it.each(["zstd", ""])(
    "for a response without compression if the client accepts only %j",
    async (encoding) => {
      await using proxy = await startCommand("--proxy", real.url, "--quiet");
      const headers = { ...json, "accept-encoding": encoding };
      await fetch(proxy.url + getUser, { method: "POST", headers, body: "{}" });
      expect(real.received[0]?.request.headers["accept-encoding"]).toBe("identity");
    },
  );

  it("and returns the response if its headers are large", async () => {
    const value = "x".repeat(15_000);
    real.respond = (_request, response) => {
      response.writeHead(200, { ...json, "x-first": value, "x-second": value });
      response.end("{}");
    };
    await using proxy = await startCommand("--proxy", real.url, "--quiet");
    const sent = request(proxy.url + getUser, { method: "POST", headers: json, maxHeaderSize: 2 ** 16 });
    sent.end("{}");
    const [response] = await once(sent, "response");
    response.resume();
    expect(response.statusCode).toBe(200);
    expect(response.headers["x-second"]).toBe(value);
  });

  it("sent by GET, in the binary format, or over HTTP/2", async () => {
    const server = createMockServer();
    await using listener = await listen(server);
    const { token, userId } = server.vydon.signIn({ email: "ada@example.com" });
    const file = files.next();
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

  it("with its whole query, which may contain question marks", async () => {
    await using proxy = await startCommand("--proxy", real.url, "--quiet");
    const path = `${getUser}?connect=v1&encoding=json&message={"name":"why?"}&x=1?`;
    const sent = request(proxy.url, { path: encodeURI(path) });
    sent.end();
    const [response] = await once(sent, "response");
    response.resume();
    expect(response.statusCode).toBe(200);
    expect(decodeURI(real.received[0]?.request.url ?? "")).toBe(path);
  });

  it("without following a redirect", async () => {
    real.respond = (_request, response) => {
      response.writeHead(307, { location: `${real.url}/elsewhere?secret=1` });
      response.end();
    };
    await using proxy = await startCommand("--proxy", real.url, "--quiet");
    const response = await fetch(proxy.url + getUser, {
      method: "POST",
      headers: json,
      body: "{}",
      redirect: "manual",
    });
    expect(response.status).toBe(307);
    expect(real.received).toHaveLength(1);
  });

  it("and cancels it if the client closes the connection", async () => {
    const arrived = new Promise<IncomingMessage>((resolve) => {
      real.respond = (sent) => resolve(sent);
    });
    await using proxy = await startCommand("--proxy", real.url);
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
    await until(() => proxy.out().includes("the client closed the connection"));
  });

  it("to a service that the mock does not have, and does not record it", async () => {
    const file = files.next();
    await using proxy = await startCommand("--proxy", real.url, "--record", file);
    const path = "/mgmt.v1alpha1.JobService/GetJobs";
    expect((await fetch(proxy.url + path, { method: "POST", headers: json, body: "{}" })).status).toBe(200);
    expect(proxy.out()).toContain(`${path.slice(1)} 200 not recorded\n`);
    expect(await linesOf(file)).toHaveLength(1);
  });
});
