import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { VydonClient } from "tenantry";
import { createMockServer } from "tenantry/mock";
import { afterEach, beforeEach, expect, it } from "vitest";
import {
  keepIn,
  main,
  type Rotation,
  type RotationOptions,
  rotateApiKeys,
} from "../../examples/rotate-api-keys.js";

const now = Date.UTC(2026, 0, 1);

let folder = "";
let file = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "rotate-"));
  file = join(folder, "keys.env");
});
afterEach(() => rmSync(folder, { recursive: true }));

function inDays(days: number): Date {
  return new Date(now + days * 86_400_000);
}

/** Creates Ada's client, and her keys in two accounts. Two of them expire within a week. */
async function start() {
  const server = createMockServer({ now: inDays(-2) });
  const client = new VydonClient(server.vydon.signIn({ email: "ada@example.com" }).connect());
  const personal = (await client.accounts.ensurePersonal()).accountId;
  const acme = (await client.accounts.createTeam({ name: "acme" })).accountId;
  await client.apiKeys.create(personal, { name: "laptop", expiresAt: inDays(6) });
  await client.apiKeys.create(acme, { name: "nightly-sync", expiresAt: inDays(1) });
  await client.apiKeys.create(acme, { name: "reports", expiresAt: inDays(7) });
  await client.apiKeys.create(acme, { name: "forgotten", expiresAt: inDays(-1) });
  server.clock.set(new Date(now));
  /** Returns every key, as `name until date`. */
  const keys = async () => {
    const all = [...(await client.apiKeys.list(personal)).items, ...(await client.apiKeys.list(acme)).items];
    return all.map(({ name, expiresAt }) => `${name} until ${expiresAt.toISOString().slice(0, 10)}`);
  };
  return { server, client, acme, keys };
}

async function rotated(client: VydonClient, options: RotationOptions): Promise<Rotation[]> {
  const rotations: Rotation[] = [];
  for await (const rotation of rotateApiKeys(client, { now, ...options })) rotations.push(rotation);
  return rotations;
}

/** Each result, as `name result`. */
function resultsOf(rotations: Rotation[]): string[] {
  return rotations.map(({ account, key, result }) => `${key?.name ?? account} ${result}`);
}

it("main() regenerates the keys that expire within a week, and writes the new values to a file", async () => {
  const { client, keys } = await start();
  const lines: string[] = [];
  expect(await main(client, (line) => lines.push(line), { keep: await keepIn(file), now })).toBe(true);
  expect(lines).toEqual([
    "rotated       personal / laptop, until 2026-04-01",
    "rotated       acme / nightly-sync, until 2026-04-01",
  ]);
  const text = readFileSync(file, "utf8");
  const [, value = ""] =
    /^\n# personal \/ laptop\nKEY_\w+=(\S+)\n\n# acme \/ nightly-sync\nKEY_\w+=\S+\n$/.exec(text) ?? [];
  const robot = client.withOptions({ headers: { authorization: `Bearer ${value}` } });
  expect((await robot.users.current()).id).not.toBe((await client.users.current()).id);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect((await keys()).sort()).toEqual([
    "forgotten until 2025-12-31",
    "laptop until 2026-04-01",
    "nightly-sync until 2026-04-01",
    "reports until 2026-01-08",
  ]);

  await main(client, (line) => lines.push(line), { now });
  expect(lines.at(-1)).toBe("No key expires soon.");
});

it("keepIn() adds keys with the same name to a file that others could read, and that has no newline at its end", async () => {
  const { client, acme } = await start();
  await client.apiKeys.create(acme, { name: "laptop", expiresAt: inDays(2) });
  writeFileSync(file, "A=1", { mode: 0o644 });
  const laptops = (await rotated(client, { keep: await keepIn(file) })).filter(
    ({ key }) => key?.name === "laptop",
  );
  const [first, ...variables] = readFileSync(file, "utf8").match(/^\w+(?==)/gm) ?? [];
  expect(first).toBe("A");
  expect(variables).toHaveLength(3);
  expect(variables).toEqual(
    expect.arrayContaining(laptops.map(({ key }) => `KEY_${key?.id.replaceAll("-", "_")}`)),
  );
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

it("keepIn() rejects if the file cannot be written, before a key is changed", async () => {
  await expect(keepIn(join(folder, "no", "such", "folder.env"))).rejects.toThrow("ENOENT");
});

it("rotateApiKeys() changes nothing without `keep`", async () => {
  const { client, keys } = await start();
  const before = await keys();
  const rotations = await rotated(client, {});
  expect(resultsOf(rotations)).toEqual(["laptop would rotate", "nightly-sync would rotate"]);
  expect(await keys()).toEqual(before);
});

it("rotateApiKeys() continues after a key that the server refuses to change", async () => {
  const { server, client } = await start();
  const message = "user does not have permission to edit account";
  server.faults.inject({ method: "RegenerateAccountApiKey", code: "permission_denied", message, times: 1 });
  const rotations = await rotated(client, { keep: async () => {} });
  expect(resultsOf(rotations)).toEqual(["laptop not rotated", "nightly-sync rotated"]);
  expect(rotations[0]?.why).toBe(message);
});

it("rotateApiKeys() continues after an account whose keys cannot be read", async () => {
  const { server, client } = await start();
  server.faults.inject({ method: "GetAccountApiKeys", code: "permission_denied", times: 1 });
  const lines: string[] = [];
  expect(await main(client, (line) => lines.push(line), { keep: async () => {}, now })).toBe(false);
  expect(lines).toEqual([
    expect.stringMatching(/^not rotated {3}personal \/ all keys: ./),
    "rotated       acme / nightly-sync, until 2026-04-01",
  ]);
});

it("rotateApiKeys() stops after a value that cannot be stored", async () => {
  const { client, keys } = await start();
  const full = async () => {
    throw new Error("the disk is full");
  };
  const lines: string[] = [];
  expect(await main(client, (line) => lines.push(line), { keep: full, now })).toBe(false);
  expect(lines).toEqual([
    "lost          personal / laptop, until 2026-04-01: its new value is not stored. Regenerate it once more. (Error: the disk is full)",
  ]);
  expect(await keys()).toContain("nightly-sync until 2026-01-02");
});

it.each(["lost_response", "cut_body"] as const)(
  "rotateApiKeys() reports a key as lost if the server has changed it, but the response fails with %s",
  async (wire) => {
    const { server, client, keys } = await start();
    server.faults.inject({ method: "RegenerateAccountApiKey", wire });
    const rotations = await rotated(client, { keep: async () => {} });
    expect(resultsOf(rotations)).toEqual(["laptop lost"]);
    expect(rotations[0]?.why).toMatch(/^it may have a new value\. Regenerate it once more\. \(/);
    expect(await keys()).toContain("laptop until 2026-04-01");
  },
);
