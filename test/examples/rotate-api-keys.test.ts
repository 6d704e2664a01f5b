import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { VydonClient } from "tenantry";
import { expect, it } from "vitest";
import { main, type Rotation, type RotationOptions, rotateApiKeys } from "../../examples/rotate-api-keys.js";
import { Clock } from "../support/scripted.js";
import { signInServer } from "../support/sign-in-server.js";

const now = Date.UTC(2026, 0, 1);

function inDays(days: number): Date {
  return new Date(now + days * 86_400_000);
}

/** Ada's client, and keys of hers in two accounts, of which two expire within a week. */
async function start() {
  const clock = new Clock(now);
  const server = signInServer({ clock });
  const { accessToken } = server.signIn();
  const address = { baseUrl: "https://vydon.example.com", clock, fetch: server.fetch };
  const client = new VydonClient({ ...address, auth: accessToken });
  await client.apiKeys.create("acc-1", { name: "laptop", expiresAt: inDays(6) });
  await client.apiKeys.create("acc-2", { name: "nightly-sync", expiresAt: inDays(1) });
  await client.apiKeys.create("acc-2", { name: "reports", expiresAt: inDays(7) });
  await client.apiKeys.create("acc-2", { name: "forgotten", expiresAt: inDays(-1) });
  return { server, client };
}

async function rotated(client: VydonClient, options: RotationOptions): Promise<Rotation[]> {
  const rotations: Rotation[] = [];
  for await (const rotation of rotateApiKeys(client, { now, ...options })) rotations.push(rotation);
  return rotations;
}

it("gives a new value to the keys that expire within a week, and writes it to a file", async () => {
  const { server, client } = await start();
  const folder = mkdtempSync(join(tmpdir(), "rotate-"));
  const file = join(folder, "keys.env");
  const lines: string[] = [];
  try {
    await main(client, (line) => lines.push(line), { file, now });
    expect(lines).toEqual([
      "rotated       personal / laptop, until 2026-04-01",
      "rotated       acme / nightly-sync, until 2026-04-01",
    ]);
    expect(readFileSync(file, "utf8")).toBe("laptop=neo_at_v1_6\nnightly-sync=neo_at_v1_7\n");
    expect(statSync(file).mode & 0o777).toBe(0o600);
  } finally {
    rmSync(folder, { recursive: true });
  }
  expect(server.keys()).toEqual([
    "laptop = neo_at_v1_6 until 2026-04-01",
    "nightly-sync = neo_at_v1_7 until 2026-04-01",
    "reports = neo_at_v1_4 until 2026-01-08",
    "forgotten = neo_at_v1_5 until 2025-12-31",
  ]);

  await main(client, (line) => lines.push(line), { now });
  expect(lines.at(-1)).toBe("No key expires soon.");
});

it("changes nothing without a place for the new values", async () => {
  const { server, client } = await start();
  const before = server.keys();
  const rotations = await rotated(client, {});
  expect(rotations.map(({ key, result }) => `${key.name} ${result}`)).toEqual([
    "laptop would rotate",
    "nightly-sync would rotate",
  ]);
  expect(server.keys()).toEqual(before);
});

it("goes on after a key that is refused, and after a value that cannot be kept", async () => {
  const { server, client } = await start();
  const [laptop, nightly] = await rotated(client, {});
  await client.apiKeys.delete(laptop?.key.id ?? "");
  await client.apiKeys.create("acc-1", { name: "desktop", expiresAt: inDays(2) });
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

  server.refuse("RegenerateAccountApiKey");
  await client.apiKeys.create("acc-1", { name: "tablet", expiresAt: inDays(2) });
  const [refused] = await rotated(client, { keep: async () => {} });
  expect(refused).toMatchObject({
    result: "not rotated",
    why: "user does not have permission to edit account",
  });
});
