import { request } from "node:http";
import { createClient, createRouterTransport } from "@connectrpc/connect";
import { NetworkError, VydonClient } from "tenantry";
import { createMockServer, type Fetch, type WireFault } from "tenantry/mock";
import { listen } from "tenantry/mock/node";
import { nodeTransport } from "tenantry/node";
import { describe, expect, it } from "vitest";
import { UserAccountService } from "../../gen/mgmt/v1alpha1/user_account_pb.js";
import { failureOf } from "../support/promises.js";
import { until } from "../support/until.js";

const path = "/mgmt.v1alpha1.UserAccountService/CreateTeamAccount";

/** A server that one fault strikes once, and a call of it with any `fetch`. */
function struck(wire: WireFault, latencyMs?: number) {
  const server = createMockServer();
  const { token } = server.vydon.signIn({ email: "ada@example.com" });
  server.faults.inject({ wire, times: 1, ...(latencyMs !== undefined && { latencyMs }) });
  const call = (fetch: Fetch, baseUrl: string) =>
    fetch(baseUrl + path, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
      body: JSON.stringify({ name: "acme" }),
    });
  return { server, call };
}

it("cut_json over gRPC-Web has no content-length, as the response without a fault", async () => {
  const { server } = struck("cut_json");
  const { token } = server.vydon.signIn({ email: "ada@example.com" });
  const call = async () => {
    const response = await server.fetch("https://x.example.com/mgmt.v1alpha1.UserAccountService/GetUser", {
      method: "POST",
      headers: { "content-type": "application/grpc-web+proto", authorization: `Bearer ${token}` },
      body: new Uint8Array(5),
    });
    const { byteLength } = await response.arrayBuffer();
    return { length: response.headers.get("content-length"), byteLength };
  };
  const cut = await call();
  const whole = await call();
  expect([cut.length, whole.length]).toEqual([null, null]);
  expect(cut.byteLength).toBeLessThan(whole.byteLength);
});

