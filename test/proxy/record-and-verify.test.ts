import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { FamClient, OnaClient, VydonClient } from "tenantry";
import { createMockServer, type MockServer } from "tenantry/mock";
import { type Listener, listen } from "tenantry/mock/node";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { run, startCommand } from "../support/run-command.js";
import { openFolder } from "./real-server.js";

const files = openFolder();

// A second mock is the real server.
let real: MockServer;
let listener: Listener;
let file = "";
beforeEach(async () => {
  real = createMockServer({ now: new Date(), randomSeed: 99 });
  real.clock.run();
  listener = await listen(real);
  file = files.next();
});
afterEach(() => listener.close());

/** Records the calls that `act` makes through the proxy. */
async function record(act: (baseUrl: string) => Promise<unknown>): Promise<void> {
  const proxy = await startCommand("--proxy", listener.url, "--record", file, "--quiet");
  await act(proxy.url);
  expect(await proxy.stop()).toBe(0);
}

const vydon = (baseUrl: string, auth: string) => new VydonClient({ baseUrl, auth, retry: false });

/** Creates a team and its members, as an app does. */
async function createTeam(baseUrl: string): Promise<void> {
  const as = (email: string) =>
    vydon(baseUrl, real.vydon.signIn({ email, name: "Ada Lovelace", registered: false }).token);
  const [ada, grace] = [as("ada@acme.test"), as("grace@acme.test")];
  await ada.users.register();
  const { accountId } = await ada.accounts.createTeam({ name: "acme" });
  const invite = await ada.invites.create(accountId, { email: "grace@acme.test", role: "job_viewer" });
  await grace.users.register();
  await grace.invites.accept(invite.token);
  await ada.members
    .list(accountId)
    .toArray()
    .catch(() => {});
  const key = await ada.apiKeys.create(accountId, {
    name: "nightly",
    expiresAt: new Date(Date.now() + 3_600_000),
  });
  await vydon(baseUrl, key.keyValue).members.list(accountId).toArray();
  await ada.members.remove(accountId, "00000000-0000-4000-8000-000000000000").catch(() => {});
  await ada.invites.create(accountId, { email: "not an email" }).catch(() => {});
  await grace.invites.create(accountId, { email: "barbara@acme.test" }).catch(() => {});
  await vydon(baseUrl, "wrong")
    .users.current()
    .catch(() => {});
}

/** Runs `tenantry verify`. Returns its exit code and the lines that it prints. */
async function verify(...options: string[]): Promise<{ code: number; lines: string[] }> {
  const { code, out, err } = await run("verify", file, ...options);
  expect(err).toBe("");
  return { code, lines: out.trimEnd().split("\n") };
}

