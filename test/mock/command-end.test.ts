import { execFileSync } from "node:child_process";
import { createReadStream } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { until } from "../support/until.js";
import { started, tenantry } from "./child-command.js";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "tenantry-"));
});
afterEach(() => rm(folder, { recursive: true }));

/** Starts `tenantry mock`, and waits until it listens. */
async function start(...args: string[]) {
  const run = await tenantry("mock", "--port", "0", ...args);
  return { ...run, ...(await started(run)) };
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
  await until(() =>
    call(url, "GetUser", {}).then(
      () => false,
      () => true,
    ),
  );
  child.kill("SIGINT");
  let text = "";
  for await (const chunk of record) text += chunk;
  expect(await exit).toBe(0);
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
  await until(arrived);
  child.kill("SIGTERM");
  expect(await exit).toBe(0);
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
    expect(await exit).toBe(0);
  });
});
