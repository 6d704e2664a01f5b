import { once } from "node:events";
import { IncomingMessage, request } from "node:http";
import { connect as connectHttp2 } from "node:http2";
import { Socket } from "node:net";
import { describe, expect, it } from "vitest";
import { createMockServer } from "../../server.js";
import { createGuard } from "./guard.js";
import { listen } from "./listen.js";
import type { Listener } from "./open-port.js";

const admin = "/tenantry.mock.v1.AdminService/Reset";
const getUser = "/mgmt.v1alpha1.UserAccountService/GetUser";

/** A request with headers of its own, which fetch would not send. */
async function send({ port }: Listener, method: string, path: string, headers: Record<string, string>) {
  const sent = request({ port, method, path, headers: { "content-type": "application/json", ...headers } });
  sent.end(method === "POST" ? "{}" : undefined);
  const [response] = await once(sent, "response");
  let body = "";
  for await (const chunk of response) body += chunk;
  return { status: response.statusCode, body, headers: response.headers };
}

const start = (options = {}) => listen(createMockServer(), { admin: true, ...options });

describe("what controls the server", () => {
  it.each([
    ["POST", admin],
    ["POST", `/w/a${admin}`],
    ["POST", `/any/prefix${admin}`],
    ["GET", "/tenantry.mock.v1.AdminService/GetClock?encoding=json&message=%7B%7D"],
    ["GET", "/worlds"],
    ["POST", "/worlds"],
    ["DELETE", "/worlds/a"],
    ["GET", "/_/"],
    ["GET", "/_/app.js"],
    ["GET", "/w/a/_/"],
    ["OPTIONS", "/worlds"],
    ["OPTIONS", admin],
  ])("refuses a foreign page: %s %s", async (method, path) => {
    await using listener = await start();
    for (const origin of ["https://evil.example", "http://localhost:1", "null"]) {
      const { status, body, headers } = await send(listener, method, path, { origin });
      expect([status, headers["content-type"]]).toEqual([403, "text/plain; charset=utf-8"]);
      expect(body).toContain(
        `403 the request comes from a page of ${origin}, and only pages of this server itself`,
      );
      expect(Object.keys(headers).filter((name) => name.startsWith("access-control"))).toEqual([]);
    }
  });

  it("accepts its own pages, and requests without an Origin", async () => {
    await using listener = await start();
    for (const name of ["localhost", "127.0.0.1", "[::1]", "mock.localhost"]) {
      const host = `${name}:${listener.port}`;
      expect(await send(listener, "POST", admin, { host })).toMatchObject({ status: 200 });
      expect(await send(listener, "POST", admin, { host, origin: `http://${host}` })).toMatchObject({
        status: 200,
      });
    }
  });

  it.each(["evil.example", "mock", "127.0.0.1.evil.example", "192.0.2.1", "evil.example#localhost"])(
    "refuses the Host %s, unless it is allowed",
    async (name) => {
      await using listener = await start();
      const host = `${name}:${listener.port}`;
      for (const path of [admin, "/worlds"]) {
        const refused = await send(listener, "POST", path, { host, origin: `http://${host}` });
        expect(refused).toMatchObject({
          status: 403,
          body: expect.stringContaining(
            `403 the Host header is "${host}", which is not a name of this server`,
          ),
        });
      }
      // The APIs are open to all pages.
      expect(await send(listener, "POST", getUser, { host })).toMatchObject({ status: 401 });
    },
  );

  it("accepts the hosts that are allowed", async () => {
    await using listener = await start({ allowedHosts: ["mock", "192.0.2.1", "Other", "2001:DB8::1"] });
    for (const host of ["mock", "MOCK:4010", "192.0.2.1:80", "other", "[2001:db8::1]:80"]) {
      expect(await send(listener, "POST", admin, { host })).toMatchObject({ status: 200 });
    }
    expect(await send(listener, "POST", admin, { host: "mock.evil.example" })).toMatchObject({ status: 403 });
  });

  it("accepts a page whose origin has no port, because 80 is the port of http", async () => {
    await using listener = await start();
    const headers = { host: "localhost:80", origin: "http://localhost" };
    expect(await send(listener, "POST", admin, headers)).toMatchObject({ status: 200 });
  });

  it.each([
    ["192.0.2.7", "192.0.2.7"],
    // IPv4 on a socket of IPv6.
    ["192.0.2.7", "::ffff:192.0.2.7"],
    ["[2001:db8::7]", "2001:db8::7"],
  ])("accepts the Host %s if the address of the connection is %s", (name, localAddress) => {
    const guard = createGuard("0.0.0.0", []);
    const requestAt = (address: string) => {
      const socket = Object.defineProperty(new Socket(), "localAddress", { value: address });
      const incoming = new IncomingMessage(socket);
      incoming.headers.host = `${name}:4010`;
      return incoming;
    };
    expect(guard(requestAt(localAddress))).toBeUndefined();
    expect(guard(requestAt("192.0.2.8"))).toContain("is not a name of this server");
  });

  it("is guarded over HTTP/2, too", async () => {
    await using listener = await start();
    const session = connectHttp2(listener.url);
    const ask = async (headers: Record<string, string>) => {
      const stream = session.request({ ":method": "GET", ":path": "/worlds", ...headers });
      const [answer] = await once(stream, "response");
      stream.resume();
      return answer[":status"];
    };
    expect(await ask({})).toBe(200);
    expect(await ask({ origin: "https://evil.example" })).toBe(403);
    expect(await ask({ ":authority": `evil.example:${listener.port}` })).toBe(403);
    session.destroy();
  });

  it("is off without admin", async () => {
    await using listener = await start({ admin: false });
    for (const path of [admin, "/worlds"])
      expect(await send(listener, "POST", path, {})).toMatchObject({ status: 404 });
  });
});
