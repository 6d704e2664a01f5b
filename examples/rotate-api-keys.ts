/**
 * Replaces the value of every API key that expires within a week, in all accounts in which the signed-in person is an
 * admin. API keys cannot call these methods, so sign in with `log-in.ts` first.
 *
 *     npx tsx examples/rotate-api-keys.ts              shows which keys expire soon
 *     npx tsx examples/rotate-api-keys.ts keys.env     replaces them, and adds the values to a file
 */
import { appendFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { ApiError, type VydonApiKey, type VydonClient, type VydonIssuedApiKey } from "tenantry";
import { exitCodeOf, openSession, tokenFile } from "./log-in.js";

/** The result for one key. */
export interface Rotation {
  /** The account's name. */
  readonly account: string;
  readonly key: VydonApiKey;
  readonly result: "rotated" | "would rotate" | "not rotated" | "lost";
  readonly why?: string;
}

/** The options of a rotation. */
export interface RotationOptions {
  /** Stores a new value, which the server sends only once. Without this function, no key is changed. */
  readonly keep?: ((key: VydonIssuedApiKey) => Promise<void>) | undefined;
  /** Keys that expire within this time are rotated, in milliseconds. Default: a week. */
  readonly withinMs?: number;
  /** How long the new values are valid, in milliseconds. Default: 90 days. */
  readonly lifeMs?: number;
  /** The time, in milliseconds since 1970. Default: the system's time. */
  readonly now?: number;
}

const dayMs = 86_400_000;

/** Rotates the keys that expire soon, one after the other. If one fails, the others are still rotated. */
export async function* rotateApiKeys(
  client: VydonClient,
  options: RotationOptions = {},
): AsyncGenerator<Rotation, void, undefined> {
  const { keep, withinMs = 7 * dayMs, lifeMs = 90 * dayMs, now = Date.now() } = options;
  for await (const { id, name: account } of client.accounts.list()) {
    // Find all keys before any is changed: a change may reorder the list.
    const keys = await client.apiKeys.list(id).toArray();
    for (const key of keys) {
      const leftMs = key.expiresAt.getTime() - now;
      // An expired key is probably not in use any longer.
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
    // The old value is no longer valid, and no later run finds the key, because its new expiry is far away.
    return { key: issued, result: "lost", why: `${error}. Regenerate it once more` };
  }
}

/** Adds new values to a file that only its owner can read. */
export function keepIn(file: string): (key: VydonIssuedApiKey) => Promise<void> {
  return ({ name, keyValue }) => appendFile(file, `${name}=${keyValue}\n`, { mode: 0o600 });
}

/** Rotates the keys, and reports the result of each. */
export async function main(
  client: VydonClient,
  say: (line: string) => void,
  options: RotationOptions = {},
): Promise<Rotation[]> {
  const rotations: Rotation[] = [];
  for await (const rotation of rotateApiKeys(client, options)) {
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
  const file = process.argv[2];
  const keep = file === undefined ? undefined : keepIn(file);
  process.exitCode = await exitCodeOf(() => main(client, console.log, { keep }), console.error);
}