describe.each([
  [
    "server.fetch",
    async ({ server, call }: ReturnType<typeof struck>) => call(server.fetch, "https://x.example.com"),
  ],
  [
    "a listener",
    async ({ server, call }: ReturnType<typeof struck>) => {
      await using listener = await listen(server);
      const response = await call(fetch, listener.url);
      // The body has to be there before the listener closes.
      const body = await response.arrayBuffer();
      return new Response(body, { status: response.status, headers: response.headers });
    },
  ],
])("what a client sees through %s", (_name, answer) => {
  it.each([
    ["html_502", 502, "502 Bad Gateway"],
    ["html_429", 429, "429 Too Many Requests"],
  ] as const)("%s is an HTML page", async (wire, status, text) => {
    const response = await answer(struck(wire));
    expect(response.status).toBe(status);
    expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(await response.text()).toContain(`<h1>${text}</h1>`);
  });

  it("cut_json is JSON that ends too early, with a matching content-length", async () => {
    const response = await answer(struck("cut_json"));
    const text = await response.text();
    expect(response.status).toBe(200);
    expect(response.headers.get("content-length")).toBe(`${text.length}`);
    expect(text).toMatch(/^\{"accountId":"/);
    expect(() => JSON.parse(text)).toThrow(SyntaxError);
  });

  it("wrong_content_type is the response with another content type", async () => {
    const response = await answer(struck("wrong_content_type"));
    expect(response.headers.get("content-type")).toBe("text/plain; charset=utf-8");
    expect(await response.json()).toMatchObject({ accountId: expect.any(String) });
  });

  it.each(["reset", "lost_response"] as const)(
    "%s is fetch's error for a broken connection",
    async (wire) => {
      const error = await failureOf(answer(struck(wire)));
      expect(error).toBeInstanceOf(TypeError);
      expect(error).toMatchObject({
        message: "fetch failed",
        cause: { code: expect.stringMatching(/ECONNRESET|UND_ERR_SOCKET/) },
      });
    },
  );

  it("cut_body is fetch's error for a connection that breaks in the middle", async () => {
    const world = struck("cut_body");
    const read = async () => (await answer(world)).text();
    await expect(read()).rejects.toMatchObject({ name: "TypeError", message: "terminated" });
    expect(world.server.calls.of("CreateTeamAccount")[0]?.response?.accountId).toBeTypeOf("string");
  });
});

it.each(["html_502", "html_429"] as const)("the page of %s has a Retry-After header if set", async (wire) => {
  const { server, call } = struck(wire);
  server.faults.clear();
  server.faults.inject({ wire, retryAfter: "1500ms" });
  const response = await call(server.fetch, "https://x.example.com");
  expect(response.headers.get("retry-after")).toBe("2");
});

it("on a router of Connect's own, a wire fault fails the call and explains why", async () => {
  const { server } = struck("html_502");
  const transport = createRouterTransport((router) => server.routes(router));
  const error = await failureOf(createClient(UserAccountService, transport).getUser({}));
  expect(String(error)).toMatch(
    /^ConnectError: \[internal\] .* through a router that the mock does not control/,
  );
});

it("reset is ECONNRESET for a client without fetch", async () => {
  const { server } = struck("reset");
  await using listener = await listen(server);
  const error = await new Promise((resolve) => {
    request(listener.url + path, { method: "POST", headers: { "content-type": "application/json" } })
      .on("error", resolve)
      .on("response", resolve)
      .end("{}");
  });
  expect(error).toMatchObject({ code: "ECONNRESET" });
});

describe.each(["reset", "lost_response", "cut_body"] as const)("%s under HTTP/2", (wire) => {
  it("ends all calls that share the connection, and the server continues", async () => {
    const server = createMockServer();
    const { token } = server.vydon.signIn({ email: "ada@example.com" });
    await using listener = await listen(server);
    await using transport = nodeTransport({ baseUrl: listener.url });
    const client = new VydonClient({ transport, auth: token, retry: false });
    const ada = await client.users.current();
    for (let round = 0; round < 3; round++) {
      server.faults.inject({ wire, after: 6, times: 1 });
      const calls = await Promise.allSettled(Array.from({ length: 20 }, () => client.users.current()));
      const failures = calls.flatMap((call) => (call.status === "rejected" ? [call.reason] : []));
      expect(failures).not.toEqual([]);
      for (const failure of failures) expect(failure).toBeInstanceOf(NetworkError);
    }
    expect(await client.users.current()).toEqual(ada);
  });
});

it("a reset under HTTP/2 does not break the connections of other clients", async () => {
  const server = createMockServer();
  await using listener = await listen(server);
  await using first = nodeTransport({ baseUrl: listener.url });
  await using second = nodeTransport({ baseUrl: listener.url });
  const [ada, grace] = [first, second].map((transport, index) => {
    const { token } = server.vydon.signIn({ email: `${index}@example.com` });
    return new VydonClient({ transport, auth: token, retry: false });
  });
  await ada?.users.current();
  await grace?.users.current();
  // Ada's call is under way while Grace's connection breaks.
  server.clock.run();
  server.faults.inject({ method: "GetUserAccounts", latencyMs: 30_000 });
  const waits = ada?.accounts.list().toArray();
  await until(() => server.calls.of("GetUserAccounts").length === 1);
  server.faults.inject({ method: "GetUser", wire: "reset" });
  await expect(grace?.users.current()).rejects.toBeInstanceOf(NetworkError);
  server.clock.advance("30s");
  server.clock.freeze();
  expect(await waits).toEqual([]);
});

describe("a body that drips", () => {
  it("arrives piece by piece, by the server's clock", async () => {
    const { server, call } = struck("drip", 1_000);
    const started = server.clock.now();
    const { body, headers } = await call(server.fetch, "https://x.example.com");
    const arrivals: number[] = [];
    let text = "";
    for await (const piece of body ?? []) {
      arrivals.push(server.clock.now() - started);
      text += new TextDecoder().decode(piece);
    }
    expect(JSON.parse(text)).toMatchObject({ accountId: expect.any(String) });
    expect(headers.get("content-length")).toBe(`${text.length}`);
    expect(arrivals).toHaveLength(10);
    expect(arrivals.at(-1)).toBe(1_000);
  });

  it("ends when the caller gives up", async () => {
    const { server, call } = struck("drip", 1_000);
    const controller = new AbortController();
    const fetch: Fetch = (input, init) => server.fetch(input, { ...init, signal: controller.signal });
    server.clock.run();
    const reading = (await call(fetch, "https://x.example.com")).text();
    controller.abort();
    await expect(reading).rejects.toMatchObject({ name: "AbortError" });
    server.clock.freeze();
  });
});
