import {
  FailedPreconditionError,
  NotFoundError,
  OnaClient,
  PermissionDeniedError,
  refreshableToken,
  SignInAgainError,
  UnauthenticatedError,
} from "tenantry";
import { createMockServer } from "tenantry/mock";
import { getAccount, unblockAccount } from "tenantry/ona/methods";
import { describe, expect, it } from "vitest";

/** Creates a server, and a client that Ada is signed in to. */
function start(options?: Parameters<typeof createMockServer>[0]) {
  const server = createMockServer(options);
  const session = server.ona.signIn({ email: "ada@example.com" });
  return { server, session, ada: new OnaClient(session.connect()), accountId: session.accountId };
}

describe("OnaClient.accounts", () => {
  it("get() returns the account with its organizations", async () => {
    const { server, ada, accountId } = start();
    const acme = server.ona.addOrganization({ name: "Acme", tier: "free_ona" });
    const { userId } = server.ona.join(acme.id, accountId, { role: "admin" });
    expect(await ada.accounts.get()).toStrictEqual({
      id: accountId,
      name: "Ada",
      avatarUrl: "",
      email: "ada@example.com",
      createdAt: new Date("2026-01-01T00:00:00Z"),
      updatedAt: new Date("2026-01-01T00:00:00Z"),
      memberships: [
        {
          userId,
          userRole: "admin",
          organizationId: acme.id,
          organizationName: "Acme",
          organizationMemberCount: 1,
          organizationTier: "free_ona",
        },
      ],
      publicEmailProvider: false,
    });
  });

  it("get() returns plain data for JSON and structuredClone", async () => {
    const { ada } = start();
    const account = await ada.accounts.get();
    expect(structuredClone(account)).toEqual(account);
    expect(JSON.parse(JSON.stringify(account)).createdAt).toBe("2026-01-01T00:00:00.000Z");
  });

  it("delete() rejects while the account is in an organization, and succeeds after it has left", async () => {
    const { server, ada, accountId } = start();
    const { id } = server.ona.addOrganization({ name: "Acme", members: [{ email: "ada@example.com" }] });
    await expect(ada.accounts.delete(accountId)).rejects.toBeInstanceOf(FailedPreconditionError);
    server.ona.leave(id, accountId);
    await ada.accounts.delete(accountId, { reason: "moving on" });
    expect(server.calls.of("ona.DeleteAccount").at(-1)?.request.reason).toBe("moving on");
    await expect(ada.accounts.delete(accountId)).rejects.toBeInstanceOf(NotFoundError);
  });

  it("block() denies an account access, and unblock() restores it", async () => {
    const { server, ada } = start();
    const grace = server.ona.signIn({ email: "grace@example.com" });
    const client = new OnaClient(grace.connect());
    server.ona.setUsage(grace.accountId, { environments: 2, subscriptions: 1 });
    expect(await ada.accounts.block(grace.accountId, { reason: "too many mails" })).toEqual({
      environmentsStopped: 2,
      subscriptionsCancelled: 1,
    });
    await expect(client.accounts.get()).rejects.toBeInstanceOf(PermissionDeniedError);
    await ada.accounts.unblock(grace.accountId);
    expect((await client.accounts.get()).email).toBe("grace@example.com");
  });

  it("get() rejects with UnauthenticatedError without a token", async () => {
    const { server } = start();
    const client = new OnaClient({ fetch: server.fetch });
    await expect(client.accounts.get()).rejects.toBeInstanceOf(UnauthenticatedError);
  });
});

