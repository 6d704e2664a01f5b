import { connect as connectHttp2 } from "node:http2";
import { connect } from "node:net";
import { createMockServer, type MockServer } from "tenantry/mock";
import { listen } from "tenantry/mock/node";
import { describe, expect, it } from "vitest";

type Post = (method: string, init?: RequestInit) => Promise<Response>;

/** The two ways in which requests of other SDKs reach a server. */
const ways: [string, (server: MockServer) => Promise<{ post: Post; close: () => Promise<void> }>][] = [
  [
    "fetch",
    async (server) => ({
      post: (method, init) => server.fetch(`https://ona.example.com/${method}`, { method: "POST", ...init }),
      close: async () => {},
    }),
  ],
  [
    "the listener",
    async (server) => {
      const { url, close } = await listen(server);
      return { post: (method, init) => fetch(`${url}/${method}`, { method: "POST", ...init }), close };
    },
  ],
];

describe.each(ways)("through %s", (_name, open) => {
  async function withServer(
    lenient: boolean,
    use: (post: Post, server: MockServer, headers: HeadersInit) => Promise<void>,
  ) {
    const server = createMockServer({ lenient });
    const { token } = server.ona.signIn({ email: "ada@example.com" });
    server.seed({
      ona: { providers: Array.from({ length: 60 }, (_, index) => ({ provider: `provider-${index}` })) },
    });
    const { post, close } = await open(server);
    await use(post, server, { authorization: `Bearer ${token}` }).finally(close);
  }

  const providers = async (response: Response): Promise<string[]> => {
    const { loginProviders = [] }: { loginProviders?: { provider: string }[] } = await response.json();
    return loginProviders.map(({ provider }) => provider);
  };
  const json = { headers: { "content-type": "application/json" }, body: "{}" };

  it("a lenient server accepts a POST without body and Content-Type as an empty request", async () => {
    await withServer(true, async (post, _server, headers) => {
      const response = await post("gitpod.v1.AccountService/GetAccount", { headers });
      expect(response.status).toBe(200);
      expect(await response.json()).toMatchObject({ account: { email: "ada@example.com" } });
    });
  });

  it("a lenient server accepts a POST without body and Content-Type for Vydon, too", async () => {
    await withServer(true, async (post, server) => {
      const { token, userId } = server.vydon.signIn({ email: "ada@example.com" });
      const headers = { authorization: `Bearer ${token}` };
      const response = await post("mgmt.v1alpha1.UserAccountService/GetUser", { headers });
      expect(await response.json()).toEqual({ userId });
    });
  });

  it("a lenient server refuses another content type, and a body without one", async () => {
    await withServer(true, async (post, _server, headers) => {
      const method = "gitpod.v1.AccountService/GetAccount";
      const text = { ...headers, "content-type": "text/plain" };
      expect((await post(method, { headers: text })).status).toBe(415);
      expect((await post(method, { headers, body: new Uint8Array([1]) })).status).toBe(415);
      // A stream is sent in chunks, without a content-length.
      const chunked: RequestInit & { duplex: "half" } = {
        headers,
        body: new Blob(["{}"]).stream(),
        duplex: "half",
      };
      expect((await post(method, chunked)).status).toBe(415);
    });
  });

  it("a server that is not lenient refuses a POST without body and Content-Type", async () => {
    await withServer(false, async (post, _server, headers) => {
      expect((await post("gitpod.v1.AccountService/GetAccount", { headers })).status).toBe(415);
    });
  });

  it("a lenient server reads token and pageSize in the query, before the body's", async () => {
    await withServer(true, async (post) => {
      const method = "gitpod.v1.AccountService/ListLoginProviders";
      const body = JSON.stringify({ pagination: { pageSize: 10, token: "made up" } });
      const first = await post(`${method}?pageSize=3&token=`, { ...json, body });
      const { pagination } = await first.clone().json();
      expect(await providers(first)).toEqual(["provider-0", "provider-1", "provider-2"]);
      const second = await post(`${method}?token=${pagination.nextToken}`, {
        ...json,
        body: JSON.stringify({ pagination: { pageSize: 2 } }),
      });
      expect(await providers(second)).toEqual(["provider-3", "provider-4"]);
      const third = await post(`${method}?pageSize=1`, {
        ...json,
        body: JSON.stringify({ pagination: { token: pagination.nextToken } }),
      });
      expect(await providers(third)).toEqual(["provider-3"]);
    });
  });

  it("a server that is not lenient ignores the query", async () => {
    await withServer(false, async (post) => {
      const response = await post("gitpod.v1.AccountService/ListLoginProviders?pageSize=3&token=x", json);
      expect(await providers(response)).toHaveLength(25);
    });
  });

  it("a lenient server refuses a bad token and a negative size in the query, and ignores a size that is not a number", async () => {
    await withServer(true, async (post) => {
      const method = "gitpod.v1.AccountService/ListLoginProviders";
      expect((await post(`${method}?token=x`, json)).status).toBe(400);
      expect((await post(`${method}?pageSize=-1`, json)).status).toBe(400);
      expect(await providers(await post(`${method}?pageSize=many`, json))).toHaveLength(25);
    });
  });
});

describe("a lenient listener accepts a POST without Content-Type and content-length", () => {
  async function started() {
    const server = createMockServer({ lenient: true });
    const { token, accountId } = server.ona.signIn({ email: "ada@example.com" });
    const listener = await listen(server);
    const headers = { authorization: `Bearer ${token}` };
    return { listener, headers, accountId, [Symbol.asyncDispose]: () => listener.close() };
  }
  const path = "/gitpod.v1.AccountService/GetAccount";

  it("over HTTP/1.1", async () => {
    await using it = await started();
    const socket = connect(it.listener.port, "127.0.0.1");
    const head = ["Host: x", "Connection: close", `Authorization: ${it.headers.authorization}`];
    socket.write([`POST ${path} HTTP/1.1`, ...head, "", ""].join("\r\n"));
    let answer = "";
    for await (const chunk of socket) answer += chunk;
    expect(answer).toContain(it.accountId);
  });

  it("over HTTP/2", async () => {
    await using it = await started();
    const session = connectHttp2(it.listener.url);
    const stream = session.request({ ":method": "POST", ":path": path, ...it.headers }, { endStream: true });
    let answer = "";
    for await (const chunk of stream) answer += chunk;
    session.destroy();
    expect(answer).toContain(it.accountId);
  });

  it("for the admin service, too", async () => {
    await using listener = await listen(createMockServer({ lenient: true }), { admin: true });
    const url = `${listener.url}/tenantry.mock.v1.AdminService/GetClock`;
    expect((await fetch(url, { method: "POST" })).status).toBe(200);
  });
});
