import {
  ApiError,
  type CommonOptions,
  NetworkError,
  refreshableToken,
  UnavailableError,
  VydonClient,
} from "tenantry";
import { createMockServer, type MockServer } from "tenantry/mock";
import { describe, expect, it } from "vitest";
import { errorCodes } from "../src/core/errors/error-code.js";
import { wireFaults } from "../src/mock/engine/faults/wire-faults.js";
import { countTimers } from "./support/counted.js";
import { failureOf, settled } from "./support/promises.js";
import { Random } from "./support/random.js";

/** Creates a client that calls a mock server through `server.fetch`. */
function connect(server: MockServer, options: CommonOptions) {
  const { fetch, clock } = server;
  return new VydonClient({ baseUrl: "https://vydon.example.com", fetch, clock, ...options });
}

/** Creates a server, an account that Ada owns, and her client. */
async function world(options: CommonOptions = {}) {
  const server = createMockServer();
  const ada = server.vydon.signIn({ email: "ada@example.com" });
  const client = connect(server, { auth: ada.token, ...options });
  const { accountId } = await client.accounts.createTeam({ name: "acme" });
  return { server, ada, client, accountId };
}

it("100 concurrent calls that the server rejects share one token refresh, and each is retried once", async () => {
  const { server, accountId } = await world();
  const keys: string[] = [];
  // The client cannot see when an API key expires.
  const newKey = () => {
    const { token } = server.vydon.apiKey(accountId, { expiresIn: "1h" });
    keys.push(token);
    return { accessToken: token };
  };
  const auth = refreshableToken({ initial: newKey(), refresh: newKey, clock: server.clock });
  const client = connect(server, { auth });
  server.calls.clear();
  server.clock.advance("2h");
  const lists = Array.from({ length: 100 }, () => client.members.list(accountId).toArray());
  expect(await Promise.all(lists)).toHaveLength(100);
  expect(keys).toHaveLength(2);
  expect(server.calls.count).toBe(200);
});

describe("a call whose response is lost after the server has handled it", () => {
  it("is not retried if it is a write", async () => {
    const { server, client, accountId } = await world();
    const fault = server.faults.inject({ method: "InviteUserToTeamAccount", wire: "lost_response" });
    const invite = { email: "grace@example.com", role: "job_viewer" } as const;
    const error = await failureOf(client.invites.create(accountId, invite));
    expect(error).toBeInstanceOf(NetworkError);
    expect(error).toMatchObject({ attempts: 1 });
    expect(fault.hits).toBe(1);
    expect(await client.invites.list(accountId).toArray()).toHaveLength(1);
  });

  it("is retried if it is a read, or a write that the schema marks as idempotent", async () => {
    const { server, client, accountId } = await world();
    server.faults.inject({ method: "GetTeamAccountMembers", wire: "lost_response", times: 2 });
    expect(await client.members.list(accountId).toArray()).toHaveLength(1);
    server.faults.inject({ method: "SetAccountOnboardingConfig", wire: "lost_response", times: 1 });
    await client.accounts.setOnboarding(accountId, { hasCompletedOnboarding: true });
    expect(server.calls.of("SetAccountOnboardingConfig")).toHaveLength(2);
  });

  it("is retried with the same event id if it is recordMeterEvent(), so the event counts once", async () => {
    const { server, accountId } = await world();
    const worker = connect(server, { auth: server.vydon.workerKey().token });
    server.vydon.subscribe(accountId);
    server.faults.inject({ method: "SetBillingMeterEvent", wire: "lost_response", times: 1 });
    await worker.billing.recordMeterEvent(accountId, { eventName: "records", value: 7 });
    const ids = server.calls.of("SetBillingMeterEvent").map(({ request }) => request.eventId);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
    expect(server.vydon.meterEvents(accountId)).toHaveLength(1);
  });

  it("is retried if it is a write with `retry: { unsafe: true }`", async () => {
    const { server, client, accountId } = await world();
    server.faults.inject({ method: "InviteUserToTeamAccount", wire: "lost_response", times: 1 });
    const invite = { email: "grace@example.com", role: "job_viewer" } as const;
    await client.invites.create(accountId, invite, { retry: { unsafe: true } });
    expect(server.calls.of("InviteUserToTeamAccount")).toHaveLength(2);
  });
});

