import { once } from "node:events";
import { Agent, request } from "node:http";
import { connect } from "node:http2";
import { createClient } from "@connectrpc/connect";
import {
  createConnectTransport,
  createGrpcTransport,
  createGrpcWebTransport,
} from "@connectrpc/connect-node";
import { ApiError, UnauthenticatedError, VydonClient } from "tenantry";
import { createMockServer } from "tenantry/mock";
import { type Listener, type ListenOptions, listen } from "tenantry/mock/node";
import { UserAccountService } from "tenantry/proto/vydon";
import { describe, expect, it } from "vitest";
import { AdminService } from "../../gen/tenantry/mock/v1/admin_pb.js";
import { failureOf } from "../support/promises.js";
import { until } from "../support/until.js";

const email = "ada@example.com";
const json = { "content-type": "application/json" };

async function started(options: ListenOptions = {}) {
  const server = createMockServer();
  server.seed({ vydon: { accounts: [{ name: "acme", members: [{ email }] }] } });
  const listener = await listen(server, { admin: true, ...options });
  return { server, listener, [Symbol.asyncDispose]: () => listener.close() };
}

/** A request as curl sends it. */
async function curl({ url }: Listener, method: string, path: string, body?: string) {
  const response = await fetch(url + path, { method, ...(body !== undefined && { body }) });
  const text = await response.text();
  const isJson = response.headers.get("content-type") === "application/json";
  return { status: response.status, body: isJson ? JSON.parse(text) : text };
}

describe("POST /worlds", () => {
  it("creates a world, which is listed and ends", async () => {
    await using it = await started();
    const { listener, server } = it;
    const url = `${listener.url}/w/checkout-7`;
    expect(await curl(listener, "POST", "/worlds", '{"name": "checkout-7"}')).toEqual({
      status: 201,
      body: { name: "checkout-7", url },
    });
    expect(await curl(listener, "POST", "/worlds")).toMatchObject({ status: 201, body: { name: "world-1" } });
    expect(await curl(listener, "GET", "/worlds")).toMatchObject({
      body: { worlds: [{ name: "checkout-7", url }, { name: "world-1" }] },
    });
    expect(server.worlds.list().map(({ world }) => world)).toEqual(["checkout-7", "world-1"]);
    expect(await curl(listener, "DELETE", "/worlds/checkout-7")).toEqual({ status: 204, body: "" });
    expect(server.worlds.get("checkout-7")).toBeUndefined();
  });

  it("explains mistakes", async () => {
    await using it = await started();
    const { listener } = it;
    await curl(listener, "POST", "/worlds", '{"name": "a"}');
    const refusals = [
      [
        await curl(listener, "POST", "/worlds", '{"name": "a"}'),
        409,
        'there is a world "a" already: end it with',
      ],
      [
        await curl(listener, "POST", "/worlds", '{"name": "a/b"}'),
        400,
        '"a/b" is not a name for a world: give 1',
      ],
      [
        await curl(listener, "POST", "/worlds", '{"nam": "a"}'),
        400,
        'send {"name": "checkout-7"}, or no body: body.nam is not known: did you mean "name"?',
      ],
      [await curl(listener, "POST", "/worlds", "name=a"), 400, 'send {"name": "checkout-7"}, or no body'],
      [await curl(listener, "DELETE", "/worlds/b"), 404, 'there is no world "b". It may have ended'],
      [await curl(listener, "DELETE", "/worlds/a/b"), 404, 'there is no world "a/b". It may have ended'],
    ] as const;
    for (const [answer, status, message] of refusals) {
      expect(answer).toMatchObject({ status, body: { message: expect.stringContaining(message) } });
    }
    for (const [method, path, allowed] of [
      ["PUT", "/worlds", "GET, POST"],
      ["DELETE", "/worlds", "GET, POST"],
      ["GET", "/worlds/a", "DELETE"],
    ] as const) {
      const { status, headers } = await fetch(listener.url + path, { method });
      expect([status, headers.get("allow")]).toEqual([405, allowed]);
    }
  });

  it("accepts a body of white space, and one of up to 10,000 bytes", async () => {
    await using it = await started();
    const body = '{"name": "a"}';
    expect(await curl(it.listener, "POST", "/worlds", " \n")).toMatchObject({ status: 201 });
    expect(await curl(it.listener, "POST", "/worlds", body.padEnd(10_000))).toMatchObject({ status: 201 });
    expect(await curl(it.listener, "POST", "/worlds", body.padEnd(10_001))).toMatchObject({
      status: 400,
      body: { message: "the body has more than 10000 bytes" },
    });
  });

  it("refuses a large body, and then serves the next request on the connection", async () => {
    await using it = await started();
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const send = async (method: string, path: string, body: string) => {
      const sent = request(it.listener.url + path, { method, agent });
      sent.end(body);
      const [response] = await once(sent, "response");
      response.resume();
      await once(response, "end");
      return response.statusCode;
    };
    for (const length of [20_000, 2_000_000]) {
      expect(await send("POST", "/worlds", "x".repeat(length))).toBe(400);
      expect(await send("GET", "/healthz", "")).toBe(200);
    }
    agent.destroy();

    const session = connect(it.listener.url);
    const stream = session.request({ ":method": "POST", ":path": "/worlds" });
    stream.end("x".repeat(200_000));
    const [headers] = await once(stream, "response");
    expect(headers[":status"]).toBe(400);
    session.destroy();
  });

  it("is there only with the admin service", async () => {
    await using it = await started({ admin: false });
    expect(await curl(it.listener, "POST", "/worlds")).toMatchObject({ status: 404 });
    expect(it.server.worlds.list()).toEqual([]);
  });
});

