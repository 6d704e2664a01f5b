import { createClient } from "@connectrpc/connect";
import { createConnectTransport } from "@connectrpc/connect-web";
import { HttpResponse, http, type RequestHandler } from "msw";
import { setupServer } from "msw/node";
import { CanceledError, NetworkError, VydonClient } from "tenantry";
import { createMockServer, type MockServer } from "tenantry/mock";
import { handlers } from "tenantry/mock/msw";
import { UserAccountService } from "tenantry/proto/vydon";
import { afterEach, expect, it, vi } from "vitest";
import { withToken } from "../contract/world.js";

const baseUrl = "https://vydon.example.com/api";
const method = `${baseUrl}/mgmt.v1alpha1.UserAccountService/GetUser`;

let close = () => {};
afterEach(() => close());

/** Starts MSW with the mock's handlers for a base URL, before any others. */
function intercept(
  server: Pick<MockServer, "fetch" | "routes">,
  url: string = baseUrl,
  ...others: RequestHandler[]
): void {
  const msw = setupServer(...handlers(server, url), ...others);
  msw.listen({ onUnhandledRequest: "error" });
  close = () => msw.close();
}

function start() {
  const server = createMockServer();
  server.seed({ vydon: { accounts: [{ name: "acme", members: [{ email: "ada@example.com" }] }] } });
  const { token } = server.vydon.signIn({ email: "ada@example.com" });
  const client = new VydonClient({ baseUrl, auth: token, clock: server.clock });
  return { server, client, accountId: server.vydon.account("acme").id };
}

it("a client with only a base URL reaches the mock server through MSW", async () => {
  const { server, client, accountId } = start();
  intercept(server);
  const invite = await client.invites.create(accountId, { email: "grace@example.com", role: "job_viewer" });
  expect(invite.expiresAt.getTime() - invite.createdAt.getTime()).toBe(24 * 3_600_000);
  expect(await client.members.list(accountId).toArray()).toMatchObject([{ email: "ada@example.com" }]);
  expect(server.calls.of("InviteUserToTeamAccount")).toHaveLength(1);
});

it("a page whose Headers is not the class of its requests, as in jsdom, loses no header", async () => {
  const server = createMockServer();
  const { token, userId } = server.vydon.signIn({ email: "ada@example.com" });
  vi.stubGlobal("Headers", class extends Headers {});
  intercept(server);
  expect(await new VydonClient({ baseUrl, auth: token }).users.current()).toEqual({ id: userId });
});

it.each([true, false])("handlers() accept an SDK client's JSON (useHttpGet: %s)", async (useHttpGet) => {
  const { server, accountId } = start();
  intercept(server);
  const auth = server.vydon.signIn({ email: "ada@example.com" }).token;
  const client = new VydonClient({ baseUrl, auth, useHttpGet });
  expect(await client.accounts.list().first()).toMatchObject({ id: accountId, name: "acme" });
});

it.each([true, false])("handlers() accept Connect's binary format (useHttpGet: %s)", async (useHttpGet) => {
  const { server, accountId } = start();
  intercept(server);
  const transport = createConnectTransport({ baseUrl, useBinaryFormat: true, useHttpGet });
  const { token } = server.vydon.signIn({ email: "ada@example.com" });
  const { accounts } = await createClient(UserAccountService, withToken(transport, token)).getUserAccounts(
    {},
  );
  expect(accounts).toMatchObject([{ id: accountId, name: "acme" }]);
});

it("faults apply to calls through MSW, and retries use the server's clock", async () => {
  const { server, client, accountId } = start();
  intercept(server);
  const fault = server.faults.inject({ method: "GetTeamAccountMembers", code: "unavailable", times: 2 });
  expect(await client.members.list(accountId).toArray()).toHaveLength(1);
  expect(fault.hits).toBe(2);
});

it("the wire fault reset gives a NetworkError", async () => {
  const { server, client } = start();
  intercept(server);
  server.faults.inject({ method: "GetUser", wire: "reset" });
  const failed = client.users.current({ retry: false });
  await expect(failed).rejects.toBeInstanceOf(NetworkError);
  // The cause of MSW's error is a Response, so the text is the error's own.
  await expect(failed).rejects.toThrow("GetUser: Failed to fetch. No response");
});

it("handlers() do not handle requests to other paths and hosts", async () => {
  const { server } = start();
  const other = () => HttpResponse.text("other handler");
  intercept(server, baseUrl, http.all("https://*", other), http.all("http://*", other));
  for (const url of [
    `${baseUrl}/mgmt.v1alpha1.UserAccountService/GetUserByName`,
    `${baseUrl}/mgmt.v1alpha1.JobService/GetUser`,
    `${baseUrl}/v2/mgmt.v1alpha1.UserAccountService/GetUser`,
    `${baseUrl}/mgmtXv1alpha1.UserAccountService/GetUser`,
    method.replace("https:", "http:"),
    method.replace("vydon", "www.vydon"),
    method.replace("vydon.", "vydon-"),
    method.replace("/api", ""),
  ]) {
    const response = await fetch(url, { method: "POST" });
    expect(await response.text(), url).toBe("other handler");
  }
  expect(server.calls.count).toBe(0);
});

