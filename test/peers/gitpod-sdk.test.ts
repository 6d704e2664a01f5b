import { AuthenticationError, BadRequestError, NotFoundError, PermissionDeniedError } from "@gitpod/sdk";
import { describe, expect, it } from "vitest";
import { openLenientOna } from "./lenient-ona.js";

/** Tests the vendor's SDK with a lenient mock server. The SDK's types are older than its examples. */
describe("@gitpod/sdk 0.6.0", () => {
  const names = Array.from({ length: 60 }, (_, index) => `provider-${index}`);
  const unknownId = "11111111-2222-4333-8444-555555555555";
  const ona = openLenientOna();

  function ada() {
    const { token, accountId } = ona.server.ona.signIn({ email: "ada@example.com" });
    return { client: ona.sdk(token), accountId };
  }

  it("accounts.retrieve, with and without an empty body", async () => {
    const { client, accountId } = ada();
    const { account } = await client.accounts.retrieve({});
    expect(account).toMatchObject({ id: accountId, email: "ada@example.com", name: "Ada" });
    expect(new Date(account.createdAt)).toEqual(new Date("2026-01-01"));
    const bare: unknown = await Reflect.apply(client.accounts.retrieve, client.accounts, []);
    expect(bare).toEqual({ account });
  });

  it("accounts.delete", async () => {
    const { client, accountId } = ada();
    await client.accounts.delete({ accountId });
    expect(ona.server.calls.of("ona.DeleteAccount")[0]?.error).toBeUndefined();
    await expect(client.accounts.retrieve({})).rejects.toBeInstanceOf(NotFoundError);
  });

  it("accounts.listJoinableOrganizations, with the page size in the query", async () => {
    const { client } = ada();
    for (const name of ["Acme", "Labs"]) ona.server.ona.addOrganization({ name, domain: "example.com" });
    const all = await client.accounts.listJoinableOrganizations({});
    expect(all.joinableOrganizations?.map(({ organizationName }) => organizationName)).toEqual([
      "Acme",
      "Labs",
    ]);
    const one = await client.accounts.listJoinableOrganizations({ pageSize: 1 });
    expect(one.joinableOrganizations).toHaveLength(1);
  });

  it.each([
    ["in the query", { pageSize: 25 }],
    ["in the body", { pagination: { pageSize: 25 } }],
    ["by default", {}],
  ])(
    "accounts.listLoginProviders iterates over 60 providers in pages of 25, with the page size %s",
    async (_, page) => {
      ona.server.seed({ ona: { providers: names.map((provider) => ({ provider })) } });
      const found: string[] = [];
      for await (const { provider } of ada().client.accounts.listLoginProviders(page)) found.push(provider);
      expect(found).toEqual(names);
      expect(ona.server.calls.of("ListLoginProviders")).toHaveLength(3);
    },
  );

  it("accounts.listLoginProviders for an invite", async () => {
    ona.server.ona.addProvider({
      provider: "custom",
      inviteId: unknownId,
      loginUrl: "https://in.example.com/",
    });
    const filter = { inviteId: unknownId };
    const { loginProviders } = await ada().client.accounts.listLoginProviders({ filter });
    expect(loginProviders).toEqual([{ provider: "custom", loginUrl: "https://in.example.com/" }]);
  });

  it("ListSSOLogins through client.post(), because this version has no method for it", async () => {
    ona.server.ona.addSso({
      domain: "example.com",
      displayName: "Okta",
      loginUrl: "https://okta.example.com/",
    });
    const answer: unknown = await ada().client.post("/gitpod.v1.AccountService/ListSSOLogins", {
      body: { email: "ada@example.com" },
      query: { pageSize: 1 },
    });
    expect(answer).toMatchObject({
      logins: [{ displayName: "Okta", loginUrl: "https://okta.example.com/" }],
    });
  });

  it("accounts.getSSOLoginURL", async () => {
    ona.server.ona.addSso({ domain: "example.com", loginUrl: "https://okta.example.com/" });
    const request = { email: "ada@example.com", returnTo: "https://app.example.com/" };
    const { loginUrl } = await ada().client.accounts.getSSOLoginURL(request);
    expect(loginUrl).toBe("https://okta.example.com/?returnTo=https%3A%2F%2Fapp.example.com%2F");
  });

  it("the SDK throws its error classes for not_found, permission_denied, unauthenticated and invalid_argument", async () => {
    const { client, accountId } = ada();
    const grace = ona.server.ona.signIn({ email: "grace@example.com" });
    const missing = client.accounts.getSSOLoginURL({ email: "ada@example.org" });
    await expect(missing).rejects.toBeInstanceOf(NotFoundError);
    await expect(missing).rejects.toMatchObject({ status: 404, code: "not_found" });
    const others = client.accounts.delete({ accountId: grace.accountId });
    await expect(others).rejects.toBeInstanceOf(PermissionDeniedError);
    await expect(others).rejects.toMatchObject({ status: 403, code: "permission_denied" });
    ona.server.ona.setBlocked(accountId, "too many mails");
    await expect(client.accounts.retrieve({})).rejects.toBeInstanceOf(PermissionDeniedError);
    const stranger = ona.sdk("gitpod_pat_unknown").accounts.retrieve({});
    await expect(stranger).rejects.toBeInstanceOf(AuthenticationError);
    await expect(stranger).rejects.toMatchObject({ status: 401, code: "unauthenticated" });
    const page = client.accounts.listLoginProviders({ token: "made up" });
    await expect(page).rejects.toBeInstanceOf(BadRequestError);
  });
});
