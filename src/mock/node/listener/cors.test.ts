import { describe, expect, it } from "vitest";
import { createMockServer } from "../../server.js";
import { listen } from "./listen.js";

const path = "/mgmt.v1alpha1.UserAccountService/GetUser";
const origin = "http://app.example.com:5173";

/** The CORS headers of a preflight and of the call after it, as a page of another origin sees them. */
async function corsOf(path: string) {
  await using listener = await listen(createMockServer(), { admin: true });
  const preflight = await fetch(listener.url + path, {
    method: "OPTIONS",
    headers: { origin, "access-control-request-method": "POST", "access-control-request-headers": "x-own" },
  });
  const call = await fetch(listener.url + path, {
    method: "POST",
    headers: { origin, "content-type": "application/json" },
    body: "{}",
  });
  return [preflight, call].map(({ headers }) => ({
    origin: headers.get("access-control-allow-origin"),
    credentials: headers.get("access-control-allow-credentials"),
  }));
}

describe("a page that calls with credentials", () => {
  it.each([
    "/mgmt.v1alpha1.UserAccountService/GetUser",
    "/gitpod.v1.AccountService/GetAccount",
    "/fam.v1.AccountService/ListMyPermissions",
    "/behind/a/proxy/mgmt.v1alpha1.UserAccountService/GetUser",
  ])("may call %s", async (path) => {
    // With credentials, a browser accepts neither "*" as the origin nor a missing header.
    expect(await corsOf(path)).toEqual(Array(2).fill({ origin, credentials: "true" }));
  });

  it.each([
    "/tenantry.mock.v1.AdminService/GetClock",
    "/behind/a/proxy/tenantry.mock.v1.AdminService/GetClock",
    "//tenantry.mock.v1.AdminService/GetClock",
    "/w/checkout-7/tenantry.mock.v1.AdminService/GetClock",
    "/worlds",
    "/worlds/checkout-7",
    "/_/",
  ])("may not call %s", async (path) => {
    expect(await corsOf(path)).toEqual(Array(2).fill({ origin: null, credentials: null }));
  });
});

describe("CORS of a listener", () => {
  it("accepts calls from scripts of every origin", async () => {
    await using listener = await listen(createMockServer());
    const headers = {
      origin: "https://app.example.com",
      "access-control-request-method": "POST",
      "access-control-request-headers": "authorization,x-mine",
    };
    const preflight = await fetch(listener.url + path, { method: "OPTIONS", headers });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get("access-control-allow-origin")).toBe("https://app.example.com");
    expect(preflight.headers.get("access-control-allow-methods")).toBe("POST, GET");
    expect(preflight.headers.get("access-control-allow-headers")).toContain("Connect-Protocol-Version");
    expect(preflight.headers.get("access-control-allow-headers")).toContain("x-mine");
    expect(preflight.headers.get("access-control-max-age")).toBe("7200");
    const plain = await fetch(listener.url + path, {
      method: "OPTIONS",
      headers: { origin: "https://app.example.com", "access-control-request-method": "POST" },
    });
    expect(plain.headers.get("access-control-allow-headers")).toMatch(/, Authorization$/);
    const call = await fetch(listener.url + path, {
      method: "POST",
      headers: { origin: "https://app.example.com", "content-type": "application/json" },
      body: "{}",
    });
    expect(call.status).toBe(401);
    expect(call.headers.get("access-control-allow-origin")).toBe("https://app.example.com");
    const exposed = call.headers.get("access-control-expose-headers")?.split(", ");
    expect(exposed).toEqual(expect.arrayContaining(["Grpc-Status", "Retry-After", "X-Request-Id"]));
  });

  it("keeps the Vary header of a GET in addition to the one of CORS", async () => {
    await using listener = await listen(createMockServer());
    const query = "?connect=v1&encoding=json&message=%7B%7D";
    const response = await fetch(listener.url + path + query, { headers: { origin: "https://a.example" } });
    expect(response.headers.get("vary")).toBe("Accept-Encoding, Origin");
  });

  it("accepts no call from a script of another origin if CORS is off", async () => {
    await using listener = await listen(createMockServer(), { cors: false });
    const headers = { origin: "https://app.example.com", "access-control-request-method": "POST" };
    const preflight = await fetch(listener.url + path, { method: "OPTIONS", headers });
    expect(preflight.status).toBe(405);
    expect(preflight.headers.get("allow")).toBe("GET, POST");
    const call = await fetch(listener.url + path, {
      method: "POST",
      headers: { origin: "https://app.example.com", "content-type": "application/json" },
      body: "{}",
    });
    expect([...call.headers.keys()].filter((name) => name.startsWith("access-control-"))).toEqual([]);
  });
});
