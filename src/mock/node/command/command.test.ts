import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type RunningCommand, run, startCommand } from "../../../../test/support/run-command.js";

const getUser = "mgmt.v1alpha1.UserAccountService/GetUser";
const admin = "tenantry.mock.v1.AdminService";

interface Running extends RunningCommand {
  readonly token: string;
  call(path: string, body?: object, token?: string): Promise<{ status: number; json: unknown }>;
}

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tenantry-"));
});
afterAll(() => rm(folder, { recursive: true }));

const running = new Set<Running>();
afterEach(async () => {
  for (const each of running) await each.stop();
});

async function file(name: string, content: unknown): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
}

/** Starts `tenantry mock` on any free port, and waits until it listens. */
async function start(...argv: string[]): Promise<Running> {
  const started = await startCommand(...argv);
  const { url } = started;
  const [, token = ""] = /: a token of .*\n(\S+)\n/.exec(started.out()) ?? [];
  const command: Running = {
    ...started,
    token,
    async call(path, body = {}, bearer = token) {
      const headers = { "content-type": "application/json", authorization: `Bearer ${bearer}` };
      const response = await fetch(`${url}/${path}`, { method: "POST", headers, body: JSON.stringify(body) });
      const isJson = response.headers.get("content-type") === "application/json";
      return { status: response.status, json: isJson ? await response.json() : undefined };
    },
    stop() {
      running.delete(command);
      return started.stop();
    },
  };
  running.add(command);
  return command;
}

/** Runs a command that cannot start. Returns its error text. */
async function complaint(...argv: string[]): Promise<string> {
  const { code, err } = await run("mock", "--port", "0", ...argv);
  expect(code).toBe(1);
  return err;
}