describe("OnaClient.accounts before sign-in", () => {
  it("getSsoLoginUrl(), listSsoLogins() and listLoginProviders() need no token", async () => {
    const { server } = start();
    server.ona.addSso({ domain: "example.com", displayName: "Okta", loginUrl: "https://okta.example.com/" });
    server.ona.addProvider({ provider: "github" });
    const inviteId = "0b1e7a52-3c64-4d8f-9a10-5e2f7c9d4b36";
    server.ona.addProvider({ provider: "custom", loginUrl: "https://in.example.com/", inviteId });
    const { accounts } = new OnaClient({ fetch: server.fetch });
    const login = { email: "ada@example.com", returnTo: "https://app.example.com/home" };

    const url = await accounts.getSsoLoginUrl(login);
    expect(url).toBe("https://okta.example.com/?returnTo=https%3A%2F%2Fapp.example.com%2Fhome");
    expect(await accounts.listSsoLogins(login).toArray()).toEqual([{ displayName: "Okta", loginUrl: url }]);
    expect(await accounts.listLoginProviders().toArray()).toEqual([{ provider: "github", loginUrl: "" }]);
    expect(await accounts.listLoginProviders({ inviteId }).toArray()).toEqual([
      { provider: "github", loginUrl: "" },
      { provider: "custom", loginUrl: "https://in.example.com/" },
    ]);
    await expect(accounts.getSsoLoginUrl({ email: "ada@example.org" })).rejects.toBeInstanceOf(NotFoundError);
  });

  it("they work in a client whose user has signed out, and send no token", async () => {
    const server = createMockServer();
    server.ona.addSso({
      domain: "example.com",
      displayName: "Acme",
      loginUrl: "https://sso.example.com/acme",
    });
    const auth = refreshableToken({ refresh: () => Promise.reject(new SignInAgainError("signed out")) });
    const sent: (string | null)[] = [];
    const fetch: typeof globalThis.fetch = (input, init) => {
      sent.push(new Headers(init?.headers).get("authorization"));
      return server.fetch(input, init);
    };
    const { accounts } = new OnaClient({ baseUrl: "https://ona.mock", fetch, auth });
    const email = "ada@example.com";
    expect(await accounts.getSsoLoginUrl({ email })).toBe("https://sso.example.com/acme");
    expect(await accounts.listSsoLogins({ email }).toArray()).toHaveLength(1);
    await accounts.listLoginProviders().toArray();
    expect(await accounts.allowsCustomLogin()).toBe(true);
    expect(sent).toEqual([null, null, null, null]);
    await expect(accounts.get()).rejects.toBeInstanceOf(SignInAgainError);
  });

  it("allowsCustomLogin() returns whether custom single sign-on is available", async () => {
    expect(await start().ada.accounts.allowsCustomLogin()).toBe(true);
    const { server, ada } = start({ ona: { allowCustom: false } });
    expect(await ada.accounts.allowsCustomLogin({ email: "ada@example.com" })).toBe(false);
    expect(server.calls.of("ListLoginProviders")[0]?.request).toMatchObject({
      pagination: { pageSize: 1 },
      filter: { email: "ada@example.com" },
    });
  });
});

describe("OnaClient", () => {
  it("calls https://app.ona.com/api unless `baseUrl` is set", async () => {
    const urls: string[] = [];
    const fetch: typeof globalThis.fetch = async (url) => {
      urls.push(String(url));
      return Response.json({});
    };
    await new OnaClient({ auth: "token", fetch }).accounts.unblock("1");
    await new OnaClient({ auth: "token", fetch, baseUrl: "https://ona.example.com/v2" }).accounts.unblock(
      "1",
    );
    expect(urls).toEqual([
      "https://app.ona.com/api/gitpod.v1.AccountService/UnblockAccount",
      "https://ona.example.com/v2/gitpod.v1.AccountService/UnblockAccount",
    ]);
  });

  it("withOptions() keeps the token and the address", async () => {
    const { session, ada, server } = start();
    let tokens = 0;
    const auth = () => {
      tokens += 1;
      return session.token;
    };
    const client = new OnaClient({ auth, fetch: server.fetch }).withOptions({ timeoutMs: 1_000 });
    expect(await client.accounts.get()).toEqual(await ada.accounts.get());
    expect(tokens).toBe(1);
  });

  it("call() calls any RPC, with the same errors", async () => {
    const { ada, accountId } = start();
    expect((await ada.call(getAccount, {})).account?.id).toBe(accountId);
    const unknown = { accountId: "11111111-2222-4333-8444-555555555555" };
    await expect(ada.call(unblockAccount, unknown)).rejects.toBeInstanceOf(NotFoundError);
  });

  it("withResponse() returns the status and the number of attempts", async () => {
    const { ada, accountId } = start();
    const response = await ada.accounts.get().withResponse();
    expect(response).toMatchObject({ data: { id: accountId }, status: 200, attempts: 1 });
  });
});
