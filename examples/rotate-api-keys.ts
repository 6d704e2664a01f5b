/**
 * Gives a new value to every API key that expires within a week, in all accounts
 * that the signed-in person is an admin of. Only a person may do that, not a key:
 * sign in with `log-in.ts` first.
 *
 *     npx tsx examples/rotate-api-keys.ts              says which keys expire soon
 *     npx tsx examples/rotate-api-keys.ts keys.env     replaces them, and adds the values to a file
 */
import { appendFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { ApiError, type VydonApiKey, type VydonClient, type VydonIssuedApiKey } from "tenantry";
import { openSession, tokenFile } from "./log-in.js";

/** What became of a key. */
export interface Rotation {
  /** The account's name. */
  readonly account: string;
  readonly key: VydonApiKey;
  readonly result: "rotated" | "would rotate" | "not rotated" | "lost";
  readonly why?: string;
}

/** How keys are rotated. */
export interface RotationOptions {
  /** Keeps a new value, which is sent once. Without it, the keys are only looked at. */
  readonly keep?: (key: VydonIssuedApiKey) => Promise<void>;
  /** Keys with less left are rotated, in milliseconds. Default: a week. */
  readonly withinMs?: number;
  /** How long the new values live, in milliseconds. Default: 90 days. */
  readonly lifeMs?: number;
  /** In milliseconds since the Unix epoch. */
  readonly now?: number;
}

const dayMs = 86_400_000;

/** Rotates what expires soon, one key after the other. One that fails does not keep the rest from being rotated. */
export async function* rotateApiKeys(
  client: VydonClient,
  options: RotationOptions = {},
): AsyncGenerator<Rotation, void, undefined> {
  const { keep, withinMs = 7 * dayMs, lifeMs = 90 * dayMs, now = Date.now() } = options;
  for await (const { id, name: account } of client.accounts.list()) {
    // All are found before any is changed: the order of the list may change with it.
    const keys = await client.apiKeys.list(id).toArray();
    for (const key of keys) {
      const leftMs = key.expiresAt.getTime() - now;
      // Nobody has missed a key that has expired already.
      if (leftMs <= 0 || leftMs >= withinMs) continue;
      if (!keep) yield { account, key, result: "would rotate" };
      else yield { account, ...(await rotate(client, key, keep, new Date(now + lifeMs))) };
    }
  }
}

async function rotate(
  client: VydonClient,
  key: VydonApiKey,
  keep: (key: VydonIssuedApiKey) => Promise<void>,
  expiresAt: Date,
): Promise<Omit<Rotation, "account">> {
  let issued: VydonIssuedApiKey;
  try {
    issued = await client.apiKeys.regenerate(key.id, { expiresAt });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { key, result: "not rotated", why: error.rawMessage };
  }
  try {
    await keep(issued);
    return { key: issued, result: "rotated" };
  } catch (error) {
    // The old value is dead. The new end is far off, so no later run finds the key.
    return { key: issued, result: "lost", why: `${error}. Regenerate it once more` };
  }
}

/** Rotates the keys, and says what has become of each. */
export async function main(
  client: VydonClient,
  say: (line: string) => void,
  options: RotationOptions & { readonly file?: string | undefined } = {},
): Promise<Rotation[]> {
  const { file, ...rest } = options;
  const toFile = file !== undefined && {
    keep: ({ name, keyValue }: VydonIssuedApiKey) =>
      appendFile(file, `${name}=${keyValue}\n`, { mode: 0o600 }),
  };
  const rotations: Rotation[] = [];
  for await (const rotation of rotateApiKeys(client, { ...toFile, ...rest })) {
    const { account, key, result, why } = rotation;
    const until = key.expiresAt.toISOString().slice(0, 10);
    say(`${result.padEnd(12)}  ${account} / ${key.name}, until ${until}${why ? `: ${why}` : ""}`);
    rotations.push(rotation);
  }
  if (rotations.length === 0) say("No key expires soon.");
  return rotations;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const baseUrl = process.env["VYDON_API_URL"] ?? "http://localhost:8080";
  const { client } = openSession({ baseUrl }, tokenFile);
  await main(client, console.log, { file: process.argv[2] });
}
