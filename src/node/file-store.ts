import { randomUUID } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { type Clock, longestTimerMs, systemClock } from "../core/call/clock.js";
import { requiredText } from "../core/checks/arguments.js";
import { checkOptions, clock as clockCheck, count } from "../core/checks/check-options.js";
import { invalidArgument } from "../core/errors/invalid-argument.js";
import { parseStored, type TokenStore } from "../core/tokens/stores/token-store.js";
import { fileLock } from "./file-lock.js";
import { targetOf } from "./file-system.js";
import { readCurrent, replaceFile } from "./replace-file.js";

/** Options of {@link fileStore}. */
export interface FileStoreOptions {
  /** How long the lock stays valid if its holder does not renew it, in whole milliseconds, at least 1. Default 10 000. */
  readonly lockMs?: number | undefined;
  /** The clock, for tests. Default: the platform's. */
  readonly clock?: Clock | undefined;
}

/**
 * Keeps tokens in a file that only its owner can read (mode 0600). Each write replaces the whole file in one step, so a crash
 * leaves either the old tokens or the new ones. Processes that use the same file share one refresh. The file system must support
 * hard links. The file systems of Linux, macOS and Windows, and NFS, support them.
 *
 * Beside the file there is a lock file `PATH.lock` during a refresh and, for each save, a small folder `PATH.after-….next`. The
 * folder contains no tokens, and a save more than a minute later removes it.
 *
 * @param path - the file. Its folder is created if it is missing. If it is a symbolic link, the file behind it is used.
 * @throws InvalidArgumentError if the path or an option is wrong.
 *
 * @example
 * ```ts
 * const auth = refreshableToken({ refresh, store: fileStore(join(homedir(), ".config/acme/tokens.json")) });
 * ```
 */
export function fileStore(path: string, options: FileStoreOptions = {}): TokenStore {
  checkOptions(options, { lockMs: count(1, longestTimerMs), clock: clockCheck }, "fileStore");
  if (/^~[/\\]/.test(requiredText(path, "path")))
    throw invalidArgument("path", "must not begin with `~`: use `os.homedir()`");
  // The path is resolved now, so a program that changes its working directory later still uses the same file.
  const file = resolve(path);
  const { clock = systemClock, lockMs = 10_000 } = options;
  return {
    name: `fileStore ${JSON.stringify(file)}`,
    load: async () => parseStored(await readCurrent(await targetOf(file))),
    async save(next, expectedRevision) {
      const target = await targetOf(file);
      const current = await readCurrent(target);
      if (parseStored(current)?.revision !== expectedRevision) return false;
      return replaceFile(target, current, `${JSON.stringify(next)}\n`);
    },
    async clear() {
      // The file stays, without tokens, so a late save of another process returns false.
      const target = await targetOf(file);
      let current: string | undefined;
      do {
        current = await readCurrent(target);
      } while (current !== undefined && !(await replaceFile(target, current, clearedText())));
    },
    async lock(critical, signal) {
      const target = await targetOf(file);
      await mkdir(dirname(target), { recursive: true, mode: 0o700 });
      return fileLock(`${target}.lock`, clock, lockMs)(critical, signal);
    },
  };
}

/** Returns the content of a file without tokens. Each one is different, because a late save recognizes a change by the content. */
function clearedText(): string {
  return `${JSON.stringify({ cleared: randomUUID() })}\n`;
}
