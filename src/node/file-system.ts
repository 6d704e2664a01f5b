import { readlink, realpath, unlink } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { isRecord } from "../core/json/fields.js";

/** Removes a file. Returns false if that is not possible, for example because another process has removed it. */
export async function remove(path: string): Promise<boolean> {
  return succeeds(unlink(path));
}

/**
 * Waits for a step. Returns false if it fails.
 *
 * @param code - the code of the failure that is expected. Other failures are thrown. Default: any failure is expected.
 */
export async function succeeds(step: Promise<unknown>, code?: string): Promise<boolean> {
  try {
    await step;
    return true;
  } catch (reason) {
    if (code === undefined || hasCode(reason, code)) return false;
    throw reason;
  }
}

/**
 * Follows the symbolic links of a path. Returns the path of the file, which may be missing. If the path is not a link, or if its
 * links form a circle, returns the path itself.
 */
export async function targetOf(path: string, links = 0): Promise<string> {
  const target = links < 40 ? await readlink(path).catch(() => undefined) : undefined;
  if (target === undefined) return path;
  // The folder may be behind a link too. A relative target begins at the real one.
  return targetOf(resolve(await realpath(dirname(path)), target), links + 1);
}

/**
 * Checks whether a failure has this code. It does not use `instanceof`: in Jest, Node's errors are of another realm.
 */
export function hasCode(reason: unknown, code: string): boolean {
  return isRecord(reason) && reason["code"] === code;
}