describe("a recording of a server that behaves like the mock", () => {
  it("has no differences for Vydon", async () => {
    await record(createTeam);
    expect(await verify()).toEqual({ code: 0, lines: ["12 calls: 12 the same, 0 differ."] });
  });

  it("contains no tokens, emails or names, and only its owner can read it", async () => {
    await record(createTeam);
    const text = await readFile(file, "utf8");
    for (const secret of ["ada", "grace", "acme", "Lovelace", "nightly", "neo_at_v1_", "eyJ", "@acme"]) {
      expect(text.replaceAll("Bearer", "")).not.toContain(secret);
    }
    expect(((await stat(file)).mode & 0o777).toString(8)).toBe("600");
    const [first = "", call = ""] = text.split("\n");
    expect(JSON.parse(first)).toEqual({
      step: 0,
      recorder: "tenantry mock --proxy",
      time: expect.any(String),
    });
    expect(JSON.parse(call)).toEqual({
      step: 1,
      time: expect.any(String),
      as: "<secret:1>",
      email: "<email:1@1>",
      service: "mgmt.v1alpha1.UserAccountService",
      method: "SetUser",
      request: {},
      httpStatus: 200,
      code: null,
      message: null,
      details: null,
      response: { userId: "<uuid:1>" },
    });
  });

  it("has no differences for people who were not registered when it began", async () => {
    await record(async (baseUrl) => {
      const as = (email: string) => vydon(baseUrl, real.vydon.signIn({ email, registered: false }).token);
      const [ada, grace, joan] = [as("ada@acme.test"), as("grace@acme.test"), as("joan@acme.test")];
      await ada.auth.check();
      real.faults.inject({ method: "GetUser", wire: "html_502", times: 1 });
      await ada.users.current().catch(() => {});
      await ada.users.current().catch(() => {});
      await ada.users.register();
      await ada.users.current();
      // Grace and Joan never register.
      await grace.auth.status();
      await grace.users.current().catch(() => {});
      await grace.accounts.ensurePersonal().catch(() => {});
      await joan.system.info();
      await joan.permissions.checkAll("00000000-0000-4000-8000-000000000000", []);
      await joan.accounts.ensurePersonal().catch(() => {});
    });
    expect(await verify()).toEqual({
      code: 0,
      lines: [
        "line 3, mgmt.v1alpha1.UserAccountService/GetUser: cannot be compared: the recording does not contain the response",
        "11 calls: 10 the same, 0 differ; 1 cannot be compared.",
      ],
    });
  });

  it("has no differences for the licence of a self-hosted Vydon, whose end has nanoseconds", async () => {
    const server = createMockServer({ now: new Date(), vydon: { cloud: false } });
    server.clock.run();
    await using selfHosted = await listen(server);
    const proxy = await startCommand("--proxy", selfHosted.url, "--record", file, "--quiet");
    await vydon(proxy.url, server.vydon.signIn({ email: "ada@acme.test" }).token).system.info();
    expect(await proxy.stop()).toBe(0);
    expect(await readFile(file, "utf8")).toMatch(/"expiresAt":"<now\+\d+h>"/);
    expect(await verify("--no-cloud")).toEqual({ code: 0, lines: ["1 call: 1 the same, 0 differ."] });
  });

  it("has no differences for Ona", async () => {
    await record(async (baseUrl) => {
      const as = (email: string) =>
        new OnaClient({ baseUrl, auth: real.ona.signIn({ email }).token, retry: false });
      const ada = as("ada@acme.test");
      const organization = await ada.organizations.create({ name: "Acme Inc.", join: true });
      await ada.organizations.get(organization.id).catch(() => {});
      await ada.accounts.get();
      await as("hedy@acme.test").accounts.get();
    });
    const { code, lines } = await verify();
    expect(lines).toEqual([expect.stringMatching(/^\d+ calls: \d+ the same, 0 differ\.$/)]);
    expect(code).toBe(0);
  });

  it("has no differences for Fetch Ads Manager", async () => {
    await record(async (baseUrl) => {
      const ada = new FamClient({
        baseUrl,
        auth: real.fam.signIn({ email: "ada@acme.test" }).token,
        retry: false,
      });
      const { id } = await ada.accounts.create({ name: "Acme", type: "ad_account" });
      await ada.invites.create(id, { email: "grace@acme.test", relations: ["member"] });
      await ada.invites.list(id).toArray();
    });
    expect(await verify()).toEqual({ code: 0, lines: ["3 calls: 3 the same, 0 differ."] });
  });

  it("has no differences if its last line is incomplete, which is left out", async () => {
    await record(createTeam);
    await writeFile(file, (await readFile(file, "utf8")).slice(0, -20));
    expect(await verify()).toEqual({
      code: 0,
      lines: ["The last line is cut off, and was left out.", "11 calls: 11 the same, 0 differ."],
    });
  });
});

