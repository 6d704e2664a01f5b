import {
  AlreadyExistsError,
  FailedPreconditionError,
  InvalidArgumentError,
  NotFoundError,
  PermissionDeniedError,
  UnauthenticatedError,
  UnimplementedError,
  VydonClient,
} from "tenantry";
import { createMockServer } from "tenantry/mock";
import { describe, expect, it } from "vitest";
import { createTeamAccount, getUser } from "../../gen/mgmt/v1alpha1/user_account_methods.js";

/** A server with a team of Ada's, who is its admin. */
async function team(options?: Parameters<typeof createMockServer>[0]) {
  const server = createMockServer(options);
  const session = server.vydon.signIn({ email: "ada@example.com" });
  const ada = new VydonClient(session.connect());
  const { accountId } = await ada.accounts.createTeam({ name: "acme" });
  return { server, ada, session, accountId };
}

describe("users", () => {
  it("registers the caller once, and has them from then on", async () => {
    const server = createMockServer();
    const session = server.vydon.signIn({ email: "ada@example.com", registered: false });
    const client = new VydonClient(session.connect());
    await expect(client.users.current()).rejects.toBeInstanceOf(NotFoundError);
    const user = await client.users.register();
    expect(await client.users.register()).toEqual(user);
    expect(await client.users.current()).toEqual(user);
  });
});

