import { VydonClient } from "tenantry";
import { describe, expect, it } from "vitest";
import { failureOf } from "../../../test/support/promises.js";
import type { MockServer } from "../mock-server.js";
import { createMockServer } from "../server.js";
import { explore } from "./explore.js";
import { ExploreError } from "./report.js";

function clientOf(world: MockServer): VydonClient {
  return new VydonClient(world.vydon.signIn({ email: "ada@example.com" }).connect());
}

/** A test of three calls, with an app that sends an invite again if the outcome of the first is unknown. */
async function inviteTwice(world: MockServer) {
  const client = clientOf(world);
  const { accountId } = await client.accounts.createTeam({ name: "acme" });
  const invite = () => client.invites.create(accountId, { email: "grace@example.com", role: "job_viewer" });
  await invite().catch(invite);
  const sent = world.calls.of("InviteUserToTeamAccount").filter(({ response }) => response !== undefined);
  if (sent.length !== 1) throw new Error(`${sent.length} invites were sent`);
  await client.members.list(accountId).toArray();
}

async function failed(...args: Parameters<typeof explore>): Promise<ExploreError> {
  const error = await failureOf(explore(...args));
  if (error instanceof ExploreError) return error;
  throw new Error(`not an ExploreError: ${error}`);
}

const faults = ["unavailable_before_commit", "unavailable_after_commit", "lost_response"] as const;
const onInvite = "lost_response on InviteUserToTeamAccount #1";

