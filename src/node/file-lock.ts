import { randomUUID } from "node:crypto";
import { open, readFile, stat, utimes } from "node:fs/promises";
import { type Clock, every, monotonicTime } from "../core/call/clock.js";
import type { TokenLock } from "../core/tokens/stores/token-lock.js";
import { remove, succeeds } from "./file-system.js";

const lookAgainMs = 50;

/**
 * Returns a lock over all processes that can open `path`. The process that creates the file holds the lock, and touches the file
 * until it is done.
 *
 * @param staleMs - a lock that was not touched for this many milliseconds counts as the lock of a dead process.
 */
export function fileLock(path: string, clock: Clock, staleMs: number): TokenLock {
  return async (critical, signal) => {
    const owner = randomUUID();
    const isStale = staleness(path, clock, staleMs);
    const removeStale = async () => (await isStale()) && remove(path);
    while (!(await take(path, owner))) {
      // One process at a time. Otherwise a second one could remove the new lock of the first one.
      if (await isStale()) await fileLock(`${path}.stale`, clock, staleMs)(removeStale, signal);
      await clock.sleep(lookAgainMs, signal);
    }
    const stopTouching = every(clock, staleMs / 5, () => touch(path));
    try {
      return await critical();
    } finally {
      stopTouching();
      if ((await readFile(path, "utf8").catch(() => "")) === owner) await remove(path);
    }
  };
}

/** Creates the file of a lock. Returns false if another process has created it. */
function take(path: string, owner: string): Promise<boolean> {
  return succeeds(createFile(path, owner), "EEXIST");
}

async function createFile(path: string, owner: string): Promise<void> {
  const file = await open(path, "wx", 0o600);
  try {
    await file.writeFile(owner);
  } catch (reason) {
    // On a full disk, the file may be created but not written. No process must wait for it.
    await remove(path);
    throw reason;
  } finally {
    await file.close();
  }
}

/**
 * Returns a function that checks whether a lock is stale: by the machine's clock or, because that may be wrong, because the
 * lock was not touched between two checks that are `staleMs` apart.
 */
function staleness(path: string, clock: Clock, staleMs: number): () => Promise<boolean> {
  let seen: { readonly touched: number; readonly since: number } | undefined;
  return async () => {
    const touched = await stat(path).then(
      ({ mtimeMs }) => mtimeMs,
      () => undefined,
    );
    if (touched === undefined) return false;
    if (seen?.touched !== touched) seen = { touched, since: monotonicTime(clock) };
    return Date.now() - touched > staleMs || monotonicTime(clock) - seen.since > staleMs;
  };
}

function touch(path: string): void {
  const now = new Date();
  utimes(path, now, now).catch(() => {});
}
