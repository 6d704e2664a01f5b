import { once } from "node:events";
import { request } from "node:http";
import { connect as connectHttp2 } from "node:http2";
import { connect } from "node:net";
import { gunzipSync, gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { settled } from "../../../../test/support/promises.js";
import { createMockServer } from "../../server.js";
import { type ListenOptions, listen } from "./listen.js";

const path = "/mgmt.v1alpha1.UserAccountService/GetUser";

/** Sends lines as they are. Returns what comes until the connection ends. */
async function exchange(port: number, lines: readonly string[]): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  socket.write(lines.join("\r\n"));
  let answer = "";
  for await (const chunk of socket) answer += chunk;
  return answer;
}

describe("a listener", () => {
  it("needs a server: its options alone are an error", async () => {
    await expect(listen(JSON.parse('{ "port": 4010 }'))).rejects.toThrow(
      'server is {"port":4010}: give the server that createMockServer() returns',
    );
  });

  it("serves HTTP/1.1 and HTTP/2 on one port, under any prefix", async () => {
    const server = createMockServer();
    await using listener = await listen(server);
    const ada = server.vydon.signIn({ email: "ada@example.com" });
    const headers = { authorization: `Bearer ${ada.token}`, "content-type": "application/json" };
    for (const prefix of ["", "/api/v1"]) {
      const response = await fetch(`${listener.url}${prefix}${path}`, {
        method: "POST",
        headers,
        body: "{}",
      });
      expect(await response.json()).toEqual({ userId: ada.userId });
    }
    const session = connectHttp2(listener.url);
    const stream = session.request({ ":method": "POST", ":path": path, ...headers });
    stream.end("{}");
    let body = "";
    for await (const chunk of stream) body += chunk;
    expect(JSON.parse(body)).toEqual({ userId: ada.userId });
    session.destroy();
  });

  it.each(["HTTP/1.1", "HTTP/2"])("accepts headers of 50 kB over %s", async (version) => {
    const server = createMockServer();
    await using listener = await listen(server);
    const token = "t".repeat(50_000);
    server.seed({ vydon: { users: [{ email: "ada@example.com", token }] } });
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    let body = "";
    if (version === "HTTP/1.1") {
      body = await (await fetch(`${listener.url}${path}`, { method: "POST", headers, body: "{}" })).text();
    } else {
      const session = connectHttp2(listener.url);
      const stream = session.request({ ":method": "POST", ":path": path, ...headers });
      stream.end("{}");
      for await (const chunk of stream) body += chunk;
      session.destroy();
    }
    expect(JSON.parse(body)).toHaveProperty("userId");
  });

  it("keeps an idle connection of HTTP/1.1 for twenty minutes", async () => {
    await using listener = await listen(createMockServer());
    const { headers } = await fetch(`${listener.url}/healthz`);
    expect(headers.get("keep-alive")).toBe("timeout=1200");
  });

  it("finds the world in a request in absolute form", async () => {
    const server = createMockServer();
    await using listener = await listen(server);
    const ada = server.worlds.create("w1").vydon.signIn({ email: "ada@example.com" });
    const response = await exchange(listener.port, [
      `POST ${listener.url}/w/w1${path} HTTP/1.1`,
      "Host: x",
      "Content-Type: application/json",
      `Authorization: Bearer ${ada.token}`,
      "Content-Length: 2",
      "Connection: close",
      "",
      "{}",
    ]);
    expect(response).toContain(`"userId":"${ada.userId}"`);
    expect(server.worlds.get("w1")?.calls.count).toBe(1);
    expect(
      await exchange(listener.port, [`GET ${listener.url} HTTP/1.1`, "Host: x", "Connection: close", "", ""]),
    ).toContain("200 OK");
  });

  it("detects HTTP/2 even if the first bytes come one by one", async () => {
    await using listener = await listen(createMockServer());
    const socket = connect(listener.port, "127.0.0.1");
    socket.setNoDelay(true);
    const answered = once(socket, "data");
    // After the preface, the settings of the client: a frame of type 4 without content.
    for (const part of ["P", "R", "I * HTTP/2.0\r\n\r\nSM\r\n\r\n", Buffer.of(0, 0, 0, 4, 0, 0, 0, 0, 0)]) {
      socket.write(part);
      // The listener reads each part before the next one is sent.
      await settled();
    }
    const [answer] = await answered;
    expect(answer[3]).toBe(4);
    socket.destroy();
  });

  it("detects HTTP/1.1 even if the first bytes come one by one", async () => {
    await using listener = await listen(createMockServer());
    const socket = connect(listener.port, "127.0.0.1");
    socket.setNoDelay(true);
    const closed = once(socket, "close");
    let answer = "";
    socket.on("data", (chunk) => {
      answer += chunk;
    });
    for (const part of [
      "P",
      "O",
      `ST ${path} HTTP/1.1\r\n`,
      "Host: x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
    ]) {
      socket.write(part);
      // The listener reads each part before the next one is sent.
      await settled();
    }
    await closed;
    expect(answer).toMatch(/^HTTP\/1\.1 415 /);
  });

  it("serves HTTP/1.0, which has no Host header", async () => {
    const server = createMockServer();
    const { token, userId } = server.vydon.signIn({ email: "ada@example.com" });
    await using listener = await listen(server, { admin: true });
    const call = ["Content-Type: application/json", "Content-Length: 2", `Authorization: Bearer ${token}`];
    const answer = await exchange(listener.port, [`POST ${path} HTTP/1.0`, ...call, "", "{}"]);
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
    expect(answer).toContain(userId);
    // A request without a name of this machine cannot control the server.
    expect(await exchange(listener.port, ["GET /worlds HTTP/1.0", "", ""])).toMatch(/^HTTP\/1\.1 403 /);
  });

  it("serves a request whose target is a whole URL, as a proxy sends it", async () => {
    const server = createMockServer();
    const { token, userId } = server.vydon.signIn({ email: "ada@example.com" });
    await using listener = await listen(server);
    const head = ["Host: mock", "Connection: close", `Authorization: Bearer ${token}`];
    const call = ["Content-Type: application/json", "Content-Length: 2", "", "{}"];
    const answer = await exchange(listener.port, [`POST http://mock${path} HTTP/1.1`, ...head, ...call]);
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
    expect(answer).toContain(userId);
  });

  it("ends the connection of a method that no `Request` can have", async () => {
    await using listener = await listen(createMockServer());
    const lines = ["TRACE /vydon/issuer/token HTTP/1.1", "Host: localhost", "", ""];
    expect(await exchange(listener.port, lines)).toBe("");
  });

  it("continues after a client that resets its connection before it sends anything", async () => {
    await using listener = await listen(createMockServer());
    for (let client = 0; client < 5; client++) {
      const socket = connect(listener.port, "127.0.0.1");
      await once(socket, "connect");
      socket.resetAndDestroy();
    }
    expect((await fetch(`${listener.url}/healthz`)).status).toBe(200);
  });

  it.each([
    [{ port: 65_536 }, "options.port is 65536: give a whole number, from 0 to 65535"],
    [{ host: "" }, 'options.host is "": give a string that is not empty'],
    [{ admin: "yes" }, 'options.admin is "yes": give true or false'],
    [{ cors: 1 }, "options.cors is 1: give true or false"],
    [{ allowedHosts: "mock" }, 'options.allowedHosts is "mock": give a list'],
    [{ allowedHosts: [""] }, 'options.allowedHosts[0] is "": give a string that is not empty'],
    [{ clock: 5 }, "options.clock is 5: give an object"],
    [{ hots: "mock" }, 'options.hots is not known: did you mean "host"'],
  ])("refuses the options %j", async (wrong, message) => {
    const options: ListenOptions = JSON.parse(JSON.stringify(wrong));
    await expect(listen(createMockServer(), options)).rejects.toThrow(message);
  });

  it.each(["a b", "%", "[::1", "a:99999999"])(
    "refuses the Host %s, as Go does, and continues",
    async (host) => {
      await using listener = await listen(createMockServer(), { admin: true });
      for (const start of [`POST ${path}`, "POST /vydon/issuer/token", "GET /", "GET /worlds"]) {
        const head = [`${start} HTTP/1.1`, `Host: ${host}`, "Content-Length: 0", "Connection: close"];
        const answer = await exchange(listener.port, [...head, "", ""]);
        expect(answer).toMatch(/^HTTP\/1\.1 400 /);
        expect(answer).toContain("400 Bad Request: malformed Host header");
      }
      expect((await fetch(listener.url + path, { method: "POST" })).status).toBe(415);
    },
  );

  it.each([
    ["application/x-www-form-urlencoded", 'the content type is "application/x-www-form-urlencoded"'],
    [undefined, "there is no content type"],
  ])("explains to a caller of the admin service that it needs JSON: %s", async (type, sent) => {
    const server = createMockServer();
    await using listener = await listen(server, { admin: true });
    const headers = type === undefined ? {} : { "content-type": type };
    const post = (url: string) =>
      fetch(url, { method: "POST", headers, body: new TextEncoder().encode("{}") });
    server.worlds.create("a");
    for (const base of [listener.url, `${listener.url}/w/a`]) {
      const response = await post(`${base}/tenantry.mock.v1.AdminService/Reset`);
      expect(response.status).toBe(415);
      expect(await response.text()).toBe(
        `415 ${sent}: send JSON with the header "content-type: application/json". With curl: -H 'content-type: application/json'.\n`,
      );
    }
    // The services of the APIs respond as Go does.
    const response = await post(listener.url + path);
    expect([response.status, await response.text()]).toEqual([415, ""]);
  });

  it("responds with 404 to unknown paths", async () => {
    await using listener = await listen(createMockServer());
    const response = await fetch(`${listener.url}/nothing/Here`, { method: "POST" });
    expect(response.status).toBe(404);
    expect(await response.text()).toBe("404 page not found\n");
    expect((await fetch(`${listener.url}/nothing`)).status).toBe(404);
  });

  it.each([
    ["//api///a/B?c=d", "/api/a/B?c=d"],
    ["/a/B//", "/a/B/"],
    ["//", "/"],
    ["/./api/x/../a/B", "/api/a/B"],
    ["/api//tenantry.mock.v1.AdminService/Reset", "/api/tenantry.mock.v1.AdminService/Reset"],
  ])("redirects from %s to %s", async (path, location) => {
    for (const options of [{ admin: true }, { cors: false }]) {
      await using listener = await listen(createMockServer(), options);
      // fetch would clean the path itself.
      const sent = request({ port: listener.port, path }).end();
      const [response] = await once(sent, "response");
      expect(response.statusCode).toBe(307);
      expect(response.headers.location).toBe(location);
      expect(response.headers["content-length"]).toBe("0");
    }
  });

  it("compresses a response if the client accepts it, but neither an error nor a faulty response", async () => {
    const server = createMockServer();
    await using listener = await listen(server);
    const { token } = server.vydon.signIn({ email: "ada@example.com" });
    const call = async (authorization: string) => {
      const headers = { authorization, "content-type": "application/json", "accept-encoding": "br, gzip" };
      const response = await fetch(listener.url + path, { method: "POST", headers, body: "{}" });
      return { encoding: response.headers.get("content-encoding"), body: await response.text() };
    };
    expect(await call(`Bearer ${token}`)).toMatchObject({
      encoding: "gzip",
      body: expect.stringContaining("userId"),
    });
    expect(await call("")).toMatchObject({
      encoding: null,
      body: expect.stringContaining("unauthenticated"),
    });
    server.faults.inject({ wire: "cut_json" });
    expect(await call(`Bearer ${token}`)).toMatchObject({ encoding: null });
  });

  it("accepts and sends compressed gRPC messages of every size", async () => {
    const server = createMockServer();
    await using listener = await listen(server);
    const { token, userId } = server.vydon.signIn({ email: "ada@example.com" });
    const session = connectHttp2(listener.url);
    const stream = session.request({
      ":method": "POST",
      ":path": path,
      "content-type": "application/grpc",
      "grpc-encoding": "gzip",
      "grpc-accept-encoding": "gzip",
      authorization: `Bearer ${token}`,
    });
    // A message begins with a flag, which is 1 if it is compressed, and its length in four bytes.
    const message = gzipSync("");
    stream.end(Buffer.concat([Buffer.of(1, 0, 0, 0, message.length), message]));
    const received: Buffer[] = [];
    for await (const chunk of stream) received.push(chunk);
    session.destroy();
    const [flag, , , , , ...compressed] = Buffer.concat(received);
    expect(flag).toBe(1);
    expect(gunzipSync(Uint8Array.from(compressed)).toString()).toContain(userId);
  });

  it.each(["application/json", "application/grpc-web+json"])(
    "refuses a message of more than 4 MiB as %s, also a small one that expands to it",
    async (type) => {
      await using listener = await listen(createMockServer());
      const isWeb = type !== "application/json";
      const message = Buffer.from("{}".padEnd(5_000_000));
      for (const sent of [message, gzipSync(message)]) {
        const isCompressed = sent !== message;
        const prefix = Buffer.of(Number(isCompressed), 0, 0, 0, 0);
        prefix.writeUInt32BE(sent.length, 1);
        const encoding = isCompressed && { [isWeb ? "grpc-encoding" : "content-encoding"]: "gzip" };
        const response = await fetch(listener.url + path, {
          method: "POST",
          headers: { "content-type": type, ...encoding },
          body: isWeb ? Buffer.concat([prefix, sent]) : sent,
        });
        const code = isWeb ? response.headers.get("grpc-status") : (await response.json()).code;
        expect(code).toBe(isWeb ? "8" : "resource_exhausted");
      }
    },
  );

  it("accepts a larger message for the admin service, such as a snapshot", async () => {
    const server = createMockServer();
    await using listener = await listen(server, { admin: true });
    const email = `${"a".repeat(5_000_000)}@example.com`;
    const response = await fetch(`${listener.url}/tenantry.mock.v1.AdminService/Seed`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ seed: { vydon: { accounts: [{ name: "acme", members: [{ email }] }] } } }),
    });
    expect(response.status).toBe(200);
  });

  it("sends the error of a gRPC-Web call as headers, also if the client accepts compression", async () => {
    await using listener = await listen(createMockServer());
    const response = await fetch(listener.url + path, {
      method: "POST",
      headers: { "content-type": "application/grpc-web", "grpc-accept-encoding": "gzip" },
      body: new Uint8Array(5),
    });
    expect(response.headers.get("grpc-status")).toBe("16");
    expect(await response.text()).toBe("");
  });

  it("explains why it cannot listen", async () => {
    await using listener = await listen(createMockServer());
    const again = listen(createMockServer(), { port: listener.port });
    await expect(again).rejects.toMatchObject({
      message: expect.stringContaining(`port ${listener.port} of 127.0.0.1 is in use: choose another port`),
      cause: { code: "EADDRINUSE" },
    });
    const elsewhere = listen(createMockServer(), { host: "203.0.113.1" });
    await expect(elsewhere).rejects.toThrow("203.0.113.1 is not an address of this machine");
  });

  it("ends every connection when it closes, calls that wait included", async () => {
    const server = createMockServer();
    const listener = await listen(server);
    server.clock.run();
    server.faults.inject({ method: "GetUser", latencyMs: 3_600_000 });
    const headers = { "content-type": "application/json" };
    const call = fetch(listener.url + path, { method: "POST", headers, body: "{}" });
    while (server.calls.count === 0) await new Promise((resolve) => setImmediate(resolve));
    await Promise.all([listener.close(), listener.close(), expect(call).rejects.toThrow("fetch failed")]);
    await listener.close();
    await expect(fetch(listener.url + path, { method: "POST" })).rejects.toMatchObject({
      cause: { code: "ECONNREFUSED" },
    });
  });

  it.each(["reset", "lost_response"] as const)(
    "keeps no socket of a client that left before the fault %j",
    async (wire) => {
      const sockets = () =>
        process.getActiveResourcesInfo().filter((name) => name === "TCPSocketWrap").length;
      const before = sockets();
      const server = createMockServer();
      const listener = await listen(server);
      server.faults.inject({ wire });
      const lines = [
        `POST ${path} HTTP/1.1`,
        "Host: x",
        "Content-Type: application/json",
        "Content-Length: 2",
        "",
        "{}",
      ];
      for (let round = 0; round < 20; round++) {
        const socket = connect(listener.port, "127.0.0.1");
        // A socket that is reset has an error.
        socket.on("error", () => {});
        socket.end(lines.join("\r\n"));
        await new Promise((resolve) => socket.resume().once("close", resolve));
      }
      await listener.close();
      for (let turn = 0; turn < 100 && sockets() > before; turn++) await new Promise(setImmediate);
      expect(sockets()).toBeLessThanOrEqual(before);
    },
  );
});