describe("explore", () => {
  it("begins its error with a line of code that runs only the smallest failing case", async () => {
    const error = await failed(createMockServer(), inviteTwice, { faults });
    expect(error.message.split("\n")).toEqual([
      'explore(server, test, { only: "unavailable_before_commit on CreateTeamAccount #1" })',
      "UnavailableError: CreateTeamAccount: the server is unavailable (explored fault)",
      "",
      "5 of 9 cases failed. The others:",
      "  unavailable_after_commit on CreateTeamAccount #1: UnavailableError: CreateTeamAccount: the server is unavailable (explored fault)",
      "  lost_response on CreateTeamAccount #1: NetworkError: CreateTeamAccount: read ECONNRESET. No response: check the network and `baseUrl`.",
      "  unavailable_after_commit on InviteUserToTeamAccount #1: Error: 2 invites were sent",
      "  lost_response on InviteUserToTeamAccount #1: Error: 2 invites were sent",
    ]);
    expect(error.cause).toMatchObject({ name: "UnavailableError" });
    expect(error.report).toMatchObject({ cases: 9, runs: 9, passed: 4 });
    expect(error.report.failures.map(({ only }) => only).at(-1)).toBe(onInvite);
  });

  it("runs one case again if that line is pasted", async () => {
    const error = await failed(createMockServer(), inviteTwice, { only: onInvite });
    expect(error.message).toBe(
      `explore(server, test, { only: "${onInvite}" })\nError: 2 invites were sent\n\n1 of 1 cases failed.`,
    );
  });

  it("returns a report if all cases pass", async () => {
    const test = async (world: MockServer) => {
      const client = clientOf(world);
      await client.users.current();
      await client.users.current();
    };
    expect(await explore(createMockServer(), test, { faults })).toEqual({
      calls: ["vydon.GetUser #1", "vydon.GetUser #2"],
      cases: 6,
      runs: 6,
      passed: 6,
      failures: [],
    });
  });

  it("lists the first failures of many, and reports all", async () => {
    const test = async (world: MockServer) => {
      const client = new VydonClient({
        ...world.vydon.signIn({ email: "ada@example.com" }).connect(),
        retry: false,
      });
      for (let call = 0; call < 5; call++) await client.users.current();
    };
    const { message, report } = await failed(createMockServer(), test, { faults });
    expect(message.split("\n")).toHaveLength(4 + 10 + 1);
    expect(message).toContain("  and 4 more: see error.report.failures");
    expect(report.failures).toHaveLength(15);
  });

  it("runs the test in a new world each time, and does not change the server", async () => {
    const server = createMockServer();
    server.seed({ vydon: { accounts: [{ name: "acme", members: [{ email: "ada@example.com" }] }] } });
    const before = JSON.stringify(server.snapshot());
    const names: string[] = [];
    await explore(server, async (world) => {
      const accounts = await clientOf(world)
        .accounts.list()
        .toArray()
        .catch(() => []);
      names.push(accounts.map(({ name }) => name).join());
      await clientOf(world)
        .accounts.createTeam({ name: "more" })
        .catch(() => {});
      server.faults.inject({ code: "unavailable" });
    });
    expect(new Set(names)).toEqual(new Set(["acme", ""]));
    expect(JSON.stringify(server.snapshot())).toBe(before);
    expect(server.calls.count).toBe(0);
  });

  it("returns the same report for the same server, test and options", async () => {
    const [one, other] = await Promise.all([
      failed(createMockServer(), inviteTwice),
      failed(createMockServer(), inviteTwice),
    ]);
    expect(one.message).toBe(other.message);
    expect(one.report.failures.map(({ only }) => only)).toEqual(
      other.report.failures.map(({ only }) => only),
    );
  });

  it("makes at most `runs` runs, which a random seed chooses", async () => {
    const chosen = async (randomSeed: number) => {
      const { message, report } = await failed(createMockServer(), inviteTwice, { runs: 8, randomSeed });
      expect(report).toMatchObject({ cases: 21, runs: 8 });
      expect(message).toMatch(/^\d of 8 cases, chosen from 21, failed/m);
      return report.failures.map(({ only }) => only);
    };
    expect(await chosen(1)).toEqual(await chosen(1));
    expect(await chosen(1)).not.toEqual(await chosen(2));
    const all = await failed(createMockServer(), inviteTwice);
    const order = all.report.failures.map(({ only }) => only);
    const places = (await chosen(3)).map((only) => order.indexOf(only));
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  it("names the API of a method that two APIs have", async () => {
    const test = (world: MockServer) =>
      world.fetch("https://ona.mock/gitpod.v1.AccountService/GetAccount", {
        method: "POST",
        headers: {
          "content-type": "application/json",
          authorization: `Bearer ${world.ona.signIn({ email: "ada@example.com" }).token}`,
        },
        body: "{}",
      });
    const { calls } = await explore(createMockServer(), test, { faults: ["unavailable_before_commit"] });
    expect(calls).toEqual(["ona.GetAccount #1"]);
    const only = "rate_limited on ona.GetAccount #1";
    expect(await explore(createMockServer(), test, { only })).toMatchObject({ passed: 1 });
  });

  it("explores calls that are under way at the same time", async () => {
    const test = async (world: MockServer) => {
      const client = clientOf(world);
      await Promise.all([client.users.current(), client.accounts.list().toArray(), client.users.current()]);
    };
    expect(await explore(createMockServer(), test, { faults })).toMatchObject({ cases: 9, passed: 9 });
  });
});

describe("a test that cannot be explored", () => {
  it("fails without a fault", async () => {
    const test = async (world: MockServer) => {
      await clientOf(world).users.current();
      throw new Error("expected 2, got 1");
    };
    const error = await failureOf(explore(createMockServer(), test));
    expect(error).not.toBeInstanceOf(ExploreError);
    expect(error).toMatchObject({
      message: "the test fails without a fault: make it pass first. Error: expected 2, got 1",
      cause: { message: "expected 2, got 1" },
    });
  });

  it("makes no call of its world, or none that the faults can hit", async () => {
    const server = createMockServer();
    await expect(explore(server, () => clientOf(server).users.current())).rejects.toThrow(
      "the test made no call: create its clients from the world that is passed to it",
    );
    const test = (world: MockServer) => clientOf(world).users.current();
    await expect(explore(server, test, { faults: ["second_actor"], actor: () => {} })).rejects.toThrow(
      "these faults cannot hit any call of the test: second_actor",
    );
  });

  it("depends on something other than its world", async () => {
    let runs = 0;
    const test = async (world: MockServer) => {
      if (++runs === 1) await clientOf(world).users.current();
    };
    const error = await failed(createMockServer(), test, { faults: ["lost_response"] });
    expect(error.cause).toMatchObject({
      message:
        "the run made no vydon.GetUser #1, but the run without faults did: the test depends on something other than its world",
    });
  });

  it("throws something that is not an error", async () => {
    let runs = 0;
    const test = async (world: MockServer) => {
      await clientOf(world).users.current();
      if (++runs > 1) throw "late";
    };
    const { message, cause } = await failed(createMockServer(), test, {
      only: "lost_response on vydon.GetUser #1",
    });
    expect(message).toContain("\nthrown: late\n");
    expect(cause).toBe("late");
  });
});
