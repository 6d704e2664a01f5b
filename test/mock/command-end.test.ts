import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { createReadStream } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { program } from "../support/program.js";

let cli: string;
beforeAll(async () => {
  cli = await program("src/mock/node/cli.ts");
});

let folder = "";
const running = new Set<ChildProcess>();
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "tenantry-"));
});
afterEach(async () => {
  for (const child of running) child.kill("SIGKILL");
  await rm(folder, { recursive: true });
});

/** Starts the command. Returns it with its URL, once it listens. */
async function start(
  ...args: string[]
): Promise<{ child: ChildProcess; url: string; exit: Promise<unknown[]> }> {
  const child = spawn(process.execPath, [cli, "mock", "--port", "0", ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  running.add(child);
  const exit = once(child, "exit");
  let out = "";
  for await (const chunk of child.stdout ?? []) {
    out += chunk;
    const [url] = /http:\S+/.exec(out) ?? [];
    if (url !== undefined && out.includes("To control it")) return { child, url, exit };
  }
  throw new Error(`the command ended: ${out}`);
}

function call(url: string, method: string, request: unknown, token = "ada") {
  return fetch(`${url}/mgmt.v1alpha1.UserAccountService/${method}`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    body: JSON.stringify(request),
  });
}

it("a second Ctrl+C while the command ends changes nothing: it writes its record and exits with 0", async () => {
  // A pipe that is not read yet: the command can't end before its record is written.
  const pipe = join(folder, "calls.jsonl");
  execFileSync("mkfifo", [pipe]);
  const record = createReadStream(pipe);
  const { child, url, exit } = await start("--quiet", "--record", pipe);
  const name = "x".repeat(400_000);
  expect((await call(url, "CreateTeamAccount", { name })).status).toBe(400);

  child.kill("SIGINT");
  while (await call(url, "GetUser", {}).then(Boolean, () => false));
  child.kill("SIGINT");
  let text = "";
  for await (const chunk of record) text += chunk;
  expect(await exit).toEqual([0, null]);
  expect(JSON.parse(text.split("\n")[0] ?? "")).toMatchObject({
    method: "CreateTeamAccount",
    request: { name },
  });
});

it("the command ends at once although a call waits for its latency", async () => {
  const { child, url, exit } = await start("--quiet", "--latency", "1h");
  const waiting = call(url, "GetUser", {}).then(
    ({ status }) => status,
    () => "no response",
  );
  const arrived = async () => {
    const response = await fetch(`${url}/tenantry.mock.v1.AdminService/ListCalls`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: "{}",
    });
    return (await response.text()).includes('"pending"');
  };
  while (!(await arrived()));
  child.kill("SIGTERM");
  expect(await exit).toEqual([0, null]);
  expect(await waiting).toBe("no response");
});

describe("a file with a byte order mark", () => {
  const seed = JSON.stringify({ vydon: { users: [{ email: "ada@example.com", token: "ada" }] } });
  const faults = JSON.stringify([{ method: "GetUserAccounts", code: "unavailable" }]);

  it.each<[string, BufferEncoding]>([
    ["UTF-8", "utf8"],
    ["UTF-16, as PowerShell writes it", "utf16le"],
  ])("works, in %s", async (_name, encoding) => {
    const files = { seed: join(folder, "seed.json"), faults: join(folder, "faults.json") };
    await writeFile(files.seed, `\uFEFF${seed}`, encoding);
    await writeFile(files.faults, `\uFEFF${faults}`, encoding);
    const { child, url, exit } = await start("--seed", files.seed, "--faults", files.faults);
    expect((await call(url, "GetUser", {})).status).toBe(200);
    expect((await call(url, "GetUserAccounts", {})).status).toBe(503);
    child.kill("SIGTERM");
    expect(await exit).toEqual([0, null]);
  });
});
