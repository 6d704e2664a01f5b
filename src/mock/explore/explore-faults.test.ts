import { Code, ConnectError, createClient } from "@connectrpc/connect";
import { FamClient, OnaClient, refreshableToken, VydonClient } from "tenantry";
import { describe, expect, it } from "vitest";
import { UserAccountService } from "../../../gen/mgmt/v1alpha1/user_account_pb.js";
import type { MockServer } from "../mock-server.js";
import { createMockServer } from "../server.js";
import type { ExploreFault } from "./cases.js";
import { explore } from "./explore.js";
import type { ExploreOptions } from "./options.js";

/** Explores with a test that never fails. Returns what it returned: without a fault, then in each run with one. */
async function outcomes<T>(
  test: (world: MockServer) => Promise<T>,
  options: ExploreOptions,
  server = createMockServer(),
): Promise<T[]> {
  const found: T[] = [];
  await explore(server, async (world) => found.push(await test(world)), options);
  return found;
}

/** The class of an error, or "ok". */
function failure(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => "ok",
    (reason: Error) => reason.name,
  );
}

/** A test that creates a team. Returns what the client got, how many teams there are then, and how long it took. */
async function createTeam(world: MockServer, name = "acme") {
  const client = new VydonClient({
    ...world.vydon.signIn({ email: "ada@example.com" }).connect(),
    retry: false,
  });
  const start = world.clock.now();
  const result = await failure(client.accounts.createTeam({ name }));
  const teams = world.snapshot().apis["vydon"]?.["accounts"]?.length;
  return [result, teams, world.clock.now() - start];
}

describe("a fault on a call", () => {
  it.each<[ExploreFault, string, number, number]>([
    ["unavailable_before_commit", "UnavailableError", 0, 0],
    ["unavailable_after_commit", "UnavailableError", 1, 0],
    ["lost_response", "NetworkError", 1, 0],
    ["rate_limited", "RateLimitedError", 0, 0],
    ["expired_token", "UnauthenticatedError", 0, 0],
    ["slower_than_deadline", "DeadlineExceededError", 0, 60_000],
    ["cut_body", "NetworkError", 1, 0],
  ])("%s: the client gets %s, and there are %i teams", async (fault, error, teams, ms) => {
    expect(await outcomes(createTeam, { faults: [fault] })).toEqual([
      ["ok", 1, 0],
      [error, teams, ms],
    ]);
  });

  it("rate_limited: the client waits as long as Retry-After requires", async () => {
    const test = async (world: MockServer) => {
      const client = new VydonClient(world.vydon.signIn({ email: "ada@example.com" }).connect());
      const start = world.clock.now();
      await client.accounts.createTeam({ name: "acme" });
      return world.clock.now() - start;
    };
    expect(await outcomes(test, { faults: ["rate_limited"] })).toEqual([0, 2_000]);
  });

  it("hits one request, not its retry", async () => {
    const test = async (world: MockServer) => {
      const client = new VydonClient(world.vydon.signIn({ email: "ada@example.com" }).connect());
      await client.users.current();
      await client.users.current();
      return world.calls.of("GetUser").map(({ error }) => (error === undefined ? "." : "x"));
    };
    const options: ExploreOptions = { faults: ["unavailable_before_commit"] };
    expect((await outcomes(test, options)).map((letters) => letters.join(""))).toEqual(["..", "x..", ".x."]);
  });

  it("leaves the response of a call that was carried out in the log", async () => {
    const test = async (world: MockServer) => {
      await createTeam(world);
      const [call] = world.calls.of("CreateTeamAccount");
      return [call?.response?.accountId !== undefined, call?.error !== undefined];
    };
    const options = (fault: ExploreFault): ExploreOptions => ({ faults: [fault] });
    for (const fault of ["unavailable_after_commit", "lost_response", "cut_body"] as const)
      expect((await outcomes(test, options(fault)))[1]).toEqual([true, false]);
    expect((await outcomes(test, options("unavailable_before_commit")))[1]).toEqual([false, true]);
  });

  it("adds to the faults that the test itself sets", async () => {
    const test = async (world: MockServer) => {
      world.faults.inject({ method: "CreateTeamAccount", latencyMs: 500 });
      return createTeam(world);
    };
    const actor = (world: MockServer) => world.clock.advance(250);
    const withNext = async (world: MockServer) => [...(await test(world)), await createTeam(world, "more")];
    expect(await outcomes(withNext, { faults: ["second_actor"], actor })).toEqual([
      ["ok", 1, 500, ["ok", 2, 500]],
      ["ok", 1, 750, ["ok", 2, 500]],
    ]);
    expect(await outcomes(test, { faults: ["unavailable_before_commit"] })).toEqual([
      ["ok", 1, 500],
      ["UnavailableError", 0, 500],
    ]);
  });
});

