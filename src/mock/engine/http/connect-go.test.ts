import { gzipSync } from "node:zlib";
import { describe, expect, it, vi } from "vitest";
import { createMockServer } from "../../server.js";
import { canonicalType } from "./content-types.js";
import { checkTimeout, setTimeoutHeader, timeoutOf, withGrpcTimeout } from "./timeout.js";

const service = "https://api.example.com/mgmt.v1alpha1.UserAccountService";

/** A server, and a call of one of its methods. */
function setup() {
  const server = createMockServer();
  const { token } = server.vydon.signIn({ email: "ada@example.com" });
  const authorization = `Bearer ${token}`;
  return {
    server,
    post: (method: string, body: BodyInit, headers: Record<string, string> = {}) =>
      server.fetch(`${service}/${method}`, {
        method: "POST",
        headers: { "content-type": "application/json", authorization, ...headers },
        body,
      }),
    get: (query: string) => server.fetch(`${service}/GetUser?${query}`, { headers: { authorization } }),
  };
}

describe("a request", () => {
  it("is parsed once, because a large one takes long", async () => {
    const { post } = setup();
    const parse = vi.spyOn(JSON, "parse");
    try {
      expect((await post("GetUser", '{"large":1}')).status).toBe(200);
      expect(parse.mock.calls.filter(([text]) => text === '{"large":1}')).toHaveLength(1);
    } finally {
      parse.mockRestore();
    }
  });
});

describe("a request that cannot be read", () => {
  it.each([
    ["a byte order mark", "\ufeff{}", "unmarshal into *mgmtv1alpha1.GetUserRequest: proto: syntax error"],
    [
      "JSON that ends too early",
      '{"userId":',
      "cannot decode message mgmt.v1alpha1.GetUserRequest from JSON",
    ],
    ["no JSON", "", "zero-length payload is not a valid JSON object"],
    ["invalid UTF-8", Uint8Array.of(0x7b, 0xff, 0x7d), "invalid UTF-8 in string"],
  ])("%s is invalid_argument", async (_name, body, text) => {
    const response = await setup().post("GetUser", body);
    expect(response.status).toBe(400);
    const { code, message } = await response.json();
    expect(code).toBe("invalid_argument");
    expect(message).toContain(`unmarshal message: `);
    expect(message).toContain(text);
  });

  it("a broken binary message is invalid_argument too, and is not in the call log", async () => {
    const { server, post } = setup();
    const response = await post("GetUser", Uint8Array.of(0xff), { "content-type": "application/proto" });
    expect(response.headers.get("content-type")).toBe("application/json");
    expect(await response.json()).toMatchObject({
      code: "invalid_argument",
      message: expect.stringContaining("cannot parse invalid wire-format data"),
    });
    expect(server.calls.count).toBe(0);
  });

  it.each([
    ["plain", () => "{}".padEnd(5_000_000), {}],
    [
      "compressed to a small one",
      () => new Uint8Array(gzipSync("{}".padEnd(5_000_000))),
      { "content-encoding": "gzip" },
    ],
  ])("a message of more than 4 MiB, %s, is resource_exhausted", async (_name, body, headers) => {
    const response = await setup().post("GetUser", body(), headers);
    expect(response.status).toBe(429);
    expect(await response.json()).toMatchObject({ code: "resource_exhausted" });
  });

  it.each([
    ["too short", "{}", "get decompressor: unexpected EOF"],
    ["not gzip", "this is not gzip", "get decompressor: gzip: invalid header"],
    ["cut", new Uint8Array(gzipSync("{}").subarray(0, 15)), "decompress: unexpected EOF"],
  ])("a compressed body that is %s is invalid_argument", async (_name, body, message) => {
    const response = await setup().post("GetUser", body, { "content-encoding": "gzip" });
    expect(await response.json()).toEqual({ code: "invalid_argument", message });
  });

  it("a GET whose message is not base64 is unknown", async () => {
    const response = await setup().get("encoding=json&base64=1&message=!");
    expect(await response.json()).toEqual({
      code: "unknown",
      message: "read message: illegal base64 data",
    });
  });
});

