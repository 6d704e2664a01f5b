import { randomUUID } from "node:crypto";
import { open, readFile, stat, unlink, utimes } from "node:fs/promises";
import type { Clock } from "../core/call/clock.js";
import type { TokenLock } from "../core/tokens/token-lock.js";

/** A lock that was not touched for this long belongs to a process that is gone. */
const staleMs = 10_000;
const touchEveryMs = 2_000;
const lookAgainMs = 50;

/**
 * A lock for all processes that see `path`. The process that creates the file has the lock, and touches the file until it
 * is done. The lock of a process that died counts for ten seconds more. If two processes find such a lock at the same moment,
 * both may get it: then there are two refreshes, no worse than without a lock.
 */
export function fileLock(path: string, clock: Clock): TokenLock {
  return async (critical, signal) => {
    const owner = randomUUID();
    while (!(await take(path, owner))) {
      if (!((await isStale(path)) && (await remove(path)))) await clock.sleep(lookAgainMs, signal);
      signal.throwIfAborted();
    }
    const stopTouching = touch(path, clock);
    try {
      return await critical();
    } finally {
      stopTouching();
      if ((await readFile(path, "utf8").catch(() => "")) === owner) await remove(path);
    }
  };
}

async function take(path: string, owner: string): Promise<boolean> {
  try {
    const file = await open(path, "wx", 0o600);
    try {
      await file.writeFile(owner);
    } finally {
      await file.close();
    }
    return true;
  } catch (reason) {
    if (reason instanceof Error && "code" in reason && reason.code === "EEXIST") return false;
    throw reason;
  }
}

async function isStale(path: string): Promise<boolean> {
  const touched = await stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => undefined,
  );
  // By the machine's clock, as the file system's times are.
  return touched !== undefined && Date.now() - touched > staleMs;
}

async function remove(path: string): Promise<boolean> {
  return unlink(path).then(
    () => true,
    () => false,
  );
}

/** Touches the file every two seconds, until the function that it returns is called. */
function touch(path: string, clock: Clock): () => void {
  let cancel = clock.setTimeout(again, touchEveryMs);
  function again(): void {
    const now = new Date();
    utimes(path, now, now).catch(() => {});
    cancel = clock.setTimeout(again, touchEveryMs);
  }
  return () => cancel();
}