describe("tenantry mock", () => {
  it("prints a token and a sample call for each API", async () => {
    const command = await start();
    for (const name of ["Vydon, cloud, RBAC on", "Ona", "Fetch Ads Manager"]) {
      expect(command.out()).toContain(`${name}: a token of ada@example.com\n`);
    }
    const calls = command.out().matchAll(/^curl http:\/\/[^/]+\/(\S+) .* 'authorization: Bearer (\S+)'$/gm);
    const statuses = await Promise.all(
      Array.from(calls, async ([, path = "", token]) => (await command.call(path, {}, token)).status),
    );
    expect(statuses).toEqual([200, 200, 200]);
    expect(await command.stop()).toBe(0);
  });

  it("writes a line for each call", async () => {
    const command = await start();
    const welcome = command.out();
    await command.call(getUser);
    await command.call("mgmt.v1alpha1.UserAccountService/CreateTeamAccount", { name: "No!" });
    await command.call("gitpod.v1.AccountService/GetAccount", {}, "nobody's");
    const time = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/.source;
    const lines = command.out().slice(welcome.length).split("\n");
    expect(lines).toEqual([
      expect.stringMatching(`^${time} vydon.GetUser ada@example.com ok \\d+ms$`),
      expect.stringMatching(`^${time} vydon.CreateTeamAccount - invalid_argument \\d+ms validation error: `),
      expect.stringMatching(`^${time} ona.GetAccount - unauthenticated \\d+ms token is not valid$`),
      "",
    ]);
  });

  it("writes no control characters of a caller", async () => {
    const command = await start();
    const { json } = await command.call(`${admin}/SignInVydon`, { email: "eve\u001b[2J\n@example.com" });
    await command.call(getUser, {}, String(Object(json).token));
    expect(command.out()).toMatch(/ vydon\.GetUser eve \[2J @example\.com ok \d+ms\n$/);
  });

  it("prints no calls with --quiet", async () => {
    const command = await start("--quiet");
    const welcome = command.out();
    await command.call(getUser);
    expect(command.out()).toBe(welcome);
  });

  it("serves only the APIs of --api", async () => {
    const command = await start("--api", "ona");
    expect(command.out()).not.toContain("Vydon");
    expect((await command.call("gitpod.v1.AccountService/GetAccount")).status).toBe(200);
    expect((await command.call(getUser)).status).toBe(404);
  });

  it("records every call, to the last one", async () => {
    const path = join(folder, "calls.jsonl");
    const command = await start("--record", path, "--quiet");
    await command.call(getUser);
    for (const name of ["acme", "bolts", "No!"]) {
      await command.call("mgmt.v1alpha1.UserAccountService/CreateTeamAccount", { name });
    }
    expect(await command.stop()).toBe(0);
    const lines = (await readFile(path, "utf8")).trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { api: "vydon", method: "GetUser", code: "ok", request: {}, response: { userId: expect.any(String) } },
      {
        method: "CreateTeamAccount",
        code: "ok",
        request: { name: "acme" },
        caller: { email: "ada@example.com" },
      },
      { code: "ok", request: { name: "bolts" } },
      { code: "invalid_argument", message: expect.stringContaining("name: does not match") },
    ]);
  });

  it("makes calls fail or late from the start, and after each reset", async () => {
    const faults = await file("faults.json", [{ method: "GetUser", code: "unavailable", times: 1 }]);
    const command = await start("--faults", faults, "--latency", "5");
    for (const round of ["first", "second"]) {
      expect([round, (await command.call(getUser)).status]).toEqual([round, 503]);
      expect([round, (await command.call(getUser)).status]).toEqual([round, 200]);
      expect((await command.call(`${admin}/ListFaults`)).json).toMatchObject({
        faults: [
          { fault: { latency: "0.005s" }, hits: 2 },
          { fault: { code: "unavailable" }, hits: 1 },
        ],
      });
      await command.call(`${admin}/Reset`);
    }
    // A call that a fault makes fail is late, too.
    const took = [...command.out().matchAll(/(unavailable|ok) (\d+)ms/g)];
    expect(took.map(([, code]) => code)).toEqual(["unavailable", "ok", "unavailable", "ok"]);
    for (const [, , ms] of took) expect(Number(ms)).toBeGreaterThanOrEqual(5);
  });

  it("applies its options to each world", async () => {
    const faults = await file("world-faults.json", [{ method: "GetUser", code: "unavailable", times: 1 }]);
    const path = join(folder, "worlds.jsonl");
    const command = await start("--faults", faults, "--latency", "5", "--record", path, "--request-ids");
    const post = (name: string) =>
      fetch(`${command.url}/worlds`, { method: "POST", body: JSON.stringify({ name }) });
    for (const world of ["a", "b"]) {
      expect((await post(world)).status).toBe(201);
      // The tokens of the welcome are from before the world, and valid in it.
      expect((await command.call(`w/${world}/${getUser}`)).status).toBe(503);
      expect((await command.call(`w/${world}/${getUser}`)).status).toBe(200);
      const { json } = await command.call(`w/${world}/${admin}/GetClock`);
      expect(json).toMatchObject({ clock: { running: true } });
    }
    await command.call(getUser);
    expect(command.out()).toMatch(/Z \/w\/b vydon\.GetUser ada@example\.com ok \d+ms\n.*Z vydon\.GetUser/);
    expect(await command.stop()).toBe(0);
    const lines = (await readFile(path, "utf8")).trimEnd().split("\n");
    const calls = lines.map((line) => JSON.parse(line));
    expect(calls.map(({ world, code }) => [world, code])).toEqual([
      ["a", "unavailable"],
      ["a", "ok"],
      ["b", "unavailable"],
      ["b", "ok"],
      [undefined, "unavailable"],
    ]);
    expect(new Set(calls.map(({ requestId }) => requestId)).size).toBe(5);
  });

  it("shows its tokens at GET /", async () => {
    const command = await start();
    const text = await (await fetch(command.url)).text();
    expect(text).toContain(`  vydon, ada@example.com: ${command.token}\n`);
  });

  it("lets its clock run on after a reset", async () => {
    const command = await start();
    await command.call(`${admin}/Reset`);
    const { json } = await command.call(`${admin}/GetClock`);
    expect(json).toMatchObject({ clock: { running: true } });
    const { now = "" } = Object(Object(json).clock);
    // It is the real time, not that of `createMockServer`.
    expect(Math.abs(Date.now() - Date.parse(now))).toBeLessThan(3_600_000);
  });

  it("keeps its first tokens over a reset", async () => {
    const command = await start();
    await command.call(`${admin}/Reset`);
    expect((await command.call(getUser)).status).toBe(200);
  });

  it("serves the admin service only if it is allowed", async () => {
    const command = await start("--no-admin");
    expect(command.out()).not.toContain(admin);
    expect((await command.call(`${admin}/Reset`)).status).toBe(404);
  });

  it("is controlled under the names of --allowed-hosts", async () => {
    const command = await start("--allowed-hosts", "mock");
    const statusAt = async (host: string) => {
      const headers = { host, "content-type": "application/json" };
      const sent = request(`${command.url}/${admin}/GetClock`, { method: "POST", headers }).end("{}");
      const [response] = await once(sent, "response");
      response.resume();
      return response.statusCode;
    };
    expect([await statusAt("mock"), await statusAt("other")]).toEqual([200, 403]);
  });

  it("accepts a POST without body and Content-Type with --lenient", async () => {
    const statusWith = async (...argv: string[]) => {
      const { url, token } = await start(...argv);
      const headers = { authorization: `Bearer ${token}` };
      return (await fetch(`${url}/${getUser}`, { method: "POST", headers })).status;
    };
    expect([await statusWith("--lenient"), await statusWith()]).toEqual([200, 415]);
  });

  it.each([
    ['[{ "method": "GetUser", "cod": "unavailable" }]', 'faults[0].cod is not known: did you mean "code"'],
    [
      '[{ "latencyMs": 1 }, { "method": "GetUsr", "latencyMs": 1 }]',
      'faults[1]: this server has no method "GetUsr"',
    ],
    ['{ "method": "GetUser" }', "faults is "],
    ['[{ "code": }]', "JSON"],
  ])("prints the mistake in the file of faults %s", async (content, message) => {
    const path = await file("wrong.json", content);
    const text = await complaint("--faults", path);
    expect(text).toContain(`cannot use the file of faults ${path}: `);
    expect(text).toContain(message);
  });

  it("fails if the file of --record is not empty, unless --force is set", async () => {
    const path = await file("mine.jsonl", "mine\n");
    expect(await run("mock", "--port", "0", "--record", path)).toEqual({
      code: 1,
      out: "",
      err: `tenantry: ${path} is not empty: name another file, or overwrite this one with --force\n`,
    });
    expect(await readFile(path, "utf8")).toBe("mine\n");
    expect((await run("mock", "--port", "0", "--record", path, "--force")).code).toBe(0);
    expect(await readFile(path, "utf8")).toBe("");
  });

  it("deletes an earlier record only if it can start", async () => {
    const path = await file("earlier.jsonl", "an earlier call\n");
    await chmod(path, 0o644);
    const other = await start();
    const { err } = await run("mock", "--port", new URL(other.url).port, "--record", path, "--force");
    expect(err).toContain("is in use");
    expect(await readFile(path, "utf8")).toBe("an earlier call\n");
    expect((await stat(path)).mode & 0o777).toBe(0o644);

    const command = await start("--record", path, "--force");
    await command.call(getUser);
    await command.stop();
    expect(await readFile(path, "utf8")).toMatch(/^{.*}\n$/);
  });

  it("lets only the user read a record, whether the file is new or not", async () => {
    const [fresh, empty] = [join(folder, "fresh.jsonl"), await file("empty.jsonl", "")];
    await chmod(empty, 0o644);
    for (const path of [fresh, empty]) {
      expect((await run("mock", "--port", "0", "--record", path)).code).toBe(0);
      expect((await stat(path)).mode & 0o777).toBe(0o600);
    }
  });

  it("prints an error if it cannot write a record", async () => {
    const path = join(folder, "no", "such", "folder", "calls.jsonl");
    expect(await complaint("--record", path)).toContain(`cannot write the record ${path}: `);
  });

  it("ends with 1 if the record cannot be written any more", async () => {
    const pipe = join(folder, "pipe");
    execFileSync("mkfifo", [pipe]);
    await chmod(pipe, 0o622);
    const reader = openSync(pipe, "r+");
    const command = await start("--record", pipe);
    expect((await stat(pipe)).mode & 0o777).toBe(0o622);
    closeSync(reader);
    // Several calls, because a process that starts at this moment holds a copy of the reader for an instant.
    for (let calls = 0; calls < 20; calls++) expect((await command.call(getUser)).status).toBe(200);
    expect(await command.stop()).toBe(1);
    expect(command.err()).toContain(`cannot write the record ${pipe}: `);
  });
});
