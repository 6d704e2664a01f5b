import { Code } from "@connectrpc/connect";
import { describe, expect, it } from "vitest";
import { connectErrorOf, openWorld } from "../world.js";
import { callAs, unknownId } from "./people.js";

// GetSSOLoginURL, ListSSOLogins, ListLoginProviders.

describe("Ona's logins", () => {
  const world = openWorld();

  it("GetSSOLoginURL returns the login URL for the email's domain, with return_to as a query parameter", async () => {
    world.server.ona.addSso({ domain: "example.com", loginUrl: "https://login.example.com/sso?tenant=7" });
    const rpc = callAs(world);
    const email = "ada@EXAMPLE.com";
    expect((await rpc.getSSOLoginURL({ email })).loginUrl).toBe("https://login.example.com/sso?tenant=7");
    const returnTo = "https://app.example.com/?page=1&tab=2";
    const { loginUrl } = await rpc.getSSOLoginURL({ email, returnTo });
    expect(new URL(loginUrl).searchParams.get("returnTo")).toBe(returnTo);
    expect(new URL(loginUrl).searchParams.get("tenant")).toBe("7");
  });

  it("GetSSOLoginURL fails with not_found if the domain has no single sign-on", async () => {
    world.server.ona.addSso({ domain: "example.com" });
    const error = await connectErrorOf(callAs(world).getSSOLoginURL({ email: "ada@example.org" }));
    expect(error.code).toBe(Code.NotFound);
  });

  it.each([
    ["an invalid email", { email: "ada" }],
    ["an empty email", { email: "" }],
    ["a return_to that is not a URL", { email: "ada@example.com", returnTo: "/home" }],
  ])("GetSSOLoginURL and ListSSOLogins fail with invalid_argument for %s", async (_what, request) => {
    world.server.ona.addSso({ domain: "example.com" });
    const rpc = callAs(world);
    expect((await connectErrorOf(rpc.getSSOLoginURL(request))).code).toBe(Code.InvalidArgument);
    expect((await connectErrorOf(rpc.listSSOLogins(request))).code).toBe(Code.InvalidArgument);
  });

  it("ListSSOLogins returns all logins of the email's domain, and an empty list if there are none", async () => {
    const { ona } = world.server;
    const okta = ona.addSso({ domain: "example.com", displayName: "Okta" });
    ona.addSso({ domain: "example.com" });
    ona.addSso({ domain: "example.org" });
    const rpc = callAs(world);
    const { logins } = await rpc.listSSOLogins({ email: "ada@example.com" });
    expect(logins.map(({ displayName }) => displayName)).toEqual(["Okta", "example.com"]);
    expect(logins[0]?.loginUrl).toBe(okta.loginUrl);
    const returnTo = "https://app.example.com/home";
    const back = await rpc.listSSOLogins({ email: "ada@example.com", returnTo });
    expect(back.logins.map(({ loginUrl }) => new URL(loginUrl).searchParams.get("returnTo"))).toEqual([
      returnTo,
      returnTo,
    ]);
    expect((await rpc.listSSOLogins({ email: "ada@example.net" })).logins).toEqual([]);
  });

  it("ListLoginProviders returns the public providers, and those that match the email or invite of the filter", async () => {
    const { ona } = world.server;
    const inviteId = "0b1e7a52-3c64-4d8f-9a10-5e2f7c9d4b36";
    ona.addProvider({ provider: "github" });
    const invited = ona.addProvider({ provider: "custom", inviteId });
    ona.addProvider({ provider: "google", domain: "example.com" });
    const rpc = callAs(world);
    const offered = async (filter: { inviteId?: string; email?: string }) => {
      const { loginProviders } = await rpc.listLoginProviders({ filter });
      return loginProviders.map(({ provider }) => provider);
    };
    expect((await rpc.listLoginProviders({})).loginProviders).toMatchObject([
      { provider: "github", loginUrl: "" },
    ]);
    expect(await offered({})).toEqual(["github"]);
    expect(await offered({ email: "ada@example.com" })).toEqual(["github", "google"]);
    expect(await offered({ inviteId, email: "ada@example.org" })).toEqual(["github", "custom"]);
    expect(await offered({ inviteId: unknownId })).toEqual(["github"]);
    expect(invited.loginUrl).toMatch(/^https:/);
  });

  it("the letter case of the domain of a login or a provider does not count", async () => {
    world.server.ona.addSso({ domain: "Example.COM", loginUrl: "https://login.example.com/sso" });
    world.server.ona.addProvider({ provider: "google", domain: "Example.COM" });
    const rpc = callAs(world);
    const email = "ada@eXample.com";
    expect((await rpc.getSSOLoginURL({ email })).loginUrl).toBe("https://login.example.com/sso");
    expect((await rpc.listSSOLogins({ email })).logins).toMatchObject([{ displayName: "example.com" }]);
    const { loginProviders } = await rpc.listLoginProviders({ filter: { email } });
    expect(loginProviders).toMatchObject([{ provider: "google" }]);
  });

  it("ListLoginProviders returns allowCustom true by default", async () => {
    expect((await callAs(world).listLoginProviders({})).allowCustom).toBe(true);
  });
});

describe("Ona's logins with `allowCustom: false`", () => {
  const world = openWorld({ ona: { allowCustom: false } });

  it("ListLoginProviders returns allowCustom false", async () => {
    expect((await callAs(world).listLoginProviders({})).allowCustom).toBe(false);
  });
});