describe("a timeout", () => {
  const check = (value: string) => checkTimeout(new Headers({ "connect-timeout-ms": value }));

  it.each(["", "0", "+5", "-1", "9999999999"])('"%s" is accepted', (value) => {
    expect(() => check(value)).not.toThrow();
  });

  it.each([
    ["1.5", 'parse timeout: strconv.ParseInt: parsing "1.5": invalid syntax'],
    ["12345678901", 'parse timeout: "12345678901" has >10 digits'],
  ])('"%s" is refused', (value, text) => {
    expect(() => check(value)).toThrow(text);
  });

  it.each([
    ["2147483647", "2147483647"],
    // connect-es would end the call after a millisecond, because its timer cannot wait so long.
    ["2147483648", null],
    ["9999999999", null],
    ["-1", "0"],
  ])("of %s ms is %s for the handler", (value, told) => {
    const headers = new Headers({ "connect-timeout-ms": value });
    setTimeoutHeader(headers);
    expect(headers.get("connect-timeout-ms")).toBe(told);
  });

  it.each([
    ["596H", "596H"],
    ["597H", null],
    ["99999999H", null],
    ["35792M", null],
    ["2147483S", "2147483S"],
    ["2147484S", null],
    ["99999999m", "99999999m"],
    ["99999999n", "99999999n"],
    ["soon", "soon"],
  ])("of %s, in a gRPC call, is %s for the handler", (value, told) => {
    expect(withGrpcTimeout(new Headers({ "grpc-timeout": value })).get("grpc-timeout")).toBe(told);
  });

  it.each([
    [{ "connect-timeout-ms": "1500" }, 1_500],
    [{ "grpc-timeout": "2H" }, 7_200_000],
    [{ "grpc-timeout": "2M" }, 120_000],
    [{ "grpc-timeout": "2S" }, 2_000],
    [{ "grpc-timeout": "2m" }, 2],
    [{ "grpc-timeout": "2000u" }, 2],
    [{ "grpc-timeout": "2000000n" }, 2],
    [{ "grpc-timeout": "soon" }, undefined],
    [{}, undefined],
  ])("is read from the headers %j as %s ms", (headers: Record<string, string>, ms) => {
    expect(timeoutOf(new Headers(headers))).toBe(ms);
  });

  it.each([
    ["application/json", "{}", { "grpc-timeout": "0S" }],
    ["application/grpc-web+proto", Uint8Array.of(0, 0, 0, 0, 0), { "connect-timeout-ms": "0" }],
    ["application/grpc-web+proto", Uint8Array.of(0, 0, 0, 0, 0), { "connect-timeout-ms": "abc" }],
  ])("of another protocol has no effect on a call with %s", async (type, body, timeout: object) => {
    const { server, post } = setup();
    server.faults.inject({ latencyMs: 5 });
    await post("SetPersonalAccount", body, { "content-type": type, ...timeout });
    expect(server.calls.all()).toMatchObject([{ response: {} }]);
  });

  it("of gRPC-Web that has passed fails the call, too", async () => {
    const { server, post } = setup();
    const headers = { "content-type": "application/grpc-web+proto", "grpc-timeout": "0S" };
    const response = await post("SetPersonalAccount", Uint8Array.of(0, 0, 0, 0, 0), headers);
    expect(response.headers.get("grpc-status")).toBe("4");
    expect(server.calls.all()).toMatchObject([{ error: { rawMessage: "context deadline exceeded" } }]);
  });

  it("that has passed fails the call after the request was checked", async () => {
    const { server, post } = setup();
    const late = { "connect-timeout-ms": "0" };
    expect((await post("SetPersonalAccount", "{}", late)).status).toBe(504);
    expect((await post("CreateTeamAccount", '{"name":"!"}', late)).status).toBe(400);
    expect((await post("GetUser", "{}", { ...late, authorization: "" })).status).toBe(401);
    server.calls.expect("SetPersonalAccount").toHaveBeenCalledOnce();
    expect(await (await post("GetUserAccounts", "{}")).json()).toEqual({});
  });
});

it.each([
  ["application/json", "application/json"],
  ["APPLICATION/JSON;charset=UTF-8", "application/json; charset=utf-8"],
  ['application/json;  Charset="utf-8"', "application/json; charset=utf-8"],
  ["application/json;", "application/json"],
  [null, ""],
])("the content type %s is compared as %s", (contentType, canonical) => {
  expect(canonicalType(contentType)).toBe(canonical);
});

it("nothing is compressed in process, because nothing would decompress it", async () => {
  const response = await setup().post("GetUser", "{}", { "accept-encoding": "gzip" });
  expect(response.headers.get("content-encoding")).toBeNull();
  expect(await response.json()).toHaveProperty("userId");
});

describe("a gRPC-Web request", () => {
  const call = (...message: number[]) => {
    const framed = Uint8Array.of(0, 0, 0, 0, message.length, ...message);
    return setup().post("IsUserInAccount", framed, { "content-type": "application/grpc-web+proto" });
  };

  it("that cannot be read is invalid_argument", async () => {
    const { headers } = await call(0xff);
    expect(headers.get("grpc-status")).toBe("3");
    expect(headers.get("grpc-message")).toBe(
      "unmarshal message: unmarshal into *mgmtv1alpha1.IsUserInAccountRequest: proto: cannot parse invalid wire-format data",
    );
  });

  it("that the server refuses has no body, and its trailers as headers", async () => {
    const response = await call();
    expect(response.headers.get("grpc-status")).toBe("3");
    expect(response.headers.get("grpc-message")).toContain("account_id");
    expect(response.headers.get("content-type")).toBe("application/grpc-web+proto");
    expect(await response.text()).toBe("");
  });
});
