import { describe, expect, it } from "vitest";
import { createMockServer } from "../../server.js";
import { listen } from "./listen.js";

const origin = "http://app.example.com:5173";

/** The CORS headers of a preflight and of the call after it, as a page of another origin sees them. */
async function corsOf(path: string, options = {}) {
  await using listener = await listen(createMockServer(), { admin: true, ...options });
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

  it("may call nothing without CORS", async () => {
    const path = "/mgmt.v1alpha1.UserAccountService/GetUser";
    expect(await corsOf(path, { cors: false })).toEqual(Array(2).fill({ origin: null, credentials: null }));
  });
});
