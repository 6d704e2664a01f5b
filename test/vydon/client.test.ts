import {
  AlreadyExistsError,
  DeadlineExceededError,
  InvalidArgumentError,
  NotFoundError,
  PermissionDeniedError,
  VydonClient,
} from "tenantry";
import { createMockServer } from "tenantry/mock";
import { describe, expect, it } from "vitest";
import { createTeamAccount, getUser } from "../../gen/mgmt/v1alpha1/user_account_methods.js";
import { failureOf } from "../support/promises.js";

/** Creates a server with a team whose admin is Ada. */
async function createTeam(options?: Parameters<typeof createMockServer>[0]) {
  const server = createMockServer(options);
  const session = server.vydon.signIn({ email: "ada@example.com" });
  const ada = new VydonClient(session.connect());
  const { accountId } = await ada.accounts.createTeam({ name: "acme" });
  return { server, ada, session, accountId };
}

describe("VydonClient.users", () => {
  it("register() registers the caller, and then current() returns them", async () => {
    const server = createMockServer();
    const session = server.vydon.signIn({ email: "ada@example.com", registered: false });
    const client = new VydonClient(session.connect());
    await expect(client.users.current()).rejects.toBeInstanceOf(NotFoundError);
    const user = await client.users.register();
    expect(await client.users.register()).toEqual(user);
    expect(await client.users.current()).toEqual(user);
  });
});

describe("VydonClient.accounts", () => {
  it("convertToTeam() makes the personal account a team, and list() also returns a new personal account", async () => {
    const { ada } = await createTeam();
    const personal = await ada.accounts.ensurePersonal();
    const converted = await ada.accounts.convertToTeam({ name: "acme-labs" });
    expect(converted.accountId).toBe(personal.accountId);
    expect(converted.checkoutSessionUrl).toMatch(/^https:/);
    const accounts = await ada.accounts.list().toArray();
    expect(accounts.map(({ name, type }) => [name, type])).toEqual([
      ["acme", "team"],
      ["acme-labs", "team"],
      ["personal", "personal"],
    ]);
  });

  it("includesMe() returns whether the caller is in an account", async () => {
    const { ada, accountId } = await createTeam();
    expect(await ada.accounts.includesMe(accountId)).toBe(true);
    expect(await ada.accounts.includesMe("00000000-0000-4000-8000-000000000000")).toBe(false);
  });

  it("createTeam() rejects a name that is taken, and one that breaks a rule", async () => {
    const { ada } = await createTeam();
    await expect(ada.accounts.createTeam({ name: "acme" })).rejects.toBeInstanceOf(AlreadyExistsError);
    await expect(ada.accounts.createTeam({ name: "No Spaces!" })).rejects.toMatchObject({
      name: "InvalidArgumentError",
      violations: [{ field: "name", rule: "string.pattern" }],
    });
  });

  it("setOnboarding() stores the onboarding progress", async () => {
    const { ada, accountId } = await createTeam();
    expect(await ada.accounts.getOnboarding(accountId)).toMatchObject({ hasCompletedOnboarding: false });
    await ada.accounts.setOnboarding(accountId, { hasCompletedOnboarding: true });
    expect(await ada.accounts.getOnboarding(accountId)).toMatchObject({ hasCompletedOnboarding: true });
  });

  it("getTemporalConfig() succeeds on self-hosted servers only", async () => {
    const hosted = await createTeam({ vydon: { cloud: false } });
    const config = { url: "temporal:7233", namespace: "default", syncJobQueueName: "sync" };
    expect(await hosted.ada.accounts.setTemporalConfig(hosted.accountId, config)).toEqual(config);
    expect(await hosted.ada.accounts.getTemporalConfig(hosted.accountId)).toEqual(config);
    const cloud = await createTeam();
    await expect(cloud.ada.accounts.getTemporalConfig(cloud.accountId)).rejects.toMatchObject({
      name: "UnimplementedError",
      message: "GetAccountTemporalConfig: not enabled in Vydon Cloud",
    });
  });
});

describe("VydonClient.invites and VydonClient.members", () => {
  it("invites.create() and accept() add a member, members.setRole() and remove() change them", async () => {
    const { server, ada, accountId } = await createTeam();
    const session = server.vydon.signIn({ email: "grace@example.com", name: "Grace" });
    const grace = new VydonClient(session.connect());

    const invite = await ada.invites.create(accountId, { email: "grace@example.com", role: "job_executor" });
    expect(invite.expiresAt).toEqual(new Date(server.clock.now() + 24 * 3_600_000));
    expect(await ada.invites.list(accountId).toArray()).toEqual([invite]);
    expect(await grace.invites.accept(invite.token)).toMatchObject({ id: accountId, name: "acme" });
    expect(await ada.invites.list(accountId).first()).toBeUndefined();

    await ada.members.setRole(accountId, session.userId, "job_developer");
    const members = await ada.members.list(accountId).toArray();
    expect(members[1]).toEqual({
      userId: session.userId,
      name: "Grace",
      image: expect.any(String),
      email: "grace@example.com",
      role: "job_developer",
    });
    await ada.members.remove(accountId, session.userId);
    expect(await ada.members.list(accountId).toArray()).toHaveLength(1);
  });

  it("invites.remove() removes an invite", async () => {
    const { ada, accountId } = await createTeam();
    const { id } = await ada.invites.create(accountId, { email: "grace@example.com" });
    await ada.invites.remove(id);
    expect(await ada.invites.list(accountId).toArray()).toEqual([]);
  });

  it("invites.create() rejects with PermissionDeniedError for a viewer", async () => {
    const { server, ada, accountId } = await createTeam();
    const grace = new VydonClient(server.vydon.signIn({ email: "grace@example.com" }).connect());
    const { token } = await ada.invites.create(accountId, { email: "grace@example.com" });
    await grace.invites.accept(token);
    await expect(grace.invites.create(accountId, { email: "x@example.com" })).rejects.toBeInstanceOf(
      PermissionDeniedError,
    );
  });
});

