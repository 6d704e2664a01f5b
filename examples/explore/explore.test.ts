import { FamClient, VydonClient } from "tenantry";
import { createMockServer, ExploreError, explore, type MockServer } from "tenantry/mock";
import { describe, expect, it } from "vitest";
import { type AccountPage, open, openOrSpin } from "./account-page.js";
import { inviteAgain, inviteOnce } from "./invite.js";
import { listAll, listSome } from "./member-list.js";
import { pick, pickForever, pickOrGoBack, type RolePicker } from "./role-picker.js";

const server = createMockServer({ fam: { perPage: 2 } });
const emails = ["ada", "grace", "barbara", "frances", "jean"].map((name) => `${name}@example.com`);
server.seed({
  vydon: {
    accounts: [
      {
        name: "acme",
        members: [{ email: "ada@example.com" }, { email: "grace@example.com", role: "job_viewer" }],
      },
    ],
  },
  fam: { accounts: [{ name: "Acme", members: emails.map((email) => ({ email })) }] },
});

const clientFor = (world: MockServer, options: { retry?: false } = {}) =>
  new VydonClient({ ...world.vydon.signIn({ email: "ada@example.com" }).connect(), ...options });

/** An app may fail if it shows an error. */
const orFail = () => {};

/** The result of an exploration: the failing cases, and the error of the smallest. */
async function bugs(test: (world: MockServer) => Promise<void>): Promise<[string[], string]> {
  const error: unknown = await explore(server, test).catch((reason: unknown) => reason);
  if (!(error instanceof ExploreError)) throw new Error("no case failed", { cause: error });
  return [error.report.failures.map(({ only }) => only), error.message.split("\n")[1] ?? ""];
}

describe("an invite", () => {
  const test = (invite: typeof inviteOnce) => async (world: MockServer) => {
    await invite(clientFor(world), world.vydon.account("acme").id, "barbara@example.com").catch(orFail);
    const calls = world.calls.of("InviteUserToTeamAccount");
    const sent = calls.filter(({ response }) => response !== undefined).length;
    if (sent > 1) throw new Error(`${sent} invites were sent`);
  };

  it("is sent twice if its first response is lost", async () => {
    expect(await bugs(test(inviteAgain))).toEqual([
      [
        "unavailable_after_commit on InviteUserToTeamAccount #1",
        "lost_response on InviteUserToTeamAccount #1",
        "cut_body on InviteUserToTeamAccount #1",
      ],
      "Error: 2 invites were sent",
    ]);
  });

  it("is sent once by an app that checks the list before it sends it again", async () => {
    expect(await explore(server, test(inviteOnce))).toMatchObject({ runs: 7, passed: 7 });
  });
});

describe("a spinner", () => {
  const test = (load: typeof open) => async (world: MockServer) => {
    const page: AccountPage = { isLoading: false, names: [], error: undefined };
    load(page, clientFor(world)).catch(orFail);
    while (page.isLoading) await world.clock.sleep(1_000);
  };

  it("never ends if the call fails", async () => {
    expect(await bugs(test(openOrSpin))).toEqual([
      ["expired_token on GetUserAccounts #1", "slower_than_deadline on GetUserAccounts #1"],
      "Error: the test did not end: it waited longer than timeoutMs, 3600000 ms of the world's clock. Its last call was GetUserAccounts #1.",
    ]);
  });

  it("ends on a page that shows the error", async () => {
    expect(await explore(server, test(open))).toMatchObject({ runs: 7, passed: 7 });
  });
});

describe("a list", () => {
  const test = (list: typeof listAll) => async (world: MockServer) => {
    const newSession = () => world.fam.signIn({ email: "ada@example.com" });
    let session = newSession();
    const client = new FamClient({ ...session.connect(), auth: () => session.token });
    const signIn = () => {
      session = newSession();
    };
    const shown = await list(client, world.fam.account("Acme").id, signIn).catch(orFail);
    if (shown && shown.length < emails.length)
      throw new Error(`${shown.length} of ${emails.length} are shown`);
  };

  it("is incomplete after a token has expired", async () => {
    expect(await bugs(test(listSome))).toEqual([
      [1, 2, 3].map((page) => `expired_token on ListAccountMembers #${page}`),
      "Error: 0 of 5 are shown",
    ]);
  });

  it("is complete if the app starts again", async () => {
    expect(await explore(server, test(listAll))).toMatchObject({ runs: 21, passed: 21 });
  });
});

describe("an optimistic update", () => {
  const test = (change: typeof pick) => async (world: MockServer) => {
    const { id: accountId } = world.vydon.account("acme");
    const { userId } = world.vydon.signIn({ email: "grace@example.com" });
    const picker: RolePicker = { accountId, userId, role: "job_viewer" };
    // With retries, the client would recover from a single fault.
    const client = clientFor(world, { retry: false });
    await change(picker, client, "job_developer").catch(orFail);

    // A fork has no faults, and its calls are not explored.
    const members = await clientFor(world.fork()).members.list(accountId).toArray();
    const stored = members.find((member) => member.userId === userId)?.role;
    if (picker.role !== undefined && picker.role !== stored)
      throw new Error(`${picker.role} is shown, and the server has ${stored}`);
  };

  it("is never rolled back", async () => {
    expect(await bugs(test(pickForever))).toEqual([
      [
        "unavailable_before_commit on SetUserRole #1",
        "rate_limited on SetUserRole #1",
        "expired_token on SetUserRole #1",
        "slower_than_deadline on SetUserRole #1",
      ],
      "Error: job_developer is shown, and the server has job_viewer",
    ]);
  });

  it("is rolled back although the server has changed it", async () => {
    expect(await bugs(test(pickOrGoBack))).toEqual([
      [
        "unavailable_after_commit on SetUserRole #1",
        "lost_response on SetUserRole #1",
        "cut_body on SetUserRole #1",
      ],
      "Error: job_viewer is shown, and the server has job_developer",
    ]);
  });

  it("is right if the app reads it from the server", async () => {
    expect(await explore(server, test(pick))).toMatchObject({ runs: 7, passed: 7 });
  });
});