describe("a placeholder in a recording", () => {
  it("keeps what a rule of the schema depends on", async () => {
    await record(async (baseUrl) => {
      const ada = vydon(baseUrl, real.vydon.signIn({ email: "ada@acme.test" }).token);
      for (const name of ["No!", "a", "ok-team", "x".repeat(101), "team_of_9", "with blanks", ""]) {
        await ada.accounts.createTeam({ name }).catch(() => {});
      }
      await ada.members
        .list("not-an-id")
        .toArray()
        .catch(() => {});
      const { accountId } = await ada.accounts.createTeam({ name: "number-one" });
      await ada.accounts.createTeam({ name: "number-one" }).catch(() => {});
      await ada.billing
        .recordMeterEvent(accountId, { eventName: "records", value: "12", eventId: "e-1" })
        .catch(() => {});
    });
    const { code, lines } = await verify();
    expect(lines).toEqual([expect.stringMatching(/^\d+ calls: \d+ the same, 0 differ\.$/)]);
    expect(code).toBe(0);
    const text = await readFile(file, "utf8");
    expect(text).toContain('"code":"invalid_argument"');
    expect(text).toContain('{"name":"<name:2 like a>"}');
  });

  it("of a time is replayed with the time between the calls", async () => {
    real.clock.freeze();
    const { token } = real.vydon.signIn({ email: "ada@acme.test" });
    await record(async (baseUrl) => {
      const { accountId } = await vydon(baseUrl, token).accounts.createTeam({ name: "acme" });
      await vydon(baseUrl, token).billing.validity(accountId);
    });
    const [head, first = "", second = ""] = (await readFile(file, "utf8")).split("\n");
    const later = JSON.parse(second);
    later.time = new Date(Date.parse(later.time) + 20 * 24 * 3_600_000).toISOString();
    await writeFile(file, `${[head, first, JSON.stringify(later)].join("\n")}\n`);
    // Twenty days later the trial is over.
    const { lines } = await verify();
    expect(lines[0]).toMatch(/^line 3, .*IsAccountStatusValid: response\.\w+: the recording has /);
  });
});