describe("the admin service", () => {
  it("creates, lists and ends worlds, and controls the world of its path", async () => {
    await using it = await started();
    const { listener, server } = it;
    const transport = (baseUrl: string) => createConnectTransport({ baseUrl, httpVersion: "2" });
    const admin = createClient(AdminService, transport(listener.url));
    const { world } = await admin.createWorld({ name: "a" });
    expect(world).toMatchObject({ name: "a", url: `${listener.url}/w/a` });
    expect((await admin.listWorlds({})).worlds).toEqual([world]);
    await expect(admin.createWorld({ name: "a" })).rejects.toThrow("[already_exists] there is a world");
    await expect(admin.createWorld({ name: "é" })).rejects.toThrow('[invalid_argument] "é" is not a name');

    const inWorld = createClient(AdminService, transport(world?.url ?? ""));
    await inWorld.advanceClock({ duration: "25h" });
    const { token } = await inWorld.signInVydon({ email });
    await new VydonClient({ baseUrl: listener.url, auth: token }).users.current();
    expect((await inWorld.listCalls({})).calls).toMatchObject([
      { method: "GetUser", code: "ok", world: "a" },
    ]);
    expect((await admin.listCalls({})).calls).toEqual([]);
    expect(server.clock.now()).toBe(Date.UTC(2026, 0, 1));

    await admin.deleteWorld({ name: "a" });
    await expect(inWorld.getClock({})).rejects.toThrow('there is no world "a"');
    await expect(admin.deleteWorld({ name: "a" })).rejects.toThrow('[not_found] there is no world "a"');
  });

  it("controls the server itself without a world in the path, even with the token of a world", async () => {
    await using it = await started();
    const { token } = it.server.worlds.create("a").vydon.signIn({ email });
    const transport = createConnectTransport({ baseUrl: it.listener.url, httpVersion: "1.1" });
    const headers = { authorization: `Bearer ${token}` };
    await createClient(AdminService, transport).advanceClock({ duration: "25h" }, { headers });
    expect(new Date(it.server.clock.now())).toEqual(new Date("2026-01-02T01:00:00Z"));
    expect(new Date(it.server.worlds.get("a")?.clock.now() ?? 0)).toEqual(new Date("2026-01-01T00:00:00Z"));
  });
});

