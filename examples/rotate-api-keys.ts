/**
 * Replaces the value of every API key that expires within a week, in all accounts in which the signed-in person is an
 * admin. API keys cannot call these methods, so sign in with `log-in.ts` first.
 *
 *     npx tsx examples/rotate-api-keys.ts              shows which keys expire soon
 *     npx tsx examples/rotate-api-keys.ts keys.env     replaces them, and adds the values to a file
 */
import { appendFile, chmod } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { ApiError, mayHaveActed, type VydonApiKey, type VydonClient, type VydonIssuedApiKey } from "tenantry";
import { exitCodeOf } from "./exit-code.js";
import { openSession, tokenFile } from "./log-in.js";

/** The result for one key. */
export interface Rotation {
  /** The account's name. */
  readonly account: string;
  /** Undefined if the account's keys cannot be read. */
  readonly key?: VydonApiKey;
  /** `lost` means that the old value may be invalid, and that a new one is not stored. */
  readonly result: "rotated" | "would rotate" | "not rotated" | "lost";
  readonly why?: string;
}

/** Stores the new value of a key. `account` is the account's name. */
export type Keep = (key: VydonIssuedApiKey, account: string) => Promise<void>;

/** The options of a rotation. */
export interface RotationOptions {
  /** Stores a new value, which the server sends only once. Without this function, no key is changed. */
  readonly keep?: Keep | undefined;
  /** Keys that expire within this time are rotated, in milliseconds. Default: a week. */
  readonly withinMs?: number;
  /** How long the new values are valid, in milliseconds. Default: 90 days. */
  readonly lifeMs?: number;
  /** The time, in milliseconds since 1970. Default: the system's time. */
  readonly now?: number;
}

const dayMs = 86_400_000;

/**
 * Rotates the keys that expire soon, one after the other. If the server refuses one, the others are still rotated. It stops
 * after a key is lost, because the next one could be lost, too.
 */
export async function* rotateApiKeys(
  client: VydonClient,
  options: RotationOptions = {},
): AsyncGenerator<Rotation, void, undefined> {
  const { keep, withinMs = 7 * dayMs, lifeMs = 90 * dayMs, now = Date.now() } = options;
  for await (const { id, name: account } of client.accounts.list()) {
    let keys: VydonApiKey[];
    try {
      // Find all keys before any is changed: a change may reorder the list.
      keys = await client.apiKeys.list(id).toArray();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      yield { account, result: "not rotated", why: error.rawMessage };
      continue;
    }
    for (const key of keys) {
      const leftMs = key.expiresAt.getTime() - now;
      // An expired key is probably not in use any longer.
      if (leftMs <= 0 || leftMs >= withinMs) continue;
      const rotation = keep
        ? await rotate(client, account, key, keep, new Date(now + lifeMs))
        : { account, key, result: "would rotate" as const };
      yield rotation;
      if (rotation.result === "lost") return;
    }
  }
}

async function rotate(
  client: VydonClient,
  account: string,
  key: VydonApiKey,
  keep: Keep,
  expiresAt: Date,
): Promise<Rotation> {
  // No later run would find a lost key: its new expiry is far away.
  const again = "Regenerate it once more.";
  let issued: VydonIssuedApiKey;
  try {
    issued = await client.apiKeys.regenerate(key.id, { expiresAt });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (!mayHaveActed(error)) return { account, key, result: "not rotated", why: error.rawMessage };
    return { account, key, result: "lost", why: `it may have a new value. ${again} (${error.rawMessage})` };
  }
  try {
    await keep(issued, account);
    return { account, key: issued, result: "rotated" };
  } catch (error) {
    return { account, key: issued, result: "lost", why: `its new value is not stored. ${again} (${error})` };
  }
}

/**
 * Adds new values to a file that only its owner can read. A variable has the key's id, because keys of two accounts may have
 * the same name. Tests first that the file can be written: the server sends a value only once.
 */
export async function keepIn(file: string): Promise<Keep> {
  await appendFile(file, "", { mode: 0o600 });
  // If the file existed before, other users may be able to read it.
  await chmod(file, 0o600);
  // The line may follow one that has no end.
  return ({ id, name, keyValue }, account) =>
    appendFile(file, `\n# ${account} / ${name}\nKEY_${id.replaceAll("-", "_")}=${keyValue}\n`);
}

/** Rotates the keys, and reports the result of each. Returns false if a key was not rotated, or is lost. */
export async function main(
  client: VydonClient,
  say: (line: string) => void,
  options: RotationOptions = {},
): Promise<boolean> {
  const results = new Set<Rotation["result"]>();
  for await (const { account, key, result, why } of rotateApiKeys(client, options)) {
    const what = key ? `${key.name}, until ${key.expiresAt.toISOString().slice(0, 10)}` : "all keys";
    say(`${result.padEnd(12)}  ${account} / ${what}${why ? `: ${why}` : ""}`);
    results.add(result);
  }
  if (results.size === 0) say("No key expires soon.");
  return !results.has("not rotated") && !results.has("lost");
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const rotateAll = async () => {
    const baseUrl = process.env["VYDON_API_URL"] ?? "http://localhost:8080";
    const { client } = openSession({ baseUrl }, tokenFile);
    const file = process.argv[2];
    return main(client, console.log, { keep: file === undefined ? undefined : await keepIn(file) });
  };
  process.exitCode = await exitCodeOf(rotateAll, console.error);
}