describe("an expired token", () => {
  it("is refused from then on", async () => {
    const test = async (world: MockServer) => {
      const client = new VydonClient(world.vydon.signIn({ email: "ada@example.com" }).connect());
      const calls = [
        () => client.users.current(),
        () => client.accounts.list().toArray(),
        () => client.users.current(),
      ];
      const results: string[] = [];
      for (const call of calls) results.push((await failure(call())) === "ok" ? "." : "x");
      return results.join("");
    };
    expect(await outcomes(test, { faults: ["expired_token"] })).toEqual(["...", "xxx", ".xx", "..x"]);
  });

  it("can also be a session of Ona or of Fetch Ads Manager, or an API key", async () => {
    const test = async (world: MockServer) => {
      const ona = new OnaClient(world.ona.signIn({ email: "ada@example.com" }).connect());
      const fam = new FamClient(world.fam.signIn({ email: "ada@example.com" }).connect());
      const key = new VydonClient(world.vydon.apiKey("acme").connect());
      return [
        await failure(ona.accounts.get()),
        await failure(fam.accounts.create({ name: "Acme" })),
        await failure(key.members.list(world.vydon.account("acme").id).toArray()),
      ];
    };
    const server = createMockServer();
    server.seed({ vydon: { accounts: [{ name: "acme" }] } });
    expect(await outcomes(test, { faults: ["expired_token"] }, server)).toEqual([
      ["ok", "ok", "ok"],
      ["UnauthenticatedError", "ok", "ok"],
      ["ok", "UnauthenticatedError", "ok"],
      ["ok", "ok", "UnauthenticatedError"],
    ]);
  });

  it("does not affect a client that refreshes its token", async () => {
    const test = async (world: MockServer) => {
      const { issuer } = world.vydon;
      const initial = issuer.signIn({ email: "ada@example.com" });
      const { clock, fetch } = world;
      const auth = refreshableToken({ refresh: (request) => issuer.refresh(request), initial, clock });
      const client = new VydonClient({ baseUrl: "https://vydon.example.com", fetch, clock, auth });
      return [await failure(client.users.current()), issuer.refreshToken(initial.refreshToken).uses];
    };
    expect(await outcomes(test, { faults: ["expired_token"] })).toEqual([
      ["ok", 0],
      ["ok", 1],
    ]);
  });
});

describe("a second actor", () => {
  /** A test of three calls. Returns the teams' names at the end. */
  async function rename(world: MockServer) {
    const client = new VydonClient(world.vydon.signIn({ email: "ada@example.com" }).connect());
    const names: string[] = [];
    for (let call = 0; call < 3; call++)
      names.push((await client.accounts.list().toArray()).map(({ name }) => name).join());
    return names;
  }

  const actor = async (world: MockServer) => {
    const client = new VydonClient(world.vydon.signIn({ email: "ada@example.com" }).connect());
    await client.accounts.createTeam({ name: "surprise" });
    await world.clock.sleep(1_000);
  };

  it("writes between two calls, in a separate run for each pair of calls", async () => {
    expect(await outcomes(rename, { faults: ["second_actor"], actor })).toEqual([
      ["", "", ""],
      ["", "surprise", "surprise"],
      ["", "", "surprise"],
    ]);
  });

  it("sees what the call before it has written, and acts before the test has the response", async () => {
    const order: string[] = [];
    await explore(
      createMockServer(),
      async (world) => {
        const client = new VydonClient(world.vydon.signIn({ email: "ada@example.com" }).connect());
        await client.accounts.createTeam({ name: "acme" });
        order.push("test");
        await client.accounts.list();
      },
      {
        actor: (world) => order.push(world.vydon.account("acme").name),
        only: "second_actor after CreateTeamAccount #1",
      },
    );
    expect(order).toEqual(["test", "acme", "test"]);
  });

  it("has no faults of its own, and is not counted as a call of the test", async () => {
    const report = await explore(createMockServer(), rename, {
      actor,
      faults: ["second_actor", "lost_response"],
    });
    expect(report.calls).toEqual([1, 2, 3].map((nth) => `GetUserAccounts #${nth}`));
    expect(report.cases).toBe(5);
  });

  it("fails the run if it fails", async () => {
    const failing = () => Promise.reject(new Error("no such invite"));
    await expect(
      explore(createMockServer(), rename, { actor: failing, faults: ["second_actor"] }),
    ).rejects.toThrow(
      'explore(server, test, { actor, only: "second_actor after GetUserAccounts #1" })\n' +
        "Error: options.actor failed: Error: no such invite\n",
    );
  });
});

describe("calls through server.transport()", () => {
  it("get the faults that need no connection", async () => {
    const test = async (world: MockServer) => {
      const { token } = world.vydon.signIn({ email: "ada@example.com" });
      const rpc = createClient(UserAccountService, world.transport());
      const headers = { authorization: `Bearer ${token}` };
      const code = await rpc.getUser({}, { headers }).then(
        () => "ok",
        (reason: unknown) => Code[ConnectError.from(reason).code],
      );
      return code;
    };
    // A call without a deadline cannot be slower than it.
    expect(await outcomes(test, {})).toEqual([
      "ok",
      "Unavailable",
      "Unavailable",
      "Unavailable",
      "ResourceExhausted",
      "Unauthenticated",
    ]);
  });

  it("are late on the world's clock if they have a deadline", async () => {
    const test = async (world: MockServer) => {
      const { token } = world.vydon.signIn({ email: "ada@example.com" });
      const rpc = createClient(UserAccountService, world.transport());
      const options = { headers: { authorization: `Bearer ${token}` }, timeoutMs: 30_000 };
      const start = world.clock.now();
      const code = await rpc.getUser({}, options).then(
        () => "ok",
        (reason: unknown) => Code[ConnectError.from(reason).code],
      );
      return [code, world.clock.now() - start];
    };
    expect(await outcomes(test, { faults: ["slower_than_deadline"] })).toEqual([
      ["ok", 0],
      ["DeadlineExceeded", 30_000],
    ]);
  });
});
