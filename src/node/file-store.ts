import { randomUUID } from "node:crypto";
import { mkdir, open, readdir, readFile, rename, stat, unlink } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { type Clock, systemClock } from "../core/call/clock.js";
import { parseTokens, type TokenStore } from "../core/tokens/token-stores.js";
import { fileLock } from "./file-lock.js";

/**
 * Keeps tokens in a file that only its owner can read (mode 0600). A write replaces the file in one step, so a crash in the
 * middle leaves the tokens from before. Processes that use the same file share one refresh, by the file `PATH.lock`.
 *
 * @param path - the file. Its folder is made if it is missing.
 * @param options.clock - time, for tests. Default: the platform's.
 *
 * @example
 * ```ts
 * const auth = refreshableToken({ refresh, store: fileStore(join(homedir(), ".config/acme/tokens.json")) });
 * ```
 */
export function fileStore(path: string, options: { readonly clock?: Clock | undefined } = {}): TokenStore {
  // Resolved now, so that a program that changes its folder later keeps using the same file.
  const file = resolve(path);
  const lock = fileLock(`${file}.lock`, options.clock ?? systemClock);
  return {
    async load() {
      const text = await readFile(file, "utf8").catch((reason: NodeJS.ErrnoException) => {
        if (reason.code === "ENOENT") return null;
        throw reason;
      });
      return parseTokens(() => text);
    },
    save: (tokens) => replace(file, `${JSON.stringify(tokens)}\n`),
    async lock(critical, signal) {
      await mkdir(dirname(file), { recursive: true, mode: 0o700 });
      return lock(critical, signal);
    },
  };
}

async function replace(path: string, text: string): Promise<void> {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await removeLeftovers(path);
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    const file = await open(temporary, "wx", 0o600);
    try {
      await file.writeFile(text);
      // Otherwise a power cut may leave the new name without the content.
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (reason) {
    await unlink(temporary).catch(() => {});
    throw reason;
  }
}

/** Removes the files that a crash left, because they have tokens in them. A young one may be in use by another process. */
async function removeLeftovers(path: string): Promise<void> {
  const folder = dirname(path);
  for (const name of await readdir(folder)) {
    if (!name.startsWith(`${basename(path)}.`) || !name.endsWith(".tmp")) continue;
    const leftover = join(folder, name);
    const { mtimeMs } = await stat(leftover).catch(() => ({ mtimeMs: Date.now() }));
    if (Date.now() - mtimeMs > 60_000) await unlink(leftover).catch(() => {});
  }
}