describe("a call", () => {
  it("reaches the world of its path, else the world of its token, else the server", async () => {
    await using it = await started();
    const { listener, server } = it;
    const before = server.vydon.signIn({ email }).token;
    server.seed({});
    const [a, b] = [server.worlds.create("a"), server.worlds.create("b")];
    const call = (path: string, token: string) =>
      new VydonClient({ baseUrl: listener.url + path, auth: token, retry: false }).users.current();
    const counts = () => [server, a, b].map(({ calls }) => calls.count);

    await call("", before);
    expect(counts()).toEqual([1, 0, 0]);
    await call("/w/a", before);
    await call("/w/a/behind/a/prefix", before);
    expect(counts()).toEqual([1, 2, 0]);
    const { token } = b.vydon.signIn({ email });
    await call("", token);
    await call("/w/b", token);
    expect(counts()).toEqual([1, 2, 2]);
    await expect(call("/w/a", token)).rejects.toBeInstanceOf(UnauthenticatedError);
    await expect(call("", "nobody's")).rejects.toBeInstanceOf(UnauthenticatedError);
    expect(counts()).toEqual([2, 3, 2]);
    a.seed({ vydon: { users: [{ email: "grace@example.com", token: "grace" }] } });
    b.seed({ vydon: { users: [{ email: "grace@example.com", token: "grace" }] } });
    await expect(call("", "grace")).rejects.toThrow('the worlds "a" and "b" both have this token');
    const headers = { ...json, authorization: "bearer grace" };
    const url = `${listener.url}/mgmt.v1alpha1.UserAccountService/GetUser`;
    const both = await fetch(url, { method: "POST", headers, body: "{}" });
    expect(both.status).toBe(400);
    expect(await both.json()).toMatchObject({ code: "failed_precondition" });
  });

  it("without a known token reaches the server that listens, even if that is a world", async () => {
    const server = createMockServer();
    const world = server.worlds.create("a");
    await using listener = await listen(world);
    const client = new VydonClient({ baseUrl: listener.url, auth: "nobody's" });
    await expect(client.users.current()).rejects.toBeInstanceOf(UnauthenticatedError);
    expect([server, world].map(({ calls }) => calls.count)).toEqual([0, 1]);
  });

  it.each([
    ["Connect", createConnectTransport, "1.1"],
    ["gRPC", createGrpcTransport, "2"],
    ["gRPC-Web", createGrpcWebTransport, "1.1"],
  ] as const)(
    "of a world that does not exist fails by %s, and explains how to make one",
    async (_, create, httpVersion) => {
      await using it = await started();
      const client = createClient(
        UserAccountService,
        create({ baseUrl: `${it.listener.url}/w/gone`, httpVersion }),
      );
      await expect(client.getUser({})).rejects.toThrow(
        '[not_found] there is no world "gone". It may have ended: a world ends after an hour without a call. Create one with POST /worlds and the body {"name": "…"}',
      );
    },
  );

  it("of a world that does not exist shows the text in our client", async () => {
    await using it = await started({ admin: false });
    const client = new VydonClient({ baseUrl: `${it.listener.url}/w/gone`, auth: "x" });
    const error = await failureOf(client.users.current());
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({
      message: expect.stringContaining("Create one with server.worlds.create(name)"),
    });
  });

  it("that is under way ends with its world", async () => {
    await using it = await started();
    const { listener, server } = it;
    const world = server.worlds.create("a");
    world.clock.run();
    world.faults.inject({ latencyMs: 3_600_000 });
    const client = new VydonClient({
      baseUrl: listener.url,
      auth: world.vydon.signIn({ email }).token,
      retry: false,
    });
    const call = client.users.current();
    const failed = expect(call).rejects.toThrow('the world "a" has ended');
    await until(() => world.calls.count === 1);
    await curl(listener, "DELETE", "/worlds/a");
    await failed;
  });

  it("finds the sign-in page of its world", async () => {
    await using it = await started();
    it.server.worlds.create("a").vydon.signIn({ email: "only-here@example.com" });
    const client = new VydonClient({ baseUrl: `${it.listener.url}/w/a`, auth: "none-yet" });
    const url = await client.auth.authorizeUrl({
      redirectUri: "http://localhost/",
      state: "s",
      scope: "openid",
    });
    expect(url).toContain(`${it.listener.url}/w/a/`);
    expect(await (await fetch(url)).text()).toContain("only-here@example.com");
  });
});

describe("an idle world", () => {
  it("ends after an hour, by the listener's clock", async () => {
    const { clock } = createMockServer();
    await using it = await started({ clock });
    const { listener, server } = it;
    await curl(listener, "POST", "/worlds", '{"name": "used"}');
    await curl(listener, "POST", "/worlds", '{"name": "idle"}');
    const mine = server.worlds.create("made-in-process");
    clock.advance("59m");
    const headers = json;
    await fetch(`${listener.url}/w/used/${AdminService.typeName}/Reset`, {
      method: "POST",
      headers,
      body: "{}",
    });
    const left = () => server.worlds.list().map(({ world }) => world);
    clock.advance("1m");
    expect(left()).toEqual(["used", "made-in-process"]);
    clock.advance("59m");
    expect(left()).toEqual(["made-in-process"]);
    expect(server.worlds.get("made-in-process")).toBe(mine);
    await curl(listener, "POST", "/worlds", '{"name": "idle"}');
    clock.advance("2h");
    expect(left()).toEqual(["made-in-process"]);
  });

  it("that ended before does not end the next world of its name", async () => {
    const { clock } = createMockServer();
    await using it = await started({ clock });
    const { listener, server } = it;
    await curl(listener, "POST", "/worlds", '{"name": "a"}');
    server.worlds.end("a");
    const mine = server.worlds.create("a");
    clock.advance("2h");
    expect(server.worlds.get("a")).toBe(mine);
  });
});