describe("2,000 random calls with faults in 30% of their attempts", () => {
  const kinds = [
    ...errorCodes.map((code) => ({ code })),
    ...wireFaults.map((wire) => ({ wire, latencyMs: 50 })),
    { latencyMs: 40_000 },
    { code: "unavailable" as const, retryAfter: "90s" },
    { wire: "html_429" as const, retryAfter: "1s" },
  ];
  const share = 1 - 0.7 ** (1 / kinds.length);

  it.each([1, 2])("end in time, leave no timer, and perform no write twice (seed %i)", async (seed) => {
    const { server, ada, accountId } = await world();
    const { clock } = server;
    const timers = countTimers(clock);
    const numbers = new Random(seed);
    const random = () => numbers.number();
    const auth = refreshableToken({
      initial: { accessToken: ada.token },
      refresh: () => ({ accessToken: server.vydon.signIn({ email: "ada@example.com" }).token }),
      clock,
    });
    const timeoutMs = 20_000;
    const retry = { random, budget: Number.POSITIVE_INFINITY };
    const client = connect(server, { auth, clock, timeoutMs, retry });
    for (const kind of kinds) server.faults.inject({ ...kind, probability: share });

    const tally = { reads: 0, writes: 0, failed: 0, late: 0, repeated: 0 };
    const begin = async (number: number): Promise<void> => {
      const startedAt = server.clock.now();
      const options = random() < 0.1 ? { signal: abortSoon(random) } : {};
      const isWrite = random() < 0.3;
      const email = `user-${number}@example.com`;
      const work: Promise<unknown> = isWrite
        ? client.invites.create(accountId, { email, role: "job_viewer" }, options)
        : random() < 0.5
          ? client.users.current(options)
          : client.members.list(accountId, options).toArray();
      const error: unknown = await work.then(
        () => undefined,
        (reason: unknown) => reason,
      );
      if (server.clock.now() > startedAt + timeoutMs + 1) tally.late++;
      tally[isWrite ? "writes" : "reads"]++;
      if (error !== undefined) {
        tally.failed++;
        expect(error).toBeInstanceOf(ApiError);
      }
      if (!isWrite) return;
      const sent = server.calls
        .of("InviteUserToTeamAccount")
        .filter(({ request }) => request.email === email);
      const committed = sent.filter(({ response }) => response !== undefined);
      if (sent.length > 1) tally.repeated++;
      // The server performed the write at most once. If the call succeeded, it performed it, and the response was not lost.
      expect(committed.length).toBeLessThanOrEqual(1);
      if (error === undefined) {
        expect(committed).toHaveLength(1);
        expect([undefined, "drip"]).toContain(committed[0]?.wire);
      }
    };

    for (let number = 0; number < 2_000; number += 25) {
      await Promise.all(Array.from({ length: 25 }, (_, offset) => begin(number + offset)));
      server.calls.clear();
    }
    await settled();
    expect(tally.late).toBe(0);
    expect(timers.pending).toBe(0);
    // The faults occurred.
    expect(tally.reads + tally.writes).toBe(2_000);
    expect(tally.failed).toBeGreaterThan(200);
    expect(tally.repeated).toBeGreaterThan(10);
    const faultHits = server.faults.all().map(({ hits }) => hits);
    expect(Math.min(...faultHits)).toBeGreaterThan(5);
  });

  /** Returns a signal that aborts after a random number of turns. */
  function abortSoon(random: () => number): AbortSignal {
    const controller = new AbortController();
    const turns = Math.floor(random() * 30);
    void (async () => {
      for (let turn = 0; turn < turns; turn++) await Promise.resolve();
      controller.abort();
    })();
    return controller.signal;
  }
});

it("500 failed calls make only 100 retries, because of the retry budget", async () => {
  const { server, client, accountId } = await world();
  server.faults.inject({ code: "unavailable" });
  server.calls.clear();
  const calls = Array.from({ length: 500 }, () => failureOf(client.members.list(accountId).toArray()));
  for (const error of await Promise.all(calls)) {
    expect(error).toBeInstanceOf(UnavailableError);
    expect(error).toMatchObject({ code: "unavailable" });
  }
  // One attempt for each call, and 100 retries in total. The first call earned a tenth of a retry.
  expect(server.calls.count).toBe(600);
});
