import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { VydonClient } from "tenantry";
import { createMockServer } from "tenantry/mock";
import { expect, it } from "vitest";
import {
  keepIn,
  main,
  type Rotation,
  type RotationOptions,
  rotateApiKeys,
} from "../../examples/rotate-api-keys.js";

const now = Date.UTC(2026, 0, 1);

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
  return { server, client, personal, keys };
}

async function rotated(client: VydonClient, options: RotationOptions): Promise<Rotation[]> {
  const rotations: Rotation[] = [];
  for await (const rotation of rotateApiKeys(client, { now, ...options })) rotations.push(rotation);
  return rotations;
}

it("main() regenerates the keys that expire within a week, and writes the new values to a file", async () => {
  const { client, keys } = await start();
  const folder = mkdtempSync(join(tmpdir(), "rotate-"));
  const file = join(folder, "keys.env");
  const lines: string[] = [];
  try {
    await main(client, (line) => lines.push(line), { keep: keepIn(file), now });
    expect(lines).toEqual([
      "rotated       personal / laptop, until 2026-04-01",
      "rotated       acme / nightly-sync, until 2026-04-01",
    ]);
    const [laptop = "", nightly = "", ...rest] = readFileSync(file, "utf8").split("\n");
    expect([laptop.split("=")[0], nightly.split("=")[0], rest]).toEqual(["laptop", "nightly-sync", [""]]);
    const value = laptop.split("=")[1];
    const robot = client.withOptions({ headers: { authorization: `Bearer ${value}` } });
    expect((await robot.users.current()).id).not.toBe((await client.users.current()).id);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  } finally {
    rmSync(folder, { recursive: true });
  }
  expect((await keys()).sort()).toEqual([
    "forgotten until 2025-12-31",
    "laptop until 2026-04-01",
    "nightly-sync until 2026-04-01",
    "reports until 2026-01-08",
  ]);

  await main(client, (line) => lines.push(line), { now });
  expect(lines.at(-1)).toBe("No key expires soon.");
});

it("rotateApiKeys() changes nothing without `keep`", async () => {
  const { client, keys } = await start();
  const before = await keys();
  const rotations = await rotated(client, {});
  expect(rotations.map(({ key, result }) => `${key.name} ${result}`)).toEqual([
    "laptop would rotate",
    "nightly-sync would rotate",
  ]);
  expect(await keys()).toEqual(before);
});

it("rotateApiKeys() continues after a key that cannot be regenerated, and after a value that cannot be saved", async () => {
  const { server, client, personal } = await start();
  const [laptop, nightly] = await rotated(client, {});
  await client.apiKeys.delete(laptop?.key.id ?? "");
  await client.apiKeys.create(personal, { name: "desktop", expiresAt: inDays(2) });
  const kept: string[] = [];
  const [desktop, second] = await rotated(client, {
    keep: async ({ name, keyValue }) => {
      if (name === "desktop") throw new Error("the disk is full");
      kept.push(keyValue);
    },
  });
  expect(desktop).toMatchObject({
    result: "lost",
    why: "Error: the disk is full. Regenerate it once more",
  });
  expect(second).toMatchObject({ result: "rotated", key: { id: nightly?.key.id, keyValue: kept[0] } });

  const message = "user does not have permission to edit account";
  server.faults.inject({ method: "RegenerateAccountApiKey", code: "permission_denied", message });
  await client.apiKeys.create(personal, { name: "tablet", expiresAt: inDays(2) });
  const [refused] = await rotated(client, { keep: async () => {} });
  expect(refused).toMatchObject({
    result: "not rotated",
    why: message,
  });
});