describe("a recording of a server that behaves differently", () => {
  it("has exactly these differences", async () => {
    real.faults.inject({
      method: "GetTeamAccountMembers",
      code: "unavailable",
      message: "try again",
      times: 1,
    });
    await record(createTeam);
    expect(await verify()).toEqual({
      code: 1,
      lines: [
        'line 7, mgmt.v1alpha1.UserAccountService/GetTeamAccountMembers: code: the recording has "unavailable: try again", the mock has "ok"',
        "12 calls: 11 the same, 1 differs.",
      ],
    });
  });

  it("is compared with a mock with the command's options", async () => {
    await record(createTeam);
    const faults = join(files.folder, "faults.json");
    await writeFile(
      faults,
      JSON.stringify([{ method: "InviteUserToTeamAccount", code: "internal", times: 1 }]),
    );
    const { code, lines } = await verify("--faults", faults);
    expect(code).toBe(1);
    expect(lines[0]).toMatch(
      /^line 4, .*InviteUserToTeamAccount: code: the recording has "ok", the mock has "internal: /,
    );
    // Without the invite there is no token to accept.
    expect(lines).toContain(
      "line 6, mgmt.v1alpha1.UserAccountService/AcceptTeamAccountInvite: differs because line 4 differs",
    );
    const norbac = await verify("--no-rbac");
    expect(norbac.code).toBe(1);
    expect(norbac.lines).toContainEqual(
      expect.stringMatching(
        /^line 12, .*InviteUserToTeamAccount: code: the recording has "permission_denied: .*", the mock has "ok"$/,
      ),
    );
  });

  it.each([
    ["reset", 'code: the recording has "ok", the mock has "no response: '],
    ["lost_response", 'code: the recording has "ok", the mock has "no response: '],
    ["cut_body", 'code: the recording has "ok", the mock has "no response: '],
    ["cut_json", 'response: the recording has {"users":['],
    ["html_502", "httpStatus: the recording has 200, the mock has 502"],
    ["wrong_content_type", 'response: the recording has {"users":['],
  ])("differs in the line that a fault of the mock breaks with %s", async (wire, difference) => {
    await record(createTeam);
    const faults = join(files.folder, `${wire}.json`);
    await writeFile(faults, JSON.stringify([{ method: "GetTeamAccountMembers", wire, times: 1 }]));
    const { code, lines } = await verify("--faults", faults);
    expect(code).toBe(1);
    expect(lines[0]).toContain(
      `line 7, mgmt.v1alpha1.UserAccountService/GetTeamAccountMembers: ${difference}`,
    );
    expect(lines.at(-1)).toBe("12 calls: 11 the same, 1 differs.");
  });

  it("differs if the mock refuses a read to a caller whose token is from the recording", async () => {
    const { token } = real.vydon.signIn({ email: "ada@acme.test" });
    await record(async (baseUrl) => {
      const ada = vydon(baseUrl, token);
      const { accountId } = await ada.accounts.createTeam({ name: "acme" });
      const expiresAt = new Date(Date.now() + 3_600_000);
      const { keyValue } = await ada.apiKeys.create(accountId, { name: "nightly", expiresAt });
      await vydon(baseUrl, keyValue).users.current();
    });
    const faults = join(files.folder, "refusal.json");
    await writeFile(faults, JSON.stringify([{ method: "GetUser", code: "permission_denied" }]));
    const { lines } = await verify("--faults", faults);
    expect(lines[0]).toMatch(/^line 4, .*GetUser: code: the recording has "ok"/);
  });

  it("names the status of a gateway's page that replaces an error", async () => {
    const { token } = real.vydon.signIn({ email: "ada@acme.test" });
    await record((baseUrl) =>
      vydon(baseUrl, token)
        .accounts.createTeam({ name: "No!" })
        .catch(() => {}),
    );
    const faults = join(files.folder, "page.json");
    await writeFile(faults, JSON.stringify([{ method: "CreateTeamAccount", wire: "html_502" }]));
    const { lines } = await verify("--faults", faults);
    expect(lines[0]).toMatch(/"invalid_argument: .*", the mock has "no response of the API, status 502"$/);
  });

  it("has differences that name the field and both values", async () => {
    await record(createTeam);
    const text = await readFile(file, "utf8");
    await writeFile(
      file,
      text.replace('"role":"ACCOUNT_ROLE_JOB_VIEWER"}]', '"role":"ACCOUNT_ROLE_ADMIN"}]'),
    );
    const { lines } = await verify();
    expect(lines).toEqual([
      'line 7, mgmt.v1alpha1.UserAccountService/GetTeamAccountMembers: response.users[1].role: the recording has "ACCOUNT_ROLE_ADMIN", the mock has "ACCOUNT_ROLE_JOB_VIEWER"',
      "12 calls: 11 the same, 1 differs.",
    ]);
  });
});

describe("data from before the recording", () => {
  it("is reported as unknown to the mock, and is not a difference", async () => {
    const { token } = real.vydon.signIn({ email: "ada@acme.test" });
    const before = vydon(listener.url, token);
    const { accountId } = await before.accounts.createTeam({ name: "older" });
    await record(async (baseUrl) => {
      const ada = vydon(baseUrl, token);
      await ada.accounts.list().toArray();
      await ada.members.list(accountId).toArray();
      await ada.users.current();
    });
    const { code, lines } = await verify();
    expect(lines).toEqual([
      "line 2, mgmt.v1alpha1.UserAccountService/GetUserAccounts: cannot be compared: response.accounts[0] is from before the recording began",
      "line 3, mgmt.v1alpha1.UserAccountService/GetTeamAccountMembers: cannot be compared: <uuid:1> of the request is from before the recording began, or does not come from a recorded call",
      "3 calls: 1 the same, 0 differ; 2 cannot be compared.",
    ]);
    expect(code).toBe(0);
  });
});