describe("accounts", () => {
  it("are created, converted and listed", async () => {
    const { ada, accountId } = await team();
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
    expect(await ada.accounts.includesMe(accountId)).toBe(true);
    expect(await ada.accounts.includesMe("00000000-0000-4000-8000-000000000000")).toBe(false);
  });

  it("refuse a name that is taken, and one that breaks the rules", async () => {
    const { ada } = await team();
    await expect(ada.accounts.createTeam({ name: "acme" })).rejects.toBeInstanceOf(AlreadyExistsError);
    const error = await ada.accounts.createTeam({ name: "No Spaces!" }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(InvalidArgumentError);
    expect(error).toMatchObject({ violations: [{ field: "name", rule: "string.pattern" }] });
  });

  it("store how far their set-up has come", async () => {
    const { ada, accountId } = await team();
    expect(await ada.accounts.getOnboarding(accountId)).toMatchObject({ hasCompletedOnboarding: false });
    await ada.accounts.setOnboarding(accountId, { hasCompletedOnboarding: true });
    expect(await ada.accounts.getOnboarding(accountId)).toMatchObject({ hasCompletedOnboarding: true });
  });

  it("have a Temporal configuration on self-hosted servers only", async () => {
    const hosted = await team({ vydon: { cloud: false } });
    const config = { url: "temporal:7233", namespace: "default", syncJobQueueName: "sync" };
    expect(await hosted.ada.accounts.setTemporalConfig(hosted.accountId, config)).toEqual(config);
    expect(await hosted.ada.accounts.getTemporalConfig(hosted.accountId)).toEqual(config);
    const cloud = await team();
    await expect(cloud.ada.accounts.getTemporalConfig(cloud.accountId)).rejects.toBeInstanceOf(
      UnimplementedError,
    );
  });
});

describe("invites and members", () => {
  it("add somebody, give them a role, and remove them", async () => {
    const { server, ada, accountId } = await team();
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

  it("withdraw an invite", async () => {
    const { ada, accountId } = await team();
    const { id } = await ada.invites.create(accountId, { email: "grace@example.com" });
    await ada.invites.remove(id);
    expect(await ada.invites.list(accountId).toArray()).toEqual([]);
  });

  it("are for those with the right role", async () => {
    const { server, ada, accountId } = await team();
    const grace = new VydonClient(server.vydon.signIn({ email: "grace@example.com" }).connect());
    const { token } = await ada.invites.create(accountId, { email: "grace@example.com" });
    await grace.invites.accept(token);
    await expect(grace.invites.create(accountId, { email: "x@example.com" })).rejects.toBeInstanceOf(
      PermissionDeniedError,
    );
  });
});

describe("permissions", () => {
  it("are checked for one resource or for many, in order", async () => {
    const { ada, accountId } = await team();
    const job = { type: "job", id: "*", action: "delete" } as const;
    const account = { type: "account", id: accountId, action: "delete" } as const;
    expect(await ada.permissions.check(accountId, job)).toBe(true);
    expect(await ada.permissions.checkAll(accountId, [account, job])).toEqual([false, true]);
  });
});

describe("billing", () => {
  it("goes from trial to subscription", async () => {
    const { server, ada, accountId } = await team();
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

  it("waits until a payment has settled", async () => {
    const { server, ada, accountId } = await team();
    server.clock.advance("14d");
    server.vydon.subscribe(accountId, { settlesIn: "1m" });
    const paidAt = server.clock.now();
    expect(await ada.billing.waitUntilValid(accountId)).toMatchObject({ isValid: true });
    expect(server.clock.now() - paidAt).toBe(60_000);
  });

  it("does not wait if waiting will not help", async () => {
    const { server, ada, accountId } = await team();
    server.clock.advance("14d");
    await expect(ada.billing.waitUntilValid(accountId)).rejects.toBeInstanceOf(FailedPreconditionError);
  });

  it("counts an event once, however often it is recorded", async () => {
    const { server, accountId } = await team();
    const worker = new VydonClient(server.vydon.workerKey().connect());
    expect((await worker.billing.listAccounts().toArray()).map(({ id }) => id)).toEqual([accountId]);
    const event = { eventName: "records", value: 7, timestamp: new Date(server.clock.now()) };
    const { eventId } = await worker.billing.recordMeterEvent(accountId, event);
    await worker.billing.recordMeterEvent(accountId, { ...event, eventId });
    await worker.billing.recordMeterEvent(accountId, event);
    expect(server.vydon.meterEvents(accountId)).toHaveLength(2);
  });
});

describe("system", () => {
  it("has what the server is", async () => {
    const { ada } = await team();
    expect(await ada.system.info()).toMatchObject({
      buildDate: expect.any(Date),
      license: { isCloud: true },
    });
  });
});

describe("the client", () => {
  it("calls any RPC, with the same token and errors, and returns its JSON", async () => {
    const { ada, session } = await team();
    expect(await ada.call(getUser, {})).toEqual({ userId: session.userId });
    await expect(ada.call(createTeamAccount, { name: "!" })).rejects.toBeInstanceOf(InvalidArgumentError);
  });

  it("has the response of a call", async () => {
    const { ada } = await team();
    const response = await ada.accounts.createTeam({ name: "acme-labs" }).withResponse();
    expect(response).toMatchObject({
      data: { accountId: expect.any(String) },
      status: 200,
      headers: expect.any(Headers),
      attempts: 1,
    });
  });

  it("makes another client with other options, which shares its token", async () => {
    let asked = 0;
    const { session } = await team();
    const auth = () => {
      asked++;
      return session.token;
    };
    const client = new VydonClient({ ...session.connect(), auth });
    await client.users.current();
    await client.withOptions({ timeoutMs: 1_000 }).users.current();
    expect(asked).toBe(2);
  });

  it("returns plain objects, which survive JSON and structuredClone", async () => {
    const { ada, accountId } = await team();
    const invite = await ada.invites.create(accountId, { email: "grace@example.com" });
    expect(structuredClone(invite)).toEqual(invite);
    expect(JSON.parse(JSON.stringify(invite))).toMatchObject({ expiresAt: invite.expiresAt.toISOString() });
  });

  it("says so if it has no token", async () => {
    const { fetch } = createMockServer();
    const client = new VydonClient({ baseUrl: "https://vydon.example.com", fetch });
    const error = await client.users.current().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UnauthenticatedError);
    expect(error).toMatchObject({ message: expect.stringContaining("No token was sent") });
  });
});