it.each(["/", "//"])("the base URL of handlers() can end with %s and have a port", async (end) => {
  const { server, accountId } = start();
  intercept(server, `http://localhost:4010${end}`);
  const { token } = server.vydon.signIn({ email: "ada@example.com" });
  const client = new VydonClient({ baseUrl: "http://localhost:4010", auth: token });
  expect(await client.accounts.includesMe(accountId)).toBe(true);
});

it.each([
  ["", "https://app.example.com"],
  ["/api", "https://app.example.com/api"],
])("the base URL of handlers() can be %j, relative to the page", async (relative, absolute) => {
  const { server, accountId } = start();
  vi.stubGlobal("location", { href: "https://app.example.com/?tab=members#top" });
  intercept(server, relative);
  const { token } = server.vydon.signIn({ email: "ada@example.com" });
  const client = new VydonClient({ baseUrl: absolute, auth: token });
  expect(await client.accounts.includesMe(accountId)).toBe(true);
});

it("an aborted call is canceled in the client and on the server", async () => {
  const { server, client } = start();
  let seen: AbortSignal | undefined;
  let reached = () => {};
  const called = new Promise<void>((resolve) => {
    reached = resolve;
  });
  intercept({
    routes: server.routes,
    fetch: (input, init) => {
      seen = new Request(input, init).signal;
      reached();
      return server.fetch(input, init);
    },
  });
  server.clock.run();
  server.faults.inject({ method: "GetUser", latencyMs: 3_600_000 });
  const controller = new AbortController();
  const call = client.users.current({ signal: controller.signal });
  await called;
  controller.abort();
  await expect(call).rejects.toBeInstanceOf(CanceledError);
  expect(seen?.aborted).toBe(true);
  server.clock.freeze();
});

it("an aborted call gives an error response, because MSW would report an error of a handler", async () => {
  const server = createMockServer();
  const controller = new AbortController();
  const serving = handlers(server, baseUrl).map((handler) =>
    handler.run({
      request: new Request(method, { method: "POST", signal: controller.signal }),
      requestId: "req-1",
    }),
  );
  controller.abort();
  const results = await Promise.all(serving);
  expect(results.flatMap((result) => result?.response?.type ?? [])).toEqual(["error"]);
});

// MSW 3 intercepts connections, so happy-dom and jsdom check CORS themselves, and send a preflight first.
it("a page of another origin may call the handlers", async () => {
  const { server } = start();
  intercept(server);
  const origin = "https://app.example.com";
  const { token } = server.vydon.signIn({ email: "ada@example.com" });
  const preflight = await fetch(method, {
    method: "OPTIONS",
    headers: {
      origin,
      "access-control-request-method": "POST",
      "access-control-request-headers": "authorization,x-mine",
    },
  });
  expect(preflight.status).toBe(204);
  expect(preflight.headers.get("access-control-allow-methods")).toBe("POST, GET");
  expect(preflight.headers.get("access-control-allow-headers")).toContain("x-mine");
  const send = () =>
    fetch(method, {
      method: "POST",
      headers: { origin, "content-type": "application/json", authorization: `Bearer ${token}` },
      body: "{}",
    });
  const call = await send();
  expect(call.status).toBe(200);
  expect(call.headers.get("access-control-expose-headers")).toContain("X-Request-Id");
  for (const { headers } of [preflight, call]) {
    expect(headers.get("access-control-allow-origin")).toBe(origin);
    expect(headers.get("access-control-allow-credentials")).toBe("true");
    expect(headers.get("vary")).toContain("Origin");
  }
  expect(server.calls.count).toBe(1);

  server.faults.inject({ method: "GetUser", wire: "reset" });
  await expect(send()).rejects.toThrow("Failed to fetch");
});

it("a preflight without an origin, as in happy-dom, is for every origin, and other responses have no headers of CORS", async () => {
  const { server } = start();
  intercept(server);
  const preflight = await fetch(method, { method: "OPTIONS" });
  expect(preflight.status).toBe(204);
  expect(preflight.headers.get("access-control-allow-origin")).toBe("*");
  expect(preflight.headers.get("access-control-allow-headers")).toMatch(/, Authorization$/);
  const { headers } = await fetch(method, { method: "POST" });
  expect([...headers.keys()].filter((name) => name.startsWith("access-control-"))).toEqual([]);
});

it.each(["", "/api", "vydon.example.com", "localhost:4010", "ftp://vydon.example.com"])(
  "handlers() throws for the base URL %j, with an example of a valid one",
  (url) => {
    expect(() => handlers(createMockServer(), url)).toThrow(
      new TypeError(
        `baseUrl is "${url}": give a URL such as "https://vydon.example.com". A relative one needs a page`,
      ),
    );
  },
);

it("handlers() throws for a wrong base URL on a page, too", () => {
  vi.stubGlobal("location", { href: "https://app.example.com/" });
  expect(() => handlers(createMockServer(), "https://")).toThrow(
    new TypeError(`baseUrl is "https://": give a URL such as "https://vydon.example.com"`),
  );
});

it.each([
  ["undefined", "undefined"],
  ["a URL", '"https://vydon.example.com"'],
  ["another object", "{}"],
])("handlers() throws for %s in place of a server, and names what to pass", (_, shown) => {
  const server = shown === "undefined" ? undefined : JSON.parse(shown);
  expect(() => handlers(server, baseUrl)).toThrow(
    new TypeError(`server is ${shown}: give the server that createMockServer() returns`),
  );
});