describe("VydonClient.permissions", () => {
  it("check() returns one permission, and checkAll() several in order", async () => {
    const { ada, accountId } = await createTeam();
    const job = { type: "job", id: "*", action: "delete" } as const;
    const account = { type: "account", id: accountId, action: "delete" } as const;
    expect(await ada.permissions.check(accountId, job)).toBe(true);
    expect(await ada.permissions.checkAll(accountId, [account, job])).toEqual([false, true]);
  });
});

describe("VydonClient.billing", () => {
  it("status() and validity() change from trial to subscription", async () => {
    const { server, ada, accountId } = await createTeam();
    expect(await ada.billing.status(accountId)).toMatchObject({ subscriptionStatus: "trial_active" });
    server.clock.advance("14d");
    expect(await ada.billing.validity(accountId, { requestedRecordCount: 10 })).toMatchObject({
      isValid: false,
      accountStatus: "account_trial_expired",
    });
    expect((await ada.billing.createCheckoutSession(accountId)).url).toMatch(/^https:/);
    server.vydon.subscribe(accountId);
    expect(await ada.billing.validity(accountId)).toMatchObject({ isValid: true });
    expect((await ada.billing.createPortalSession(accountId)).url).toMatch(/^https:/);
  });

  it("waitUntilValid() polls until a payment has settled", async () => {
    const { server, ada, accountId } = await createTeam();
    server.clock.advance("14d");
    server.vydon.subscribe(accountId, { settlesIn: "1m" });
    const paidAt = server.clock.now();
    expect(await ada.billing.waitUntilValid(accountId)).toMatchObject({ isValid: true });
    expect(server.clock.now() - paidAt).toBe(60_000);
  });

  it("waitUntilValid() rejects with the server's reason if the account is not valid in time", async () => {
    const { server, ada, accountId } = await createTeam();
    server.clock.advance("14d");
    const { reason = "" } = await ada.billing.validity(accountId);
    expect(reason).not.toBe("");
    const startedAt = server.clock.now();
    const error = await failureOf(ada.billing.waitUntilValid(accountId));
    expect(error).toBeInstanceOf(DeadlineExceededError);
    expect(error).toMatchObject({ message: expect.stringContaining(reason) });
    expect(server.clock.now() - startedAt).toBe(300_000);
  });

  it("recordMeterEvent() with the same `eventId` counts the event once", async () => {
    const { server, accountId } = await createTeam();
    const worker = new VydonClient(server.vydon.workerKey().connect());
    expect((await worker.billing.listAccounts().toArray()).map(({ id }) => id)).toEqual([accountId]);
    const event = { eventName: "records", value: 7, timestamp: new Date(server.clock.now()) };
    const { eventId } = await worker.billing.recordMeterEvent(accountId, event);
    await worker.billing.recordMeterEvent(accountId, { ...event, eventId });
    await worker.billing.recordMeterEvent(accountId, event);
    expect(server.vydon.meterEvents(accountId)).toHaveLength(2);
  });
});

describe("VydonClient.system", () => {
  it("info() returns the server's build and licence", async () => {
    const { ada } = await createTeam();
    expect(await ada.system.info()).toMatchObject({
      buildDate: expect.any(Date),
      license: { isCloud: true },
    });
  });
});

describe("VydonClient", () => {
  it("call() calls any RPC with the same token and errors, and returns its JSON", async () => {
    const { ada, session } = await createTeam();
    expect(await ada.call(getUser, {})).toEqual({ userId: session.userId });
    await expect(ada.call(createTeamAccount, { name: "!" })).rejects.toBeInstanceOf(InvalidArgumentError);
  });

  it("withResponse() returns the status, headers and number of attempts", async () => {
    const { ada } = await createTeam();
    const response = await ada.accounts.createTeam({ name: "acme-labs" }).withResponse();
    expect(response).toMatchObject({
      data: { accountId: expect.any(String) },
      status: 200,
      headers: expect.any(Headers),
      attempts: 1,
    });
  });

  it("withOptions() creates a client with the same `auth`", async () => {
    let authCalls = 0;
    const { session } = await createTeam();
    const auth = () => {
      authCalls++;
      return session.token;
    };
    const client = new VydonClient({ ...session.connect(), auth });
    await client.users.current();
    await client.withOptions({ timeoutMs: 1_000 }).users.current();
    expect(authCalls).toBe(2);
  });

  it("returns plain objects for JSON and structuredClone", async () => {
    const { ada, accountId } = await createTeam();
    const invite = await ada.invites.create(accountId, { email: "grace@example.com" });
    expect(structuredClone(invite)).toEqual(invite);
    expect(JSON.parse(JSON.stringify(invite))).toMatchObject({ expiresAt: invite.expiresAt.toISOString() });
  });

  it('rejects with the hint "No token was sent" if it has no token', async () => {
    const { fetch } = createMockServer();
    const client = new VydonClient({ baseUrl: "https://vydon.example.com", fetch });
    await expect(client.users.current()).rejects.toMatchObject({
      name: "UnauthenticatedError",
      message: expect.stringContaining("No token was sent"),
    });
  });
});
